-- Reports (SQLite).

-- The key by which a worker's part in a protected count is made. One for the life of the database: the same people give the same number.
CREATE TABLE report_keys (
    key_id INTEGER NOT NULL,
    key BLOB NOT NULL,
    PRIMARY KEY (key_id),
    CHECK (key_id = 1 AND length(key) = 32)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER report_keys_keep BEFORE UPDATE ON report_keys
BEGIN SELECT RAISE(ABORT, 'history is append-only'); END;
CREATE TRIGGER report_keys_no_delete BEFORE DELETE ON report_keys
BEGIN SELECT RAISE(ABORT, 'history is append-only'); END;
