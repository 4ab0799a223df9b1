DROP TABLE line_frames
--;
DROP FUNCTION IF EXISTS fn_line_frames_insert_only() CASCADE
