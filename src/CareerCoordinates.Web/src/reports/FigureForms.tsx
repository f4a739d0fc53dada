import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useRef, useState } from 'react';
import { ApiError, api, ask, type Schemas } from '../api/client';
import { byCode, type Framework } from '../api/framework';
import { Failure, failureText, Waiting } from '../ui/Answers';
import { Choice } from '../ui/Choice';
import { Dialog } from '../ui/Dialog';
import { Field } from '../ui/Field';
import { Submit } from '../ui/Submit';
import { useUnsaved } from '../ui/useUnsaved';
import { instantText } from '../words/days';
import { todayIn } from './clock';
import { figureName, unitOf } from './figureNames';
import { numberText } from './numbers';
import { useReportWords } from './words';

type Entered = Schemas['EnteredFigure'];

const faultsOf = (error: unknown, member: string) =>
  error instanceof ApiError ? error.problem?.errors?.find((one) => one.pointer === `/${member}`)?.detail : undefined;

/** What is not said beside an input is said below them all. */
const unplaced = (error: unknown, members: string[]) =>
  error !== null && !members.some((member) => faultsOf(error, member)) ? failureText(error) : '';

interface EnterProps {
  framework: Framework;
  organizations: [string, string][];
  onClose: () => void;
  onDone: (words: string) => void;
}

/** A number that an organisation reports, with where it comes from. */
export function EnterFigure({ framework, organizations, onClose, onDone }: EnterProps) {
  const { t, name } = useReportWords();
  const client = useQueryClient();
  const year = Number(todayIn(framework.timeZone).slice(0, 4));
  const [typed, setTyped] = useState({ organizationId: organizations.length === 1 ? organizations[0]![0] : '', indicator: '', figure: '', yearKind: 'calendar', year: String(year - 1), number: '', source: '' });
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const [first] = useState(typed);
  useUnsaved(JSON.stringify(typed) !== JSON.stringify(first));
  const sent = useRef({ body: '', key: '' });
  const indicators = framework.indicators.filter((one) => one.entered);
  const figures = byCode(indicators, typed.indicator)?.entered ?? [];
  const put = (changes: Partial<typeof typed>) => setTyped({ ...typed, ...changes });

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setError(null);
    const body = { ...typed, yearKind: typed.yearKind as Schemas['YearKind'], year: Number(typed.year), number: Number(typed.number), source: typed.source.trim() };
    const text = JSON.stringify(body);
    // Sent again after a lost connection it is still one figure.
    if (sent.current.body !== text) sent.current = { body: text, key: crypto.randomUUID() };
    try {
      await ask(api.POST('/api/v1/entered-figures', { params: { header: { 'Idempotency-Key': sent.current.key } }, body }));
      await client.invalidateQueries({ queryKey: ['figures'] });
      void client.invalidateQueries({ queryKey: ['report'] });
      onDone(t('figures.entered', { figure: figureName(framework, name, body) }));
    } catch (refused) {
      setError(refused);
      setBusy(false);
    }
  };
  const elsewhere = unplaced(error, ['organizationId', 'indicator', 'figure', 'year', 'number', 'source']);
  return (
    <Dialog title={t('figures.enter')} onClose={onClose}>
      <form onSubmit={(event) => void submit(event)}>
        <Choice label={t('figures.organization')} name="organizationId" required value={typed.organizationId} none={t('log.choose')} options={organizations} onChoose={(value) => put({ organizationId: value })} fault={faultsOf(error, 'organizationId')} />
        <Choice
          label={t('indicators.indicator')}
          name="indicator"
          required
          value={typed.indicator}
          none={t('log.choose')}
          options={indicators.map((one) => [one.code, name(one)])}
          onChoose={(value) => {
            const own = byCode(indicators, value)?.entered ?? [];
            put({ indicator: value, figure: own.length === 1 ? own[0]!.code : '' });
          }}
          fault={faultsOf(error, 'indicator')}
        />
        {figures.length > 1 && (
          <Choice label={t('figures.figure')} name="figure" required value={typed.figure} none={t('log.choose')} options={figures.map((one) => [one.code, name(one)])} onChoose={(value) => put({ figure: value })} fault={faultsOf(error, 'figure')} />
        )}
        <div className="row top">
          <Field label={t('year.year')} name="year" type="number" min={1900} max={2200} step={1} inputMode="numeric" required value={typed.year} onChange={(event) => put({ year: event.target.value })} fault={faultsOf(error, 'year')} />
          <Choice label={t('year.kind')} value={typed.yearKind} options={[['calendar', t('year.calendar')], ['october', t('year.october')]]} onChoose={(value) => put({ yearKind: value })} />
        </div>
        <Amount framework={framework} figure={typed} value={typed.number} onType={(number) => put({ number })} fault={faultsOf(error, 'number')} />
        <Field label={t('figures.source')} name="source" required maxLength={500} hint={t('figures.sourceHint')} value={typed.source} onChange={(event) => put({ source: event.target.value })} fault={faultsOf(error, 'source')} />
        {elsewhere && (
          <p className="fault" role="alert">
            {elsewhere}
          </p>
        )}
        <Submit busy={busy}>{t('figures.submit')}</Submit>
      </form>
    </Dialog>
  );
}

interface AmountProps {
  framework: Framework;
  figure: Pick<Entered, 'indicator' | 'figure'>;
  value: string;
  onType: (value: string) => void;
  fault?: string;
}

function Amount({ framework, figure, value, onType, fault }: AmountProps) {
  const { t, name } = useReportWords();
  const unit = unitOf(framework, name, figure);
  return (
    <Field
      label={unit ? `${t('indicators.value')} (${unit})` : t('indicators.value')}
      name="number"
      type="number"
      min={0}
      step="any"
      inputMode="decimal"
      required
      value={value}
      onChange={(event) => onType(event.target.value)}
      fault={fault}
    />
  );
}

interface CorrectProps {
  framework: Framework;
  figure: Entered;
  onClose: () => void;
  onDone: (words: string) => void;
}

/** A correction supersedes and keeps the first; what was changed meanwhile is shown, and one chooses. */
export function CorrectFigure({ framework, figure: first, onClose, onDone }: CorrectProps) {
  const { t, name } = useReportWords();
  const client = useQueryClient();
  const [figure, setFigure] = useState(first);
  const [typed, setTyped] = useState({ number: String(first.number), source: first.source, reason: '' });
  const [error, setError] = useState<unknown>(null);
  const [isStale, setStale] = useState(false);
  const [busy, setBusy] = useState(false);
  useUnsaved(typed.number !== String(first.number) || typed.source !== first.source || typed.reason !== '');
  const called = `${figureName(framework, name, first)} · ${first.year}`;
  const path = { enteredFigureId: first.id };
  const finish = async (words: string) => {
    await client.invalidateQueries({ queryKey: ['figures'] });
    void client.invalidateQueries({ queryKey: ['report'] });
    onDone(words);
  };
  const send = async (isVoid: boolean) => {
    setBusy(true);
    setError(null);
    const params = { path, header: { 'If-Match': figure.etag ?? `"${figure.revision}"` } };
    const reason = typed.reason.trim();
    try {
      if (isVoid) {
        await ask(api.POST('/api/v1/entered-figures/{enteredFigureId}:void', { params, body: { reason } }));
      } else {
        const { indicator, figure: code, yearKind, year } = figure;
        const body = { indicator, figure: code, yearKind, year, number: Number(typed.number), source: typed.source.trim(), reason };
        await ask(api.PUT('/api/v1/entered-figures/{enteredFigureId}', { params, body }));
      }
      await finish(t(isVoid ? 'figures.voided' : 'figures.corrected', { figure: called }));
    } catch (refused) {
      setBusy(false);
      if (refused instanceof ApiError && refused.status === 412) {
        try {
          // Without the tag of the list: the revision alone is compared.
          const newest = await ask(api.GET('/api/v1/entered-figures/{enteredFigureId}', { params: { path } }));
          setFigure({ ...newest, etag: `"${newest.revision}"` });
          setStale(true);
        } catch (again) {
          setError(again);
        }
      } else setError(refused);
    }
  };
  const elsewhere = unplaced(error, ['number', 'source', 'reason']);
  return (
    <Dialog title={t('figures.correct')} onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void send(false);
        }}
      >
        <p>
          <b>{called}</b>
        </p>
        {isStale && (
          <div className="failure" role="alert">
            <p>{t('figures.stale', { number: numberText(figure.number, 2), source: figure.source, by: figure.recordedBy })}</p>
            <div className="buttons">
              <button type="button" onClick={() => void finish(t('figures.kept', { figure: called }))}>
                {t('figures.keepTheirs')}
              </button>
              <button type="submit" disabled={busy}>
                {t('figures.useMine')}
              </button>
            </div>
          </div>
        )}
        <Amount framework={framework} figure={first} value={typed.number} onType={(number) => setTyped({ ...typed, number })} fault={faultsOf(error, 'number')} />
        <Field label={t('figures.source')} name="source" required maxLength={500} value={typed.source} onChange={(event) => setTyped({ ...typed, source: event.target.value })} fault={faultsOf(error, 'source')} />
        <Field label={t('figures.reason')} name="reason" required maxLength={2000} value={typed.reason} onChange={(event) => setTyped({ ...typed, reason: event.target.value })} fault={faultsOf(error, 'reason')} />
        {elsewhere && (
          <p className="fault" role="alert">
            {elsewhere}
          </p>
        )}
        <div className="buttons">
          {!isStale && (
            <Submit busy={busy}>{t('figures.saveCorrection')}</Submit>
          )}
          <button type="button" className="danger" disabled={busy || !typed.reason.trim()} onClick={() => confirm(t('figures.sure', { figure: called })) && void send(true)}>
            {t('figures.void')}
          </button>
        </div>
        <p className="hint">{t('figures.voidHint')}</p>
      </form>
    </Dialog>
  );
}

export function FigureRevisions({ framework, figure, onClose }: { framework: Framework; figure: Entered; onClose: () => void }) {
  const { t, name } = useReportWords();
  const revisions = useQuery({
    queryKey: ['figures', 'revisions', figure.id],
    queryFn: () => ask(api.GET('/api/v1/entered-figures/{enteredFigureId}/revisions', { params: { path: { enteredFigureId: figure.id } } })),
  });
  return (
    <Dialog title={`${figureName(framework, name, figure)} · ${figure.year}`} onClose={onClose}>
      {revisions.isLoadingError ? (
        <Failure error={revisions.error} retry={() => void revisions.refetch()} />
      ) : !revisions.data ? (
        <Waiting />
      ) : (
        <ol className="plain-list">
          {[...revisions.data.items].reverse().map((one) => (
            <li key={one.revision} className="card">
              <b>
                {numberText(one.number, 2)} {unitOf(framework, name, one)}
              </b>{' '}
              · {one.source} {one.voided && <b>· {t('state.voided')}</b>}
              <p className="hint">
                {t('figures.revision', { number: one.revision })} · {instantText(one.recordedAt, framework.timeZone)} · {one.recordedBy}
                {one.reason && ` · ${one.reason}`}
              </p>
            </li>
          ))}
        </ol>
      )}
    </Dialog>
  );
}
