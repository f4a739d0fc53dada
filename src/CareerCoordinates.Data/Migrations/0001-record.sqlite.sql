-- The record, first version (SQLite). Days are days since 1970-01-01, instants microseconds since then, UTC.
-- A null superseded_at marks the newest revision; an end_day of 2147483647 means "no end".

CREATE TABLE record_clock (
    id INTEGER NOT NULL,
    closed_through INTEGER NOT NULL,
    newest_recorded_at INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (id),
    CHECK (id = 1)
) STRICT, WITHOUT ROWID;

CREATE TABLE framework_versions (
    code TEXT NOT NULL,
    version INTEGER NOT NULL,
    hash TEXT NOT NULL,
    content TEXT NOT NULL,
    published_at INTEGER NOT NULL,
    PRIMARY KEY (code, version)
) STRICT, WITHOUT ROWID;

CREATE TABLE organization_revisions (
    organization_id BLOB NOT NULL,
    revision INTEGER NOT NULL,
    state TEXT NOT NULL,
    parent_id BLOB,
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    credit_code TEXT,
    industry_code TEXT,
    from_day INTEGER NOT NULL,
    holds_from INTEGER NOT NULL,
    union_founded_on INTEGER,
    tags TEXT NOT NULL,
    phone TEXT,
    reason TEXT,
    recorded_at INTEGER NOT NULL,
    recorded_by TEXT NOT NULL,
    superseded_at INTEGER,
    PRIMARY KEY (organization_id, revision),
    CHECK (state IN ('active', 'voided'))
) STRICT, WITHOUT ROWID;

CREATE TABLE credit_codes (
    credit_code TEXT NOT NULL,
    organization_id BLOB NOT NULL,
    PRIMARY KEY (credit_code)
) STRICT, WITHOUT ROWID;

CREATE TABLE worker_revisions (
    worker_id BLOB NOT NULL,
    revision INTEGER NOT NULL,
    state TEXT NOT NULL,
    number TEXT,
    name TEXT NOT NULL,
    career_start INTEGER,
    birth_date INTEGER,
    gender TEXT,
    migrant_worker INTEGER,
    reason TEXT,
    recorded_at INTEGER NOT NULL,
    recorded_by TEXT NOT NULL,
    superseded_at INTEGER,
    PRIMARY KEY (worker_id, revision),
    CHECK (state IN ('active', 'voided'))
) STRICT, WITHOUT ROWID;

CREATE TABLE worker_numbers (
    number TEXT NOT NULL,
    worker_id BLOB NOT NULL,
    PRIMARY KEY (number)
) STRICT, WITHOUT ROWID;

CREATE TABLE affiliation_revisions (
    worker_id BLOB NOT NULL,
    affiliation_id BLOB NOT NULL,
    revision INTEGER NOT NULL,
    state TEXT NOT NULL,
    kind TEXT NOT NULL,
    organization_id BLOB,
    external_name TEXT,
    from_day INTEGER NOT NULL,
    until_day INTEGER,
    is_primary INTEGER NOT NULL,
    staff_number TEXT,
    employment_form TEXT,
    occupation_code TEXT,
    reason TEXT,
    recorded_at INTEGER NOT NULL,
    recorded_by TEXT NOT NULL,
    superseded_at INTEGER,
    PRIMARY KEY (worker_id, affiliation_id, revision),
    CHECK (state IN ('active', 'voided'))
) STRICT, WITHOUT ROWID;

CREATE TABLE staff_numbers (
    organization_id BLOB NOT NULL,
    staff_number TEXT NOT NULL,
    affiliation_id BLOB NOT NULL,
    worker_id BLOB NOT NULL,
    from_day INTEGER NOT NULL,
    until_day INTEGER,
    PRIMARY KEY (organization_id, staff_number, affiliation_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE milestone_revisions (
    worker_id BLOB NOT NULL,
    milestone_id BLOB NOT NULL,
    revision INTEGER NOT NULL,
    state TEXT NOT NULL,
    type TEXT NOT NULL,
    occurred_on TEXT NOT NULL,
    occurred_day INTEGER NOT NULL,
    until_on TEXT,
    until_day INTEGER,
    ended_on INTEGER,
    ended_kind TEXT,
    ended_reason TEXT,
    attributes TEXT NOT NULL,
    evidence TEXT NOT NULL,
    note TEXT,
    verified_by TEXT,
    on_behalf INTEGER NOT NULL,
    framework_version INTEGER NOT NULL,
    reason TEXT,
    recorded_at INTEGER NOT NULL,
    recorded_by TEXT NOT NULL,
    superseded_at INTEGER,
    request_key TEXT,
    request_hash BLOB,
    PRIMARY KEY (worker_id, milestone_id, revision),
    CHECK (state IN ('submitted', 'returned', 'rejected', 'verified', 'voided'))
) STRICT, WITHOUT ROWID;

CREATE TABLE milestone_contests (
    worker_id BLOB NOT NULL,
    milestone_id BLOB NOT NULL,
    sequence INTEGER NOT NULL,
    kind TEXT NOT NULL,
    reason TEXT NOT NULL,
    recorded_at INTEGER NOT NULL,
    recorded_by TEXT NOT NULL,
    PRIMARY KEY (worker_id, milestone_id, sequence),
    CHECK (kind IN ('contested', 'answered'))
) STRICT, WITHOUT ROWID;

CREATE TABLE standings (
    worker_id BLOB NOT NULL,
    channel TEXT NOT NULL,
    from_day INTEGER NOT NULL,
    recorded_at INTEGER NOT NULL,
    rung TEXT NOT NULL,
    level INTEGER NOT NULL,
    end_day INTEGER NOT NULL,
    superseded_at INTEGER,
    PRIMARY KEY (worker_id, channel, from_day, recorded_at, rung)
) STRICT, WITHOUT ROWID;

CREATE TABLE idempotency_keys (
    account TEXT NOT NULL,
    idempotency_key TEXT NOT NULL,
    method TEXT NOT NULL,
    path TEXT NOT NULL,
    request_hash BLOB NOT NULL,
    status INTEGER NOT NULL,
    headers TEXT NOT NULL,
    body BLOB NOT NULL,
    recorded_at INTEGER NOT NULL,
    PRIMARY KEY (account, method, path, idempotency_key)
) STRICT, WITHOUT ROWID;

CREATE INDEX organization_revisions_parent ON organization_revisions (parent_id, organization_id);
CREATE INDEX worker_revisions_name ON worker_revisions (name, worker_id);
CREATE INDEX worker_revisions_number ON worker_revisions (number, worker_id) WHERE number IS NOT NULL;
CREATE INDEX affiliation_revisions_organization ON affiliation_revisions (organization_id, worker_id);
CREATE INDEX milestone_revisions_inbox ON milestone_revisions (state, worker_id, milestone_id) WHERE superseded_at IS NULL AND state <> 'verified';
CREATE INDEX milestone_revisions_until ON milestone_revisions (until_day, worker_id, milestone_id) WHERE superseded_at IS NULL AND until_day IS NOT NULL;
CREATE INDEX worker_numbers_worker ON worker_numbers (worker_id);
CREATE INDEX staff_numbers_worker ON staff_numbers (worker_id, affiliation_id);
CREATE INDEX credit_codes_organization ON credit_codes (organization_id);
CREATE INDEX idempotency_keys_age ON idempotency_keys (recorded_at);

CREATE TRIGGER framework_versions_keep BEFORE UPDATE OF code, version, hash, content, published_at ON framework_versions
BEGIN SELECT RAISE(ABORT, 'history is append-only'); END;
CREATE TRIGGER framework_versions_no_delete BEFORE DELETE ON framework_versions
BEGIN SELECT RAISE(ABORT, 'history is append-only'); END;
CREATE TRIGGER framework_versions_no_replace BEFORE INSERT ON framework_versions
WHEN EXISTS (SELECT 1 FROM framework_versions WHERE code = NEW.code AND version = NEW.version)
BEGIN SELECT RAISE(ABORT, 'UNIQUE constraint failed: framework_versions'); END;

CREATE TRIGGER organization_revisions_keep BEFORE UPDATE OF organization_id, revision, state, parent_id, kind, name, credit_code, industry_code, from_day, holds_from, union_founded_on, tags, phone, reason, recorded_at, recorded_by ON organization_revisions
BEGIN SELECT RAISE(ABORT, 'history is append-only'); END;
CREATE TRIGGER organization_revisions_close_once BEFORE UPDATE OF superseded_at ON organization_revisions
WHEN OLD.superseded_at IS NOT NULL OR NEW.superseded_at IS NULL
BEGIN SELECT RAISE(ABORT, 'history is append-only'); END;
CREATE TRIGGER organization_revisions_no_delete BEFORE DELETE ON organization_revisions
BEGIN SELECT RAISE(ABORT, 'history is append-only'); END;
CREATE TRIGGER organization_revisions_no_replace BEFORE INSERT ON organization_revisions
WHEN EXISTS (SELECT 1 FROM organization_revisions WHERE organization_id = NEW.organization_id AND revision = NEW.revision)
BEGIN SELECT RAISE(ABORT, 'UNIQUE constraint failed: organization_revisions'); END;

CREATE TRIGGER worker_revisions_keep BEFORE UPDATE OF worker_id, revision, state, number, name, career_start, birth_date, gender, migrant_worker, reason, recorded_at, recorded_by ON worker_revisions
BEGIN SELECT RAISE(ABORT, 'history is append-only'); END;
CREATE TRIGGER worker_revisions_close_once BEFORE UPDATE OF superseded_at ON worker_revisions
WHEN OLD.superseded_at IS NOT NULL OR NEW.superseded_at IS NULL
BEGIN SELECT RAISE(ABORT, 'history is append-only'); END;
CREATE TRIGGER worker_revisions_no_delete BEFORE DELETE ON worker_revisions
BEGIN SELECT RAISE(ABORT, 'history is append-only'); END;
CREATE TRIGGER worker_revisions_no_replace BEFORE INSERT ON worker_revisions
WHEN EXISTS (SELECT 1 FROM worker_revisions WHERE worker_id = NEW.worker_id AND revision = NEW.revision)
BEGIN SELECT RAISE(ABORT, 'UNIQUE constraint failed: worker_revisions'); END;

CREATE TRIGGER affiliation_revisions_keep BEFORE UPDATE OF worker_id, affiliation_id, revision, state, kind, organization_id, external_name, from_day, until_day, is_primary, staff_number, employment_form, occupation_code, reason, recorded_at, recorded_by ON affiliation_revisions
BEGIN SELECT RAISE(ABORT, 'history is append-only'); END;
CREATE TRIGGER affiliation_revisions_close_once BEFORE UPDATE OF superseded_at ON affiliation_revisions
WHEN OLD.superseded_at IS NOT NULL OR NEW.superseded_at IS NULL
BEGIN SELECT RAISE(ABORT, 'history is append-only'); END;
CREATE TRIGGER affiliation_revisions_no_delete BEFORE DELETE ON affiliation_revisions
BEGIN SELECT RAISE(ABORT, 'history is append-only'); END;
CREATE TRIGGER affiliation_revisions_no_replace BEFORE INSERT ON affiliation_revisions
WHEN EXISTS (SELECT 1 FROM affiliation_revisions WHERE worker_id = NEW.worker_id AND affiliation_id = NEW.affiliation_id AND revision = NEW.revision)
BEGIN SELECT RAISE(ABORT, 'UNIQUE constraint failed: affiliation_revisions'); END;

CREATE TRIGGER milestone_revisions_keep BEFORE UPDATE OF worker_id, milestone_id, revision, state, type, occurred_on, occurred_day, until_on, until_day, ended_on, ended_kind, ended_reason, attributes, evidence, note, verified_by, on_behalf, framework_version, reason, recorded_at, recorded_by, request_key, request_hash ON milestone_revisions
BEGIN SELECT RAISE(ABORT, 'history is append-only'); END;
CREATE TRIGGER milestone_revisions_close_once BEFORE UPDATE OF superseded_at ON milestone_revisions
WHEN OLD.superseded_at IS NOT NULL OR NEW.superseded_at IS NULL
BEGIN SELECT RAISE(ABORT, 'history is append-only'); END;
CREATE TRIGGER milestone_revisions_no_delete BEFORE DELETE ON milestone_revisions
BEGIN SELECT RAISE(ABORT, 'history is append-only'); END;
CREATE TRIGGER milestone_revisions_no_replace BEFORE INSERT ON milestone_revisions
WHEN EXISTS (SELECT 1 FROM milestone_revisions WHERE worker_id = NEW.worker_id AND milestone_id = NEW.milestone_id AND revision = NEW.revision)
BEGIN SELECT RAISE(ABORT, 'UNIQUE constraint failed: milestone_revisions'); END;

CREATE TRIGGER milestone_contests_keep BEFORE UPDATE OF worker_id, milestone_id, sequence, kind, reason, recorded_at, recorded_by ON milestone_contests
BEGIN SELECT RAISE(ABORT, 'history is append-only'); END;
CREATE TRIGGER milestone_contests_no_delete BEFORE DELETE ON milestone_contests
BEGIN SELECT RAISE(ABORT, 'history is append-only'); END;
CREATE TRIGGER milestone_contests_no_replace BEFORE INSERT ON milestone_contests
WHEN EXISTS (SELECT 1 FROM milestone_contests WHERE worker_id = NEW.worker_id AND milestone_id = NEW.milestone_id AND sequence = NEW.sequence)
BEGIN SELECT RAISE(ABORT, 'UNIQUE constraint failed: milestone_contests'); END;

INSERT INTO record_clock (id, closed_through, newest_recorded_at) VALUES (1, 0, 0);
