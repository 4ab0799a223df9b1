"""From loaded forms to the frozen records of `core/rules`: one module per family of kinds."""
