-- The record, first version (PostgreSQL). Days are days since 1970-01-01, instants microseconds since then, UTC.
-- A null superseded_at marks the newest revision; an end_day of 2147483647 means "no end".

CREATE TABLE record_clock (
    id integer NOT NULL,
    closed_through bigint NOT NULL,
    PRIMARY KEY (id),
    CHECK (id = 1)
);

CREATE TABLE framework_versions (
    code text COLLATE "C" NOT NULL,
    version integer NOT NULL,
    hash text COLLATE "C" NOT NULL,
    content text COLLATE "C" NOT NULL,
    published_at bigint NOT NULL,
    PRIMARY KEY (code, version)
);

CREATE TABLE organizations (
    organization_id uuid NOT NULL,
    last_recorded_at bigint NOT NULL,
    PRIMARY KEY (organization_id)
);

CREATE TABLE organization_revisions (
    organization_id uuid NOT NULL,
    revision integer NOT NULL,
    state text COLLATE "C" NOT NULL,
    parent_id uuid,
    kind text COLLATE "C" NOT NULL,
    name text COLLATE "C" NOT NULL,
    credit_code text COLLATE "C",
    industry_code text COLLATE "C",
    from_day integer NOT NULL,
    holds_from integer NOT NULL,
    union_founded_on integer,
    tags text COLLATE "C" NOT NULL,
    phone text COLLATE "C",
    reason text COLLATE "C",
    recorded_at bigint NOT NULL,
    recorded_by text COLLATE "C" NOT NULL,
    superseded_at bigint,
    PRIMARY KEY (organization_id, revision),
    CHECK (state IN ('active', 'voided'))
);

CREATE TABLE credit_codes (
    credit_code text COLLATE "C" NOT NULL,
    organization_id uuid NOT NULL,
    PRIMARY KEY (credit_code)
);

CREATE TABLE workers (
    worker_id uuid NOT NULL,
    last_recorded_at bigint NOT NULL,
    PRIMARY KEY (worker_id)
);

CREATE TABLE worker_revisions (
    worker_id uuid NOT NULL,
    revision integer NOT NULL,
    state text COLLATE "C" NOT NULL,
    number text COLLATE "C",
    name text COLLATE "C" NOT NULL,
    career_start integer,
    birth_date integer,
    gender text COLLATE "C",
    migrant_worker boolean,
    reason text COLLATE "C",
    recorded_at bigint NOT NULL,
    recorded_by text COLLATE "C" NOT NULL,
    superseded_at bigint,
    PRIMARY KEY (worker_id, revision),
    CHECK (state IN ('active', 'voided'))
);

CREATE TABLE worker_numbers (
    number text COLLATE "C" NOT NULL,
    worker_id uuid NOT NULL,
    PRIMARY KEY (number)
);

CREATE TABLE affiliation_revisions (
    worker_id uuid NOT NULL,
    affiliation_id uuid NOT NULL,
    revision integer NOT NULL,
    state text COLLATE "C" NOT NULL,
    kind text COLLATE "C" NOT NULL,
    organization_id uuid,
    external_name text COLLATE "C",
    from_day integer NOT NULL,
    until_day integer,
    is_primary boolean NOT NULL,
    staff_number text COLLATE "C",
    employment_form text COLLATE "C",
    occupation_code text COLLATE "C",
    reason text COLLATE "C",
    recorded_at bigint NOT NULL,
    recorded_by text COLLATE "C" NOT NULL,
    superseded_at bigint,
    PRIMARY KEY (worker_id, affiliation_id, revision),
    CHECK (state IN ('active', 'voided'))
);

CREATE TABLE staff_numbers (
    organization_id uuid NOT NULL,
    staff_number text COLLATE "C" NOT NULL,
    affiliation_id uuid NOT NULL,
    worker_id uuid NOT NULL,
    from_day integer NOT NULL,
    until_day integer,
    PRIMARY KEY (organization_id, staff_number, affiliation_id)
);

CREATE TABLE milestone_revisions (
    worker_id uuid NOT NULL,
    milestone_id uuid NOT NULL,
    revision integer NOT NULL,
    state text COLLATE "C" NOT NULL,
    type text COLLATE "C" NOT NULL,
    occurred_on text COLLATE "C" NOT NULL,
    occurred_day integer NOT NULL,
    until_on text COLLATE "C",
    until_day integer,
    ended_on integer,
    ended_kind text COLLATE "C",
    ended_reason text COLLATE "C",
    attributes text COLLATE "C" NOT NULL,
    evidence text COLLATE "C" NOT NULL,
    note text COLLATE "C",
    verified_by text COLLATE "C",
    on_behalf boolean NOT NULL,
    framework_version integer NOT NULL,
    reason text COLLATE "C",
    recorded_at bigint NOT NULL,
    recorded_by text COLLATE "C" NOT NULL,
    superseded_at bigint,
    request_key text,
    request_hash bytea,
    PRIMARY KEY (worker_id, milestone_id, revision),
    CHECK (state IN ('submitted', 'returned', 'rejected', 'verified', 'voided'))
);

CREATE TABLE milestone_contests (
    worker_id uuid NOT NULL,
    milestone_id uuid NOT NULL,
    sequence integer NOT NULL,
    kind text COLLATE "C" NOT NULL,
    reason text COLLATE "C" NOT NULL,
    recorded_at bigint NOT NULL,
    recorded_by text COLLATE "C" NOT NULL,
    PRIMARY KEY (worker_id, milestone_id, sequence),
    CHECK (kind IN ('contested', 'answered'))
);

CREATE TABLE standings (
    worker_id uuid NOT NULL,
    channel text COLLATE "C" NOT NULL,
    from_day integer NOT NULL,
    recorded_at bigint NOT NULL,
    rung text COLLATE "C" NOT NULL,
    level integer NOT NULL,
    end_day integer NOT NULL,
    superseded_at bigint,
    PRIMARY KEY (worker_id, channel, from_day, recorded_at, rung)
);

CREATE TABLE idempotency_keys (
    account text COLLATE "C" NOT NULL,
    idempotency_key text COLLATE "C" NOT NULL,
    method text COLLATE "C" NOT NULL,
    path text COLLATE "C" NOT NULL,
    request_hash bytea NOT NULL,
    status integer NOT NULL,
    headers text COLLATE "C" NOT NULL,
    body bytea NOT NULL,
    recorded_at bigint NOT NULL,
    PRIMARY KEY (account, method, path, idempotency_key)
);

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

CREATE FUNCTION refuse_change_of_history() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'history is append-only: % of %', TG_OP, TG_TABLE_NAME;
END
$$;

CREATE TRIGGER framework_versions_keep BEFORE UPDATE OF code, version, hash, content, published_at ON framework_versions FOR EACH ROW EXECUTE FUNCTION refuse_change_of_history();
CREATE TRIGGER framework_versions_no_delete BEFORE DELETE ON framework_versions FOR EACH ROW EXECUTE FUNCTION refuse_change_of_history();
CREATE TRIGGER framework_versions_no_truncate BEFORE TRUNCATE ON framework_versions FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_history();

CREATE TRIGGER organization_revisions_keep BEFORE UPDATE OF organization_id, revision, state, parent_id, kind, name, credit_code, industry_code, from_day, holds_from, union_founded_on, tags, phone, reason, recorded_at, recorded_by ON organization_revisions FOR EACH ROW EXECUTE FUNCTION refuse_change_of_history();
CREATE TRIGGER organization_revisions_close_once BEFORE UPDATE OF superseded_at ON organization_revisions FOR EACH ROW WHEN (OLD.superseded_at IS NOT NULL OR NEW.superseded_at IS NULL) EXECUTE FUNCTION refuse_change_of_history();
CREATE TRIGGER organization_revisions_no_delete BEFORE DELETE ON organization_revisions FOR EACH ROW EXECUTE FUNCTION refuse_change_of_history();
CREATE TRIGGER organization_revisions_no_truncate BEFORE TRUNCATE ON organization_revisions FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_history();

CREATE TRIGGER worker_revisions_keep BEFORE UPDATE OF worker_id, revision, state, number, name, career_start, birth_date, gender, migrant_worker, reason, recorded_at, recorded_by ON worker_revisions FOR EACH ROW EXECUTE FUNCTION refuse_change_of_history();
CREATE TRIGGER worker_revisions_close_once BEFORE UPDATE OF superseded_at ON worker_revisions FOR EACH ROW WHEN (OLD.superseded_at IS NOT NULL OR NEW.superseded_at IS NULL) EXECUTE FUNCTION refuse_change_of_history();
CREATE TRIGGER worker_revisions_no_delete BEFORE DELETE ON worker_revisions FOR EACH ROW EXECUTE FUNCTION refuse_change_of_history();
CREATE TRIGGER worker_revisions_no_truncate BEFORE TRUNCATE ON worker_revisions FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_history();

CREATE TRIGGER affiliation_revisions_keep BEFORE UPDATE OF worker_id, affiliation_id, revision, state, kind, organization_id, external_name, from_day, until_day, is_primary, staff_number, employment_form, occupation_code, reason, recorded_at, recorded_by ON affiliation_revisions FOR EACH ROW EXECUTE FUNCTION refuse_change_of_history();
CREATE TRIGGER affiliation_revisions_close_once BEFORE UPDATE OF superseded_at ON affiliation_revisions FOR EACH ROW WHEN (OLD.superseded_at IS NOT NULL OR NEW.superseded_at IS NULL) EXECUTE FUNCTION refuse_change_of_history();
CREATE TRIGGER affiliation_revisions_no_delete BEFORE DELETE ON affiliation_revisions FOR EACH ROW EXECUTE FUNCTION refuse_change_of_history();
CREATE TRIGGER affiliation_revisions_no_truncate BEFORE TRUNCATE ON affiliation_revisions FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_history();

CREATE TRIGGER milestone_revisions_keep BEFORE UPDATE OF worker_id, milestone_id, revision, state, type, occurred_on, occurred_day, until_on, until_day, ended_on, ended_kind, ended_reason, attributes, evidence, note, verified_by, on_behalf, framework_version, reason, recorded_at, recorded_by, request_key, request_hash ON milestone_revisions FOR EACH ROW EXECUTE FUNCTION refuse_change_of_history();
CREATE TRIGGER milestone_revisions_close_once BEFORE UPDATE OF superseded_at ON milestone_revisions FOR EACH ROW WHEN (OLD.superseded_at IS NOT NULL OR NEW.superseded_at IS NULL) EXECUTE FUNCTION refuse_change_of_history();
CREATE TRIGGER milestone_revisions_no_delete BEFORE DELETE ON milestone_revisions FOR EACH ROW EXECUTE FUNCTION refuse_change_of_history();
CREATE TRIGGER milestone_revisions_no_truncate BEFORE TRUNCATE ON milestone_revisions FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_history();

CREATE TRIGGER milestone_contests_keep BEFORE UPDATE OF worker_id, milestone_id, sequence, kind, reason, recorded_at, recorded_by ON milestone_contests FOR EACH ROW EXECUTE FUNCTION refuse_change_of_history();
CREATE TRIGGER milestone_contests_no_delete BEFORE DELETE ON milestone_contests FOR EACH ROW EXECUTE FUNCTION refuse_change_of_history();
CREATE TRIGGER milestone_contests_no_truncate BEFORE TRUNCATE ON milestone_contests FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_history();

INSERT INTO record_clock (id, closed_through) VALUES (1, 0);
