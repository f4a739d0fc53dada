-- Imports of spreadsheets (PostgreSQL).

-- One uploaded file and what becomes of it. Its key seals the parts, and goes with them after 30 days.
CREATE TABLE imports (
    import_id uuid NOT NULL PRIMARY KEY,
    account_id uuid NOT NULL,
    account text NOT NULL,
    kind text NOT NULL,
    type text,
    organization_id uuid,
    mapping text NOT NULL,
    file_name text NOT NULL,
    encoding text,
    state text NOT NULL,
    row_count integer NOT NULL,
    create_count integer NOT NULL,
    change_count integer NOT NULL,
    same_count integer NOT NULL,
    refuse_count integer NOT NULL,
    detail text,
    uploaded_at bigint NOT NULL,
    changed_at bigint NOT NULL,
    key_id integer NOT NULL,
    nonce bytea NOT NULL,
    wrapped_key bytea NOT NULL,
    tag bytea NOT NULL,
    not_read text NOT NULL
);

CREATE INDEX imports_account ON imports (account_id, import_id);
CREATE INDEX imports_running ON imports (changed_at) WHERE state IN ('checking', 'committing', 'undoing');

-- The sealed bytes of an import: the file as it came, what the dry run found of each row, and the first problems.
CREATE TABLE import_parts (
    import_id uuid NOT NULL,
    part text COLLATE "C" NOT NULL,
    number integer NOT NULL,
    content bytea NOT NULL,
    PRIMARY KEY (import_id, part, number)
);

-- What a commit wrote, in the order of the rows: by it a batch is verified, and undone.
CREATE TABLE import_items (
    import_id uuid NOT NULL,
    number integer NOT NULL,
    worker_id uuid,
    thing text NOT NULL,
    thing_id uuid NOT NULL,
    revision integer NOT NULL,
    PRIMARY KEY (import_id, number)
);

CREATE INDEX import_items_worker ON import_items (worker_id) WHERE worker_id IS NOT NULL;
CREATE INDEX import_items_thing ON import_items (thing_id);

-- What a verifier looked at before he verified the rest of an import with it. It stays when the import is forgotten.
CREATE TABLE import_samples (
    import_id uuid NOT NULL,
    account_id uuid NOT NULL,
    account text NOT NULL,
    waiting integer NOT NULL,
    milestones text NOT NULL,
    drawn_at bigint NOT NULL,
    basis text,
    verified integer NOT NULL,
    verified_at bigint,
    PRIMARY KEY (import_id, account_id)
);
