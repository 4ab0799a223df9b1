DROP TABLE tallies
--;
DROP TABLE holdings
--;
DROP TABLE handovers
