-- What organisations report and no milestone counts (PostgreSQL). Numbers are whole millionths.

CREATE TABLE entered_figure_revisions (
    organization_id uuid NOT NULL,
    entered_figure_id uuid NOT NULL,
    revision integer NOT NULL,
    state text COLLATE "C" NOT NULL,
    indicator text COLLATE "C" NOT NULL,
    figure text COLLATE "C" NOT NULL,
    year_kind text COLLATE "C" NOT NULL,
    year integer NOT NULL,
    number bigint NOT NULL,
    source text COLLATE "C" NOT NULL,
    reason text COLLATE "C",
    recorded_at bigint NOT NULL,
    recorded_by text COLLATE "C" NOT NULL,
    superseded_at bigint,
    PRIMARY KEY (organization_id, entered_figure_id, revision),
    CHECK (state IN ('active', 'voided')),
    CHECK (year_kind IN ('calendar', 'october')),
    CHECK (number >= 0)
);

-- What an organisation has entered and not voided: one number for each figure and year.
CREATE TABLE entered_figures (
    organization_id uuid NOT NULL,
    indicator text COLLATE "C" NOT NULL,
    figure text COLLATE "C" NOT NULL,
    year_kind text COLLATE "C" NOT NULL,
    year integer NOT NULL,
    entered_figure_id uuid NOT NULL,
    PRIMARY KEY (organization_id, indicator, figure, year_kind, year)
);

CREATE INDEX entered_figure_revisions_id ON entered_figure_revisions (entered_figure_id, revision);
CREATE INDEX entered_figure_revisions_year ON entered_figure_revisions (year, year_kind);
CREATE INDEX entered_figures_id ON entered_figures (entered_figure_id);

CREATE TRIGGER entered_figure_revisions_keep BEFORE UPDATE OF organization_id, entered_figure_id, revision, state, indicator, figure, year_kind, year, number, source, reason, recorded_at, recorded_by ON entered_figure_revisions FOR EACH ROW EXECUTE FUNCTION refuse_change_of_history();
CREATE TRIGGER entered_figure_revisions_close_once BEFORE UPDATE OF superseded_at ON entered_figure_revisions FOR EACH ROW WHEN (OLD.superseded_at IS NOT NULL OR NEW.superseded_at IS NULL) EXECUTE FUNCTION refuse_change_of_history();
CREATE TRIGGER entered_figure_revisions_no_delete BEFORE DELETE ON entered_figure_revisions FOR EACH ROW EXECUTE FUNCTION refuse_change_of_history();
CREATE TRIGGER entered_figure_revisions_no_truncate BEFORE TRUNCATE ON entered_figure_revisions FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_history();
