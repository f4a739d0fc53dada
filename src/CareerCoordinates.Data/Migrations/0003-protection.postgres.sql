-- ID numbers, sealed, and the erasure of a person (PostgreSQL).

-- Nonce (12 bytes), ciphertext (18) and tag (16) of AES-256-GCM; and the two characters that are shown.
ALTER TABLE worker_revisions ADD COLUMN id_number bytea CHECK (octet_length(id_number) = 46);
ALTER TABLE worker_revisions ADD COLUMN id_number_shown text CHECK ((id_number IS NULL) = (id_number_shown IS NULL) AND coalesce(length(id_number_shown), 2) = 2);

-- By this the database recognises its key-encryption key; written with the first thing that needs it.
CREATE TABLE protection_keys (
    key_id integer NOT NULL,
    check_value bytea NOT NULL,
    PRIMARY KEY (key_id),
    CHECK (octet_length(check_value) = 32)
);

-- The key of each worker's sealed numbers, itself sealed. An erasure deletes it.
CREATE TABLE worker_keys (
    worker_id uuid NOT NULL,
    key_id integer NOT NULL,
    nonce bytea NOT NULL,
    wrapped_key bytea NOT NULL,
    tag bytea NOT NULL,
    PRIMARY KEY (worker_id),
    CHECK (octet_length(nonce) = 12 AND octet_length(wrapped_key) = 32 AND octet_length(tag) = 16)
);

-- By a keyed hash a number is found, and is nobody else's.
CREATE TABLE id_number_index (
    number_hash bytea NOT NULL,
    worker_id uuid NOT NULL,
    PRIMARY KEY (number_hash),
    CHECK (octet_length(number_hash) = 32)
);

-- A person to be erased: asked for, then refused or carried out. While it is 'erasing', which no other transaction sees, what
-- identifies the person may be blanked.
CREATE TABLE erasures (
    erasure_id uuid NOT NULL,
    worker_id uuid NOT NULL,
    state text NOT NULL,
    reason text NOT NULL,
    asked_at bigint NOT NULL,
    asked_by text COLLATE "C" NOT NULL,
    decided_at bigint,
    decided_by text COLLATE "C",
    decision_reason text,
    PRIMARY KEY (erasure_id),
    CHECK (state IN ('asked', 'refused', 'erasing', 'erased'))
);

CREATE INDEX id_number_index_worker ON id_number_index (worker_id);
CREATE UNIQUE INDEX erasures_worker ON erasures (worker_id) WHERE state <> 'refused';

CREATE TRIGGER erasures_keep BEFORE UPDATE OF erasure_id, worker_id, reason, asked_at, asked_by ON erasures FOR EACH ROW EXECUTE FUNCTION refuse_change_of_history();
CREATE TRIGGER erasures_forward BEFORE UPDATE OF state, decided_at, decided_by, decision_reason ON erasures FOR EACH ROW WHEN (NOT (
    OLD.state = 'asked' AND NEW.state IN ('refused', 'erasing')
    OR OLD.state = 'erasing' AND NEW.state = 'erased'
        AND (NEW.decided_at, NEW.decided_by, NEW.decision_reason) IS NOT DISTINCT FROM (OLD.decided_at, OLD.decided_by, OLD.decision_reason)
)) EXECUTE FUNCTION refuse_change_of_history();
CREATE TRIGGER erasures_no_delete BEFORE DELETE ON erasures FOR EACH ROW EXECUTE FUNCTION refuse_change_of_history();
CREATE TRIGGER erasures_no_truncate BEFORE TRUNCATE ON erasures FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_history();

-- From here on what identifies a person may be blanked while he is being erased, and nothing else may be written in its place.
CREATE FUNCTION refuse_unless_blanked_worker_revisions() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM erasures WHERE worker_id = OLD.worker_id AND state = 'erasing')
    OR (NEW.number IS NULL AND NEW.name = '' AND NEW.birth_date IS NULL AND NEW.id_number IS NULL AND NEW.id_number_shown IS NULL AND NEW.reason IS NULL) IS NOT TRUE THEN
        RAISE EXCEPTION 'history is append-only: % of %', TG_OP, TG_TABLE_NAME;
    END IF;
    RETURN NEW;
END
$$;
DROP TRIGGER worker_revisions_keep ON worker_revisions;
CREATE TRIGGER worker_revisions_keep BEFORE UPDATE OF worker_id, revision, state, career_start, gender, migrant_worker, recorded_at, recorded_by ON worker_revisions FOR EACH ROW EXECUTE FUNCTION refuse_change_of_history();
CREATE TRIGGER worker_revisions_blank BEFORE UPDATE OF number, name, birth_date, id_number, id_number_shown, reason ON worker_revisions FOR EACH ROW EXECUTE FUNCTION refuse_unless_blanked_worker_revisions();

CREATE FUNCTION refuse_unless_blanked_affiliation_revisions() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM erasures WHERE worker_id = OLD.worker_id AND state = 'erasing')
    OR (NEW.external_name IS NULL AND NEW.staff_number IS NULL AND NEW.reason IS NULL) IS NOT TRUE THEN
        RAISE EXCEPTION 'history is append-only: % of %', TG_OP, TG_TABLE_NAME;
    END IF;
    RETURN NEW;
END
$$;
DROP TRIGGER affiliation_revisions_keep ON affiliation_revisions;
CREATE TRIGGER affiliation_revisions_keep BEFORE UPDATE OF worker_id, affiliation_id, revision, state, kind, organization_id, from_day, until_day, is_primary, employment_form, occupation_code, recorded_at, recorded_by ON affiliation_revisions FOR EACH ROW EXECUTE FUNCTION refuse_change_of_history();
CREATE TRIGGER affiliation_revisions_blank BEFORE UPDATE OF external_name, staff_number, reason ON affiliation_revisions FOR EACH ROW EXECUTE FUNCTION refuse_unless_blanked_affiliation_revisions();

CREATE FUNCTION refuse_unless_blanked_milestone_revisions() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM erasures WHERE worker_id = OLD.worker_id AND state = 'erasing')
    OR (NEW.evidence = '[]' AND NEW.note IS NULL AND NEW.reason IS NULL AND NEW.request_key IS NULL AND NEW.request_hash IS NULL
        AND (NEW.ended_reason = '' OR NEW.ended_reason IS NULL AND OLD.ended_reason IS NULL)
        AND NOT EXISTS (SELECT 1 FROM jsonb_each(OLD.attributes::jsonb) o WHERE jsonb_typeof(o.value) <> 'string'
            AND (NEW.attributes::jsonb -> o.key) IS DISTINCT FROM o.value)
        AND NOT EXISTS (SELECT 1 FROM jsonb_each(NEW.attributes::jsonb) n
            WHERE NOT (jsonb_typeof(n.value) = 'string' AND n.value #>> '{}' LIKE 'erased:%')
            AND (OLD.attributes::jsonb -> n.key) IS DISTINCT FROM n.value)) IS NOT TRUE THEN
        RAISE EXCEPTION 'history is append-only: % of %', TG_OP, TG_TABLE_NAME;
    END IF;
    RETURN NEW;
END
$$;
DROP TRIGGER milestone_revisions_keep ON milestone_revisions;
CREATE TRIGGER milestone_revisions_keep BEFORE UPDATE OF worker_id, milestone_id, revision, state, type, occurred_on, occurred_day, until_on, until_day, ended_on, ended_kind, verified_by, on_behalf, framework_version, recorded_at, recorded_by ON milestone_revisions FOR EACH ROW EXECUTE FUNCTION refuse_change_of_history();
CREATE TRIGGER milestone_revisions_blank BEFORE UPDATE OF ended_reason, attributes, evidence, note, reason, request_key, request_hash ON milestone_revisions FOR EACH ROW EXECUTE FUNCTION refuse_unless_blanked_milestone_revisions();

CREATE FUNCTION refuse_unless_blanked_milestone_contests() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM erasures WHERE worker_id = OLD.worker_id AND state = 'erasing')
    OR (NEW.reason = '') IS NOT TRUE THEN
        RAISE EXCEPTION 'history is append-only: % of %', TG_OP, TG_TABLE_NAME;
    END IF;
    RETURN NEW;
END
$$;
DROP TRIGGER milestone_contests_keep ON milestone_contests;
CREATE TRIGGER milestone_contests_keep BEFORE UPDATE OF worker_id, milestone_id, sequence, kind, recorded_at, recorded_by ON milestone_contests FOR EACH ROW EXECUTE FUNCTION refuse_change_of_history();
CREATE TRIGGER milestone_contests_blank BEFORE UPDATE OF reason ON milestone_contests FOR EACH ROW EXECUTE FUNCTION refuse_unless_blanked_milestone_contests();

CREATE FUNCTION refuse_unless_blanked_audit_entries() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM erasures WHERE worker_id = OLD.worker_id AND state = 'erasing')
    OR (NEW.details = (OLD.details::jsonb - 'reason')::text) IS NOT TRUE THEN
        RAISE EXCEPTION 'history is append-only: % of %', TG_OP, TG_TABLE_NAME;
    END IF;
    RETURN NEW;
END
$$;
DROP TRIGGER audit_entries_keep ON audit_entries;
CREATE TRIGGER audit_entries_keep BEFORE UPDATE OF entry_id, recorded_at, account, action, worker_id, token ON audit_entries FOR EACH ROW EXECUTE FUNCTION refuse_change_of_history();
CREATE TRIGGER audit_entries_blank BEFORE UPDATE OF details ON audit_entries FOR EACH ROW EXECUTE FUNCTION refuse_unless_blanked_audit_entries();
