DROP TABLE line_frames
