-- Reports (PostgreSQL).

-- The key by which a worker's part in a protected count is made. One for the life of the database: the same people give the same number.
CREATE TABLE report_keys (
    key_id integer NOT NULL,
    key bytea NOT NULL,
    PRIMARY KEY (key_id),
    CHECK (key_id = 1 AND octet_length(key) = 32)
);

CREATE TRIGGER report_keys_no_change BEFORE UPDATE OR DELETE ON report_keys
FOR EACH ROW EXECUTE FUNCTION refuse_change_of_history();

-- What each commit changed of people and places, for the processes that follow. Deleted after some days.
CREATE TABLE record_changes (
    transaction_id bigint NOT NULL,
    kind text NOT NULL,
    subject_id uuid NOT NULL,
    noted_at bigint NOT NULL DEFAULT (extract(epoch FROM clock_timestamp()) * 1000000)::bigint,
    PRIMARY KEY (transaction_id, kind, subject_id),
    CHECK (kind IN ('worker', 'organization', 'everything'))
);
