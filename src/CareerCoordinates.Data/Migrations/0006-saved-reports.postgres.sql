-- Saved reports (PostgreSQL).

-- A question with all that its answer depends on, and the hash by which the answer is known again. Its account may delete it; nobody changes it.
CREATE TABLE saved_reports (
    account_id uuid NOT NULL,
    saved_report_id uuid NOT NULL,
    name text NOT NULL,
    report text NOT NULL,
    parameters text NOT NULL,
    language text NOT NULL,
    answer_hash bytea NOT NULL,
    scope text NOT NULL,
    framework_version integer NOT NULL,
    program text NOT NULL,
    saved_at bigint NOT NULL,
    PRIMARY KEY (account_id, saved_report_id),
    CHECK (octet_length(answer_hash) = 32)
);

CREATE TRIGGER saved_reports_keep BEFORE UPDATE ON saved_reports
FOR EACH ROW EXECUTE FUNCTION refuse_change_of_history();
