import { type FormEvent, type ReactNode, useId, useState } from 'react';
import { Link } from 'react-router';
import { api, ask } from '../api/client';
import { useCurrentFramework } from '../api/questions';
import { failureText } from '../ui/Answers';
import { Dialog } from '../ui/Dialog';
import { Field } from '../ui/Field';
import { Submit } from '../ui/Submit';
import { useUnsaved } from '../ui/useUnsaved';
import { useWords } from '../words/words';
import { useFilters } from './names';
import { type Form, keepReport, type Source } from './source';
import { useReportWords } from './words';

interface Props {
  title: string;
  /** What the chart says, in a sentence. */
  words?: ReactNode;
  source: Source;
  /** Whether it may be kept under a name. */
  saves: boolean;
  children: ReactNode;
  /** The same as a table. */
  table: ReactNode;
}

/** A report: what it says in words, as a chart, as a table, and as a file. */
export function ReportCard({ title, words, source, saves, children, table }: Props) {
  const { t } = useReportWords();
  const id = useId();
  return (
    <section className="card report" aria-labelledby={id}>
      <div className="report-head">
        <h2 id={id}>{title}</h2>
        <Tools key={JSON.stringify(source.question)} title={title} source={source} saves={saves} />
      </div>
      {words && <p>{words}</p>}
      {children}
      <details className="as-table">
        <summary>{t('table.same')}</summary>
        {table}
      </details>
    </section>
  );
}

/** CSV, a workbook, and where it may be kept, keeping it. */
export function Tools({ title, source, saves }: Pick<Props, 'title' | 'source' | 'saves'>) {
  const { t } = useReportWords();
  const [busy, setBusy] = useState<Form | null>(null);
  const [fault, setFault] = useState('');
  const [isSaving, setSaving] = useState(false);
  const [saved, setSaved] = useState('');
  const get = async (form: Form) => {
    setBusy(form);
    setFault('');
    try {
      await keepReport(source, form);
    } catch (error) {
      setFault(failureText(error));
    } finally {
      setBusy(null);
    }
  };
  return (
    <div className="downloads">
      <div className="buttons">
        {(['csv', 'xlsx'] as const).map((form) => (
          <button key={form} type="button" className="quiet" disabled={busy !== null} aria-label={t('tools.download', { title, form: form.toUpperCase() })} onClick={() => void get(form)}>
            {busy === form ? t('waiting') : form.toUpperCase()}
          </button>
        ))}
        {saves && !source.savedId && (
          <button type="button" className="quiet" aria-label={`${t('tools.save')}: ${title}`} onClick={() => setSaving(true)}>
            {t('tools.save')}
          </button>
        )}
      </div>
      {fault && (
        <p className="fault" role="alert">
          {fault}
        </p>
      )}
      {saved && (
        <p role="status">
          {t('tools.saved')} <Link to={`/reports/saved/${saved}`}>{t('tools.open')}</Link>
        </p>
      )}
      {isSaving && (
        <Save
          source={source}
          title={title}
          onClose={() => setSaving(false)}
          onSaved={(id) => {
            setSaving(false);
            setSaved(id);
          }}
        />
      )}
    </div>
  );
}

const longestName = 100;

/** A name for the report, at first what it is and by what it is narrowed; its days and its record are fixed as they are now. */
function Save({ source, title, onClose, onSaved }: { source: Source; title: string; onClose: () => void; onSaved: (id: string) => void }) {
  const { t } = useReportWords();
  const { language } = useWords();
  // No report is shown before it is there.
  const filtersOf = useFilters(useCurrentFramework().data!);
  const [first] = useState(() => [title, ...filtersOf(source.question)].join(' · ').slice(0, longestName));
  const [name, setName] = useState(first);
  const [key] = useState(() => crypto.randomUUID());
  const [fault, setFault] = useState('');
  const [busy, setBusy] = useState(false);
  useUnsaved(name !== first);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setFault('');
    const given = Object.entries(source.question).filter(([, value]) => value !== undefined);
    const parameters = Object.fromEntries(given.map(([parameter, value]) => [parameter, String(value)]));
    try {
      const made = await ask(
        api.POST('/api/v1/saved-reports', {
          params: { header: { 'Idempotency-Key': `${key}-${language}` } },
          body: { name: name.trim(), report: source.report, parameters },
        }),
      );
      onSaved(made.id);
    } catch (error) {
      setFault(failureText(error));
      setBusy(false);
    }
  };
  return (
    <Dialog title={t('tools.save')} onClose={onClose}>
      <form onSubmit={(event) => void submit(event)}>
        <p>{t('save.about')}</p>
        <Field label={t('save.name')} name="name" value={name} maxLength={longestName} required fault={fault || undefined} onChange={(event) => setName(event.target.value)} />
        <Submit busy={busy}>{t('save.submit')}</Submit>
      </form>
    </Dialog>
  );
}
