-- The whole state of the portal. Times are seconds since 1970 on the clock of the account that a row belongs to.
-- Columns named *_sealed are AES-GCM, *_digest are keyed hashes: the file alone gives away no secret and no code.

CREATE TABLE IF NOT EXISTS accounts (
    username      TEXT PRIMARY KEY,              -- the first email address, lower case; it names the account for good
    email         TEXT NOT NULL UNIQUE,          -- the present one, lower case
    name          TEXT NOT NULL,
    password_hash TEXT NOT NULL,                 -- argon2id
    clock_offset  REAL NOT NULL DEFAULT 0,       -- seconds that this account lives ahead of the wall clock
    clock_frozen  REAL,                          -- or the moment at which its time stands still
    mail_failing  INTEGER NOT NULL DEFAULT 0     -- its mailbox refuses mail
) STRICT;

CREATE TABLE IF NOT EXISTS second_factors (      -- a row here means that two-factor authentication is on
    username      TEXT PRIMARY KEY REFERENCES accounts ON DELETE CASCADE,
    method        TEXT NOT NULL CHECK (method IN ('time_based', 'email')),
    secret_sealed BLOB,                          -- only time_based
    last_step     INTEGER NOT NULL DEFAULT -1,   -- the newest TOTP step that was ever accepted
    backup_digest BLOB NOT NULL,
    enabled_at    REAL NOT NULL,
    CHECK ((method = 'time_based') = (secret_sealed IS NOT NULL))
) STRICT;

CREATE TABLE IF NOT EXISTS sessions (
    id             INTEGER PRIMARY KEY AUTOINCREMENT, -- never reused, so a code cannot move to another session
    token_digest   BLOB NOT NULL UNIQUE,         -- the cookie itself is not stored
    csrf           TEXT NOT NULL,
    level          INTEGER NOT NULL,             -- 0 anonymous, 1 password given, 2 signed in
    username       TEXT REFERENCES accounts ON DELETE CASCADE,
    created_at     REAL NOT NULL,
    seen_at        REAL NOT NULL,
    next_path      TEXT NOT NULL DEFAULT '',
    notice         TEXT NOT NULL DEFAULT '',     -- said once on the next page
    pending_method TEXT,                         -- an enrolment that was started but not confirmed
    pending_sealed BLOB,
    pending_at     REAL NOT NULL DEFAULT 0,
    reveal_kind    TEXT,                         -- a backup code that is to be shown once
    reveal_sealed  BLOB,
    reveal_ticket  TEXT,                         -- set when it was shown; allows the download
    reveal_at      REAL NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX IF NOT EXISTS sessions_by_account ON sessions (username, created_at);

CREATE TABLE IF NOT EXISTS email_codes (         -- one live code for a session and a purpose
    session_id    INTEGER NOT NULL REFERENCES sessions ON DELETE CASCADE,
    purpose       TEXT NOT NULL CHECK (purpose IN ('setup', 'sign-in')),
    code_digest   BLOB NOT NULL,
    issued_at     REAL NOT NULL,
    PRIMARY KEY (session_id, purpose)
) STRICT;

CREATE TABLE IF NOT EXISTS mailed_links (        -- ways to a new password, or to another address
    token_digest  BLOB PRIMARY KEY,              -- the link itself is not stored
    username      TEXT NOT NULL REFERENCES accounts ON DELETE CASCADE,
    purpose       TEXT NOT NULL CHECK (purpose IN ('password', 'address')),
    email         TEXT NOT NULL,                 -- where it was mailed to
    issued_at     REAL NOT NULL
) STRICT;

CREATE TABLE IF NOT EXISTS events (              -- what is counted: wrong codes, wrong passwords, mails
    subject       TEXT NOT NULL,
    at            REAL NOT NULL
) STRICT;
CREATE INDEX IF NOT EXISTS events_by_subject ON events (subject, at);

CREATE TABLE IF NOT EXISTS locks (
    subject       TEXT PRIMARY KEY,
    until         REAL NOT NULL
) STRICT;
