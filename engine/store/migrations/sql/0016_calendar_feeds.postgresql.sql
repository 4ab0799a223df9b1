CREATE TABLE calendar_feeds (
  name TEXT COLLATE "C" NOT NULL,
  token_hash TEXT COLLATE "C" NOT NULL,
  time_zone TEXT COLLATE "C" NOT NULL,
  made_at BIGINT NOT NULL,
  CONSTRAINT pk_calendar_feeds PRIMARY KEY (name),
  CONSTRAINT ck_calendar_feeds_token_hash_is_sha256 CHECK (length(token_hash) = 64),
  CONSTRAINT uq_calendar_feeds_token_hash UNIQUE (token_hash),
  CONSTRAINT fk_calendar_feeds_name FOREIGN KEY(name) REFERENCES users (name)
)
--;
COMMENT ON TABLE calendar_feeds IS 'The secret address under which a user''s calendar program reads their tasks; the token itself is known to that program alone'
