CREATE TABLE line_frames (
  id TEXT NOT NULL,
  body TEXT NOT NULL,
  CONSTRAINT pk_line_frames PRIMARY KEY (id)
)
 STRICT
--;
CREATE TRIGGER tr_line_frames_no_update BEFORE UPDATE ON line_frames BEGIN
  SELECT RAISE(ABORT, 'line_frames is insert-only');
END
--;
CREATE TRIGGER tr_line_frames_no_delete BEFORE DELETE ON line_frames BEGIN
  SELECT RAISE(ABORT, 'line_frames is insert-only');
END
