DROP TABLE scores
