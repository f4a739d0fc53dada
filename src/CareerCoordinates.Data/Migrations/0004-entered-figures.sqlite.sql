-- What organisations report and no milestone counts (SQLite). Numbers are whole millionths.

CREATE TABLE entered_figure_revisions (
    organization_id BLOB NOT NULL,
    entered_figure_id BLOB NOT NULL,
    revision INTEGER NOT NULL,
    state TEXT NOT NULL,
    indicator TEXT NOT NULL,
    figure TEXT NOT NULL,
    year_kind TEXT NOT NULL,
    year INTEGER NOT NULL,
    number INTEGER NOT NULL,
    source TEXT NOT NULL,
    reason TEXT,
    recorded_at INTEGER NOT NULL,
    recorded_by TEXT NOT NULL,
    superseded_at INTEGER,
    PRIMARY KEY (organization_id, entered_figure_id, revision),
    CHECK (state IN ('active', 'voided')),
    CHECK (year_kind IN ('calendar', 'october')),
    CHECK (number >= 0)
) STRICT, WITHOUT ROWID;

-- What an organisation has entered and not voided: one number for each figure and year.
CREATE TABLE entered_figures (
    organization_id BLOB NOT NULL,
    indicator TEXT NOT NULL,
    figure TEXT NOT NULL,
    year_kind TEXT NOT NULL,
    year INTEGER NOT NULL,
    entered_figure_id BLOB NOT NULL,
    PRIMARY KEY (organization_id, indicator, figure, year_kind, year)
) STRICT, WITHOUT ROWID;

CREATE INDEX entered_figure_revisions_id ON entered_figure_revisions (entered_figure_id, revision);
CREATE INDEX entered_figure_revisions_year ON entered_figure_revisions (year, year_kind);
CREATE INDEX entered_figures_id ON entered_figures (entered_figure_id);

CREATE TRIGGER entered_figure_revisions_keep BEFORE UPDATE OF organization_id, entered_figure_id, revision, state, indicator, figure, year_kind, year, number, source, reason, recorded_at, recorded_by ON entered_figure_revisions
BEGIN SELECT RAISE(ABORT, 'history is append-only'); END;
CREATE TRIGGER entered_figure_revisions_close_once BEFORE UPDATE OF superseded_at ON entered_figure_revisions
WHEN OLD.superseded_at IS NOT NULL OR NEW.superseded_at IS NULL
BEGIN SELECT RAISE(ABORT, 'history is append-only'); END;
CREATE TRIGGER entered_figure_revisions_no_delete BEFORE DELETE ON entered_figure_revisions
BEGIN SELECT RAISE(ABORT, 'history is append-only'); END;
CREATE TRIGGER entered_figure_revisions_no_replace BEFORE INSERT ON entered_figure_revisions
WHEN EXISTS (SELECT 1 FROM entered_figure_revisions WHERE organization_id = NEW.organization_id AND entered_figure_id = NEW.entered_figure_id AND revision = NEW.revision)
BEGIN SELECT RAISE(ABORT, 'UNIQUE constraint failed: entered_figure_revisions'); END;
