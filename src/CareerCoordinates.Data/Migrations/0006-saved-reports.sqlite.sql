-- Saved reports (SQLite).

-- A question with all that its answer depends on, and the hash by which the answer is known again. Its account may delete it; nobody changes it.
CREATE TABLE saved_reports (
    account_id BLOB NOT NULL,
    saved_report_id BLOB NOT NULL,
    name TEXT NOT NULL,
    report TEXT NOT NULL,
    parameters TEXT NOT NULL,
    language TEXT NOT NULL,
    answer_hash BLOB NOT NULL,
    scope TEXT NOT NULL,
    framework_version INTEGER NOT NULL,
    program TEXT NOT NULL,
    saved_at INTEGER NOT NULL,
    PRIMARY KEY (account_id, saved_report_id),
    CHECK (length(answer_hash) = 32)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER saved_reports_keep BEFORE UPDATE ON saved_reports
BEGIN SELECT RAISE(ABORT, 'history is append-only'); END;
CREATE TRIGGER saved_reports_no_replace BEFORE INSERT ON saved_reports
WHEN EXISTS (SELECT 1 FROM saved_reports WHERE account_id = NEW.account_id AND saved_report_id = NEW.saved_report_id)
BEGIN SELECT RAISE(ABORT, 'UNIQUE constraint failed: saved_reports'); END;
