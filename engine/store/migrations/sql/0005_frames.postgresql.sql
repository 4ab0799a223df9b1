CREATE TABLE line_frames (
  id TEXT COLLATE "C" NOT NULL,
  body TEXT COLLATE "C" NOT NULL,
  CONSTRAINT pk_line_frames PRIMARY KEY (id)
)
--;
COMMENT ON TABLE line_frames IS 'What the lines of a component have in common, named by the body of a line: what they tell of the rules'
--;
CREATE FUNCTION fn_line_frames_insert_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'line_frames is insert-only'; END $$
--;
CREATE TRIGGER tr_line_frames_insert_only BEFORE UPDATE OR DELETE OR TRUNCATE ON line_frames
FOR EACH STATEMENT EXECUTE FUNCTION fn_line_frames_insert_only()
