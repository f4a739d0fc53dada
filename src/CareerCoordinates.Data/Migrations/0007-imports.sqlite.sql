-- Imports of spreadsheets (SQLite).

-- One uploaded file and what becomes of it. Its key seals the parts, and goes with them after 30 days.
CREATE TABLE imports (
    import_id BLOB NOT NULL PRIMARY KEY,
    account_id BLOB NOT NULL,
    account TEXT NOT NULL,
    kind TEXT NOT NULL,
    type TEXT,
    organization_id BLOB,
    mapping TEXT NOT NULL,
    file_name TEXT NOT NULL,
    encoding TEXT,
    state TEXT NOT NULL,
    row_count INTEGER NOT NULL,
    create_count INTEGER NOT NULL,
    change_count INTEGER NOT NULL,
    same_count INTEGER NOT NULL,
    refuse_count INTEGER NOT NULL,
    detail TEXT,
    uploaded_at INTEGER NOT NULL,
    changed_at INTEGER NOT NULL,
    key_id INTEGER NOT NULL,
    nonce BLOB NOT NULL,
    wrapped_key BLOB NOT NULL,
    tag BLOB NOT NULL,
    not_read TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX imports_account ON imports (account_id, import_id);
CREATE INDEX imports_running ON imports (changed_at) WHERE state IN ('checking', 'committing', 'undoing');

-- The sealed bytes of an import: the file as it came, what the dry run found of each row, and the first problems.
CREATE TABLE import_parts (
    import_id BLOB NOT NULL,
    part TEXT NOT NULL,
    number INTEGER NOT NULL,
    content BLOB NOT NULL,
    PRIMARY KEY (import_id, part, number)
) STRICT;

-- What a commit wrote, in the order of the rows: by it a batch is verified, and undone.
CREATE TABLE import_items (
    import_id BLOB NOT NULL,
    number INTEGER NOT NULL,
    worker_id BLOB,
    thing TEXT NOT NULL,
    thing_id BLOB NOT NULL,
    revision INTEGER NOT NULL,
    PRIMARY KEY (import_id, number)
) STRICT, WITHOUT ROWID;

CREATE INDEX import_items_worker ON import_items (worker_id) WHERE worker_id IS NOT NULL;
CREATE INDEX import_items_thing ON import_items (thing_id);

-- What a verifier looked at before he verified the rest of an import with it. It stays when the import is forgotten.
CREATE TABLE import_samples (
    import_id BLOB NOT NULL,
    account_id BLOB NOT NULL,
    account TEXT NOT NULL,
    waiting INTEGER NOT NULL,
    milestones TEXT NOT NULL,
    drawn_at INTEGER NOT NULL,
    basis TEXT,
    verified INTEGER NOT NULL,
    verified_at INTEGER,
    PRIMARY KEY (import_id, account_id)
) STRICT, WITHOUT ROWID;
