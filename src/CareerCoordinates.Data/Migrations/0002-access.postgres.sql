-- Who may do what, and who did (PostgreSQL). Secrets stand here only as hashes.

CREATE TABLE accounts (
    account_id uuid NOT NULL,
    name text COLLATE "C" NOT NULL,
    password_hash text,
    worker_id uuid,
    disabled boolean NOT NULL,
    created_at bigint NOT NULL,
    created_by text COLLATE "C" NOT NULL,
    password_by text COLLATE "C",
    PRIMARY KEY (account_id),
    UNIQUE (name)
);

CREATE TABLE role_grants (
    account_id uuid NOT NULL,
    grant_id uuid NOT NULL,
    role text NOT NULL,
    organization_id uuid,
    acts text NOT NULL,
    granted_at bigint NOT NULL,
    granted_by text NOT NULL,
    revoked_at bigint,
    revoked_by text,
    PRIMARY KEY (account_id, grant_id),
    CHECK (role IN ('officer', 'verifier', 'analyst', 'administrator', 'auditor'))
);

-- A sign-in, by cookie or by bearer token. Signing out ends it; what has ended is deleted after a while.
CREATE TABLE sign_ins (
    token_hash bytea NOT NULL,
    refresh_hash bytea,
    account_id uuid NOT NULL,
    kind text NOT NULL,
    antiforgery_hash bytea,
    token_ends_at bigint NOT NULL,
    ends_at bigint NOT NULL,
    seen_at bigint NOT NULL,
    PRIMARY KEY (token_hash),
    CHECK (kind IN ('bearer', 'cookie'))
);

CREATE TABLE audit_entries (
    entry_id uuid NOT NULL,
    recorded_at bigint NOT NULL,
    account text COLLATE "C" NOT NULL,
    action text COLLATE "C" NOT NULL,
    worker_id uuid,
    details text NOT NULL,
    token text,
    PRIMARY KEY (entry_id)
);

CREATE UNIQUE INDEX accounts_worker ON accounts (worker_id) WHERE worker_id IS NOT NULL;
CREATE INDEX sign_ins_refresh ON sign_ins (refresh_hash) WHERE refresh_hash IS NOT NULL;
CREATE INDEX sign_ins_account ON sign_ins (account_id);
CREATE INDEX audit_entries_worker ON audit_entries (worker_id, entry_id) WHERE worker_id IS NOT NULL;

CREATE TRIGGER role_grants_keep BEFORE UPDATE OF account_id, grant_id, role, organization_id, acts, granted_at, granted_by ON role_grants FOR EACH ROW EXECUTE FUNCTION refuse_change_of_history();
CREATE TRIGGER role_grants_revoke_once BEFORE UPDATE OF revoked_at, revoked_by ON role_grants FOR EACH ROW WHEN (OLD.revoked_at IS NOT NULL OR NEW.revoked_at IS NULL) EXECUTE FUNCTION refuse_change_of_history();
CREATE TRIGGER role_grants_no_delete BEFORE DELETE ON role_grants FOR EACH ROW EXECUTE FUNCTION refuse_change_of_history();
CREATE TRIGGER role_grants_no_truncate BEFORE TRUNCATE ON role_grants FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_history();
CREATE TRIGGER audit_entries_keep BEFORE UPDATE ON audit_entries FOR EACH ROW EXECUTE FUNCTION refuse_change_of_history();
CREATE TRIGGER audit_entries_no_delete BEFORE DELETE ON audit_entries FOR EACH ROW EXECUTE FUNCTION refuse_change_of_history();
CREATE TRIGGER audit_entries_no_truncate BEFORE TRUNCATE ON audit_entries FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_history();

-- Whom an entry about several workers, such as that of a list, names: so that each of them finds it.
CREATE TABLE audit_entry_workers (
    worker_id uuid NOT NULL,
    entry_id uuid NOT NULL,
    PRIMARY KEY (worker_id, entry_id)
);

CREATE INDEX audit_entries_account ON audit_entries (account, entry_id);

CREATE TRIGGER audit_entry_workers_keep BEFORE UPDATE ON audit_entry_workers FOR EACH ROW EXECUTE FUNCTION refuse_change_of_history();
CREATE TRIGGER audit_entry_workers_no_delete BEFORE DELETE ON audit_entry_workers FOR EACH ROW EXECUTE FUNCTION refuse_change_of_history();
CREATE TRIGGER audit_entry_workers_no_truncate BEFORE TRUNCATE ON audit_entry_workers FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_history();

-- Getting in: claim codes, known devices, the notice and who acknowledged which version.

CREATE TABLE claim_codes (
    worker_id uuid NOT NULL,
    claim_hash bytea NOT NULL,
    ends_at bigint NOT NULL,
    made_by text COLLATE "C" NOT NULL,
    PRIMARY KEY (worker_id),
    UNIQUE (claim_hash)
);

CREATE TABLE known_devices (
    device_hash bytea NOT NULL,
    account_id uuid NOT NULL,
    seen_at bigint NOT NULL,
    PRIMARY KEY (device_hash)
);

CREATE TABLE notices (
    version integer NOT NULL,
    hash text NOT NULL,
    content text NOT NULL,
    published_at bigint NOT NULL,
    PRIMARY KEY (version)
);

CREATE TABLE notice_acknowledgements (
    account_id uuid NOT NULL,
    version integer NOT NULL,
    acknowledged_at bigint NOT NULL,
    PRIMARY KEY (account_id, version)
);

CREATE INDEX known_devices_account ON known_devices (account_id, seen_at);

CREATE TRIGGER notices_keep BEFORE UPDATE ON notices FOR EACH ROW EXECUTE FUNCTION refuse_change_of_history();
CREATE TRIGGER notices_no_delete BEFORE DELETE ON notices FOR EACH ROW EXECUTE FUNCTION refuse_change_of_history();
CREATE TRIGGER notices_no_truncate BEFORE TRUNCATE ON notices FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_history();
CREATE TRIGGER notice_acknowledgements_keep BEFORE UPDATE ON notice_acknowledgements FOR EACH ROW EXECUTE FUNCTION refuse_change_of_history();
CREATE TRIGGER notice_acknowledgements_no_delete BEFORE DELETE ON notice_acknowledgements FOR EACH ROW EXECUTE FUNCTION refuse_change_of_history();
CREATE TRIGGER notice_acknowledgements_no_truncate BEFORE TRUNCATE ON notice_acknowledgements FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_history();

-- API tokens of programs: one role each, within a grant of the account's own. They stay on the record; a revoked one is worth nothing.
CREATE TABLE api_tokens (
    account_id uuid NOT NULL,
    token_id uuid NOT NULL,
    name text COLLATE "C" NOT NULL,
    token_hash bytea NOT NULL,
    role text NOT NULL,
    organization_id uuid,
    acts text NOT NULL,
    created_at bigint NOT NULL,
    ends_at bigint NOT NULL,
    revoked_at bigint,
    revoked_by text,
    PRIMARY KEY (account_id, token_id),
    UNIQUE (token_hash),
    UNIQUE (account_id, name),
    CHECK (role IN ('worker', 'officer', 'verifier', 'analyst', 'administrator', 'auditor'))
);

CREATE TRIGGER api_tokens_keep BEFORE UPDATE OF account_id, token_id, name, token_hash, role, organization_id, acts, created_at, ends_at ON api_tokens FOR EACH ROW EXECUTE FUNCTION refuse_change_of_history();
CREATE TRIGGER api_tokens_revoke_once BEFORE UPDATE OF revoked_at, revoked_by ON api_tokens FOR EACH ROW WHEN (OLD.revoked_at IS NOT NULL OR NEW.revoked_at IS NULL) EXECUTE FUNCTION refuse_change_of_history();
CREATE TRIGGER api_tokens_no_delete BEFORE DELETE ON api_tokens FOR EACH ROW EXECUTE FUNCTION refuse_change_of_history();
CREATE TRIGGER api_tokens_no_truncate BEFORE TRUNCATE ON api_tokens FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_history();
