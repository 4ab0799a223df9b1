CREATE TABLE rules_used (
  from_seq BIGINT NOT NULL,
  fingerprint TEXT COLLATE "C" NOT NULL CONSTRAINT ck_rules_used_fingerprint_is_sha256 CHECK (length(fingerprint) = 64),
  CONSTRAINT pk_rules_used PRIMARY KEY (from_seq),
  CONSTRAINT fk_rules_used_from_seq FOREIGN KEY(from_seq) REFERENCES events (seq)
)
--;
COMMENT ON TABLE rules_used IS 'From which event on the log was decided by which rules'
--;
CREATE FUNCTION fn_rules_used_insert_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'rules_used is insert-only'; END $$
--;
CREATE TRIGGER tr_rules_used_insert_only BEFORE UPDATE OR DELETE OR TRUNCATE ON rules_used
FOR EACH STATEMENT EXECUTE FUNCTION fn_rules_used_insert_only()
