-- ID numbers, sealed, and the erasure of a person (SQLite).

-- Nonce (12 bytes), ciphertext (18) and tag (16) of AES-256-GCM; and the two characters that are shown.
ALTER TABLE worker_revisions ADD COLUMN id_number BLOB CHECK (length(id_number) = 46);
ALTER TABLE worker_revisions ADD COLUMN id_number_shown TEXT CHECK ((id_number IS NULL) = (id_number_shown IS NULL) AND coalesce(length(id_number_shown), 2) = 2);

-- By this the database recognises its key-encryption key; written with the first thing that needs it.
CREATE TABLE protection_keys (
    key_id INTEGER NOT NULL,
    check_value BLOB NOT NULL,
    PRIMARY KEY (key_id),
    CHECK (length(check_value) = 32)
) STRICT, WITHOUT ROWID;

-- The key of each worker's sealed numbers, itself sealed. An erasure deletes it.
CREATE TABLE worker_keys (
    worker_id BLOB NOT NULL,
    key_id INTEGER NOT NULL,
    nonce BLOB NOT NULL,
    wrapped_key BLOB NOT NULL,
    tag BLOB NOT NULL,
    PRIMARY KEY (worker_id),
    CHECK (length(nonce) = 12 AND length(wrapped_key) = 32 AND length(tag) = 16)
) STRICT, WITHOUT ROWID;

-- By a keyed hash a number is found, and is nobody else's.
CREATE TABLE id_number_index (
    number_hash BLOB NOT NULL,
    worker_id BLOB NOT NULL,
    PRIMARY KEY (number_hash),
    CHECK (length(number_hash) = 32)
) STRICT, WITHOUT ROWID;

-- A person to be erased: asked for, then refused or carried out. While it is 'erasing', which no other transaction sees, what
-- identifies the person may be blanked.
CREATE TABLE erasures (
    erasure_id BLOB NOT NULL,
    worker_id BLOB NOT NULL,
    state TEXT NOT NULL,
    reason TEXT NOT NULL,
    asked_at INTEGER NOT NULL,
    asked_by TEXT NOT NULL,
    decided_at INTEGER,
    decided_by TEXT,
    decision_reason TEXT,
    PRIMARY KEY (erasure_id),
    CHECK (state IN ('asked', 'refused', 'erasing', 'erased'))
) STRICT, WITHOUT ROWID;

CREATE INDEX id_number_index_worker ON id_number_index (worker_id);
CREATE UNIQUE INDEX erasures_worker ON erasures (worker_id) WHERE state <> 'refused';

CREATE TRIGGER erasures_keep BEFORE UPDATE OF erasure_id, worker_id, reason, asked_at, asked_by ON erasures
BEGIN SELECT RAISE(ABORT, 'history is append-only'); END;
CREATE TRIGGER erasures_forward BEFORE UPDATE OF state, decided_at, decided_by, decision_reason ON erasures
WHEN NOT (OLD.state = 'asked' AND NEW.state IN ('refused', 'erasing')
    OR OLD.state = 'erasing' AND NEW.state = 'erased' AND NEW.decided_at IS OLD.decided_at AND NEW.decided_by IS OLD.decided_by AND NEW.decision_reason IS OLD.decision_reason)
BEGIN SELECT RAISE(ABORT, 'history is append-only'); END;
CREATE TRIGGER erasures_no_delete BEFORE DELETE ON erasures
BEGIN SELECT RAISE(ABORT, 'history is append-only'); END;
CREATE TRIGGER erasures_no_replace BEFORE INSERT ON erasures
WHEN EXISTS (SELECT 1 FROM erasures WHERE erasure_id = NEW.erasure_id OR worker_id = NEW.worker_id AND state <> 'refused')
BEGIN SELECT RAISE(ABORT, 'UNIQUE constraint failed: erasures'); END;

-- From here on what identifies a person may be blanked while he is being erased, and nothing else may be written in its place.
DROP TRIGGER worker_revisions_keep;
CREATE TRIGGER worker_revisions_keep BEFORE UPDATE OF worker_id, revision, state, career_start, gender, migrant_worker, recorded_at, recorded_by ON worker_revisions
BEGIN SELECT RAISE(ABORT, 'history is append-only'); END;
CREATE TRIGGER worker_revisions_blank BEFORE UPDATE OF number, name, birth_date, id_number, id_number_shown, reason ON worker_revisions
WHEN (EXISTS (SELECT 1 FROM erasures WHERE worker_id = OLD.worker_id AND state = 'erasing')
    AND NEW.number IS NULL AND NEW.name = '' AND NEW.birth_date IS NULL AND NEW.id_number IS NULL AND NEW.id_number_shown IS NULL AND NEW.reason IS NULL) IS NOT TRUE
BEGIN SELECT RAISE(ABORT, 'history is append-only'); END;

DROP TRIGGER affiliation_revisions_keep;
CREATE TRIGGER affiliation_revisions_keep BEFORE UPDATE OF worker_id, affiliation_id, revision, state, kind, organization_id, from_day, until_day, is_primary, employment_form, occupation_code, recorded_at, recorded_by ON affiliation_revisions
BEGIN SELECT RAISE(ABORT, 'history is append-only'); END;
CREATE TRIGGER affiliation_revisions_blank BEFORE UPDATE OF external_name, staff_number, reason ON affiliation_revisions
WHEN (EXISTS (SELECT 1 FROM erasures WHERE worker_id = OLD.worker_id AND state = 'erasing')
    AND NEW.external_name IS NULL AND NEW.staff_number IS NULL AND NEW.reason IS NULL) IS NOT TRUE
BEGIN SELECT RAISE(ABORT, 'history is append-only'); END;

DROP TRIGGER milestone_revisions_keep;
CREATE TRIGGER milestone_revisions_keep BEFORE UPDATE OF worker_id, milestone_id, revision, state, type, occurred_on, occurred_day, until_on, until_day, ended_on, ended_kind, verified_by, on_behalf, framework_version, recorded_at, recorded_by ON milestone_revisions
BEGIN SELECT RAISE(ABORT, 'history is append-only'); END;
CREATE TRIGGER milestone_revisions_blank BEFORE UPDATE OF ended_reason, attributes, evidence, note, reason, request_key, request_hash ON milestone_revisions
WHEN (EXISTS (SELECT 1 FROM erasures WHERE worker_id = OLD.worker_id AND state = 'erasing')
    AND NEW.evidence = '[]' AND NEW.note IS NULL AND NEW.reason IS NULL AND NEW.request_key IS NULL AND NEW.request_hash IS NULL
    AND (NEW.ended_reason = '' OR NEW.ended_reason IS NULL AND OLD.ended_reason IS NULL)
    AND NOT EXISTS (SELECT 1 FROM json_each(OLD.attributes) o WHERE o.type <> 'text'
        AND NOT EXISTS (SELECT 1 FROM json_each(NEW.attributes) n WHERE n.key = o.key AND n.type = o.type AND n.value = o.value))
    AND NOT EXISTS (SELECT 1 FROM json_each(NEW.attributes) n WHERE NOT (n.type = 'text' AND n.value LIKE 'erased:%')
        AND NOT EXISTS (SELECT 1 FROM json_each(OLD.attributes) o WHERE o.key = n.key AND o.type = n.type AND o.value = n.value))) IS NOT TRUE
BEGIN SELECT RAISE(ABORT, 'history is append-only'); END;

DROP TRIGGER milestone_contests_keep;
CREATE TRIGGER milestone_contests_keep BEFORE UPDATE OF worker_id, milestone_id, sequence, kind, recorded_at, recorded_by ON milestone_contests
BEGIN SELECT RAISE(ABORT, 'history is append-only'); END;
CREATE TRIGGER milestone_contests_blank BEFORE UPDATE OF reason ON milestone_contests
WHEN (EXISTS (SELECT 1 FROM erasures WHERE worker_id = OLD.worker_id AND state = 'erasing')
    AND NEW.reason = '') IS NOT TRUE
BEGIN SELECT RAISE(ABORT, 'history is append-only'); END;

DROP TRIGGER audit_entries_keep;
CREATE TRIGGER audit_entries_keep BEFORE UPDATE OF entry_id, recorded_at, account, action, worker_id, token ON audit_entries
BEGIN SELECT RAISE(ABORT, 'history is append-only'); END;
CREATE TRIGGER audit_entries_blank BEFORE UPDATE OF details ON audit_entries
WHEN (EXISTS (SELECT 1 FROM erasures WHERE worker_id = OLD.worker_id AND state = 'erasing')
    AND NEW.details = json_remove(OLD.details, '$.reason')) IS NOT TRUE
BEGIN SELECT RAISE(ABORT, 'history is append-only'); END;
