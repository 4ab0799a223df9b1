CREATE TABLE calendar_feeds (
  name TEXT NOT NULL,
  token_hash TEXT NOT NULL,
  time_zone TEXT NOT NULL,
  made_at INTEGER NOT NULL,
  CONSTRAINT pk_calendar_feeds PRIMARY KEY (name),
  CONSTRAINT ck_calendar_feeds_token_hash_is_sha256 CHECK (length(token_hash) = 64),
  CONSTRAINT uq_calendar_feeds_token_hash UNIQUE (token_hash),
  CONSTRAINT fk_calendar_feeds_name FOREIGN KEY(name) REFERENCES users (name)
)
 STRICT
