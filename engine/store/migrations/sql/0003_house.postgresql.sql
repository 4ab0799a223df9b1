ALTER TABLE credits DROP CONSTRAINT ck_credits_form_is_known
--;
ALTER TABLE credits ADD CONSTRAINT ck_credits_form_is_known CHECK (form IN ('direct', 'overlay', 'house'))
