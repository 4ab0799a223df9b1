CREATE TABLE rules_used (
  from_seq INTEGER NOT NULL,
  fingerprint TEXT NOT NULL CONSTRAINT ck_rules_used_fingerprint_is_sha256 CHECK (length(fingerprint) = 64),
  CONSTRAINT pk_rules_used PRIMARY KEY (from_seq),
  CONSTRAINT fk_rules_used_from_seq FOREIGN KEY(from_seq) REFERENCES events (seq)
)
 STRICT
--;
CREATE TRIGGER tr_rules_used_no_update BEFORE UPDATE ON rules_used BEGIN
  SELECT RAISE(ABORT, 'rules_used is insert-only');
END
--;
CREATE TRIGGER tr_rules_used_no_delete BEFORE DELETE ON rules_used BEGIN
  SELECT RAISE(ABORT, 'rules_used is insert-only');
END
