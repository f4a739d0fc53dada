-- Who may do what, and who did (SQLite). Secrets stand here only as hashes.

CREATE TABLE accounts (
    account_id BLOB NOT NULL,
    name TEXT NOT NULL,
    password_hash TEXT,
    worker_id BLOB,
    disabled INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    created_by TEXT NOT NULL,
    password_by TEXT,
    PRIMARY KEY (account_id),
    UNIQUE (name)
) STRICT, WITHOUT ROWID;

CREATE TABLE role_grants (
    account_id BLOB NOT NULL,
    grant_id BLOB NOT NULL,
    role TEXT NOT NULL,
    organization_id BLOB,
    acts TEXT NOT NULL,
    granted_at INTEGER NOT NULL,
    granted_by TEXT NOT NULL,
    revoked_at INTEGER,
    revoked_by TEXT,
    PRIMARY KEY (account_id, grant_id),
    CHECK (role IN ('officer', 'verifier', 'analyst', 'administrator', 'auditor'))
) STRICT, WITHOUT ROWID;

-- A sign-in, by cookie or by bearer token. Signing out ends it; what has ended is deleted after a while.
CREATE TABLE sign_ins (
    token_hash BLOB NOT NULL,
    refresh_hash BLOB,
    account_id BLOB NOT NULL,
    kind TEXT NOT NULL,
    antiforgery_hash BLOB,
    token_ends_at INTEGER NOT NULL,
    ends_at INTEGER NOT NULL,
    seen_at INTEGER NOT NULL,
    PRIMARY KEY (token_hash),
    CHECK (kind IN ('bearer', 'cookie'))
) STRICT, WITHOUT ROWID;

CREATE TABLE audit_entries (
    entry_id BLOB NOT NULL,
    recorded_at INTEGER NOT NULL,
    account TEXT NOT NULL,
    action TEXT NOT NULL,
    worker_id BLOB,
    details TEXT NOT NULL,
    token TEXT,
    PRIMARY KEY (entry_id)
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX accounts_worker ON accounts (worker_id) WHERE worker_id IS NOT NULL;
CREATE INDEX sign_ins_refresh ON sign_ins (refresh_hash) WHERE refresh_hash IS NOT NULL;
CREATE INDEX sign_ins_account ON sign_ins (account_id);
CREATE INDEX audit_entries_worker ON audit_entries (worker_id, entry_id) WHERE worker_id IS NOT NULL;

CREATE TRIGGER role_grants_keep BEFORE UPDATE OF account_id, grant_id, role, organization_id, acts, granted_at, granted_by ON role_grants
BEGIN SELECT RAISE(ABORT, 'history is append-only'); END;
CREATE TRIGGER role_grants_revoke_once BEFORE UPDATE OF revoked_at, revoked_by ON role_grants
WHEN OLD.revoked_at IS NOT NULL OR NEW.revoked_at IS NULL
BEGIN SELECT RAISE(ABORT, 'history is append-only'); END;
CREATE TRIGGER role_grants_no_delete BEFORE DELETE ON role_grants
BEGIN SELECT RAISE(ABORT, 'history is append-only'); END;
CREATE TRIGGER audit_entries_keep BEFORE UPDATE ON audit_entries
BEGIN SELECT RAISE(ABORT, 'history is append-only'); END;
CREATE TRIGGER audit_entries_no_delete BEFORE DELETE ON audit_entries
BEGIN SELECT RAISE(ABORT, 'history is append-only'); END;
CREATE TRIGGER audit_entries_no_replace BEFORE INSERT ON audit_entries
WHEN EXISTS (SELECT 1 FROM audit_entries WHERE entry_id = NEW.entry_id)
BEGIN SELECT RAISE(ABORT, 'UNIQUE constraint failed: audit_entries'); END;

-- Whom an entry about several workers, such as that of a list, names: so that each of them finds it.
CREATE TABLE audit_entry_workers (
    worker_id BLOB NOT NULL,
    entry_id BLOB NOT NULL,
    PRIMARY KEY (worker_id, entry_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX audit_entries_account ON audit_entries (account, entry_id);

CREATE TRIGGER audit_entry_workers_keep BEFORE UPDATE ON audit_entry_workers
BEGIN SELECT RAISE(ABORT, 'history is append-only'); END;
CREATE TRIGGER audit_entry_workers_no_delete BEFORE DELETE ON audit_entry_workers
BEGIN SELECT RAISE(ABORT, 'history is append-only'); END;


-- Getting in: claim codes, known devices, the notice and who acknowledged which version.

CREATE TABLE claim_codes (
    worker_id BLOB NOT NULL,
    claim_hash BLOB NOT NULL,
    ends_at INTEGER NOT NULL,
    made_by TEXT NOT NULL,
    PRIMARY KEY (worker_id),
    UNIQUE (claim_hash)
) STRICT, WITHOUT ROWID;

CREATE TABLE known_devices (
    device_hash BLOB NOT NULL,
    account_id BLOB NOT NULL,
    seen_at INTEGER NOT NULL,
    PRIMARY KEY (device_hash)
) STRICT, WITHOUT ROWID;

CREATE TABLE notices (
    version INTEGER NOT NULL,
    hash TEXT NOT NULL,
    content TEXT NOT NULL,
    published_at INTEGER NOT NULL,
    PRIMARY KEY (version)
) STRICT, WITHOUT ROWID;

CREATE TABLE notice_acknowledgements (
    account_id BLOB NOT NULL,
    version INTEGER NOT NULL,
    acknowledged_at INTEGER NOT NULL,
    PRIMARY KEY (account_id, version)
) STRICT, WITHOUT ROWID;

CREATE INDEX known_devices_account ON known_devices (account_id, seen_at);

CREATE TRIGGER notices_keep BEFORE UPDATE ON notices
BEGIN SELECT RAISE(ABORT, 'history is append-only'); END;
CREATE TRIGGER notices_no_delete BEFORE DELETE ON notices
BEGIN SELECT RAISE(ABORT, 'history is append-only'); END;
CREATE TRIGGER notices_no_replace BEFORE INSERT ON notices
WHEN EXISTS (SELECT 1 FROM notices WHERE version = NEW.version)
BEGIN SELECT RAISE(ABORT, 'UNIQUE constraint failed: notices'); END;
CREATE TRIGGER notice_acknowledgements_keep BEFORE UPDATE ON notice_acknowledgements
BEGIN SELECT RAISE(ABORT, 'history is append-only'); END;
CREATE TRIGGER notice_acknowledgements_no_delete BEFORE DELETE ON notice_acknowledgements
BEGIN SELECT RAISE(ABORT, 'history is append-only'); END;
CREATE TRIGGER notice_acknowledgements_no_replace BEFORE INSERT ON notice_acknowledgements
WHEN EXISTS (SELECT 1 FROM notice_acknowledgements WHERE account_id = NEW.account_id AND version = NEW.version)
BEGIN SELECT RAISE(ABORT, 'UNIQUE constraint failed: notice_acknowledgements'); END;

-- API tokens of programs: one role each, within a grant of the account's own. They stay on the record; a revoked one is worth nothing.
CREATE TABLE api_tokens (
    account_id BLOB NOT NULL,
    token_id BLOB NOT NULL,
    name TEXT NOT NULL,
    token_hash BLOB NOT NULL,
    role TEXT NOT NULL,
    organization_id BLOB,
    acts TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    ends_at INTEGER NOT NULL,
    revoked_at INTEGER,
    revoked_by TEXT,
    PRIMARY KEY (account_id, token_id),
    UNIQUE (token_hash),
    UNIQUE (account_id, name),
    CHECK (role IN ('worker', 'officer', 'verifier', 'analyst', 'administrator', 'auditor'))
) STRICT, WITHOUT ROWID;

CREATE TRIGGER api_tokens_keep BEFORE UPDATE OF account_id, token_id, name, token_hash, role, organization_id, acts, created_at, ends_at ON api_tokens
BEGIN SELECT RAISE(ABORT, 'history is append-only'); END;
CREATE TRIGGER api_tokens_revoke_once BEFORE UPDATE OF revoked_at, revoked_by ON api_tokens
WHEN OLD.revoked_at IS NOT NULL OR NEW.revoked_at IS NULL
BEGIN SELECT RAISE(ABORT, 'history is append-only'); END;
CREATE TRIGGER api_tokens_no_delete BEFORE DELETE ON api_tokens
BEGIN SELECT RAISE(ABORT, 'history is append-only'); END;
