"""What each kind of rule file may say: one marshmallow schema per kind, and the fields they are made of."""
