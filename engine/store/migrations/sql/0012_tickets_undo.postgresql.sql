DROP TABLE answers
--;
DROP TABLE tickets
