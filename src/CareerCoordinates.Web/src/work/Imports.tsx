import { useInfiniteQuery } from '@tanstack/react-query';
import { type DragEvent, type FormEvent, useId, useState } from 'react';
import { Link, useNavigate } from 'react-router';
import { addressOf, api, ask, type Schemas } from '../api/client';
import type { Framework } from '../api/framework';
import { Failure, failureText, Waiting } from '../ui/Answers';
import { More } from '../ui/More';
import { Choice } from '../ui/Choice';
import { Submit } from '../ui/Submit';
import { useTitle } from '../ui/useTitle';
import { instantText } from '../words/days';
import { stateWord } from './ImportJob';
import { OrganizationChoice } from './OrganizationChoice';
import { useCurrentFramework } from '../api/questions';
import { useWords } from './words';

const kinds = ['milestones', 'workers', 'organizations'] as const;
type Kind = Schemas['ImportKind'];

export function Imports() {
  const { t } = useWords();
  useTitle(t('imports.heading'));
  const framework = useCurrentFramework();
  if (framework.isLoadingError) return <Failure error={framework.error} retry={() => void framework.refetch()} />;
  if (!framework.data) return <Waiting />;
  return (
    <>
      <h1>{t('imports.heading')}</h1>
      <p className="hint">{t('imports.about')}</p>
      <Upload framework={framework.data} />
      <Mine framework={framework.data} />
    </>
  );
}

/** What the sheet holds, its template, and the file: then it is checked. */
function Upload({ framework }: { framework: Framework }) {
  const { t, name, language } = useWords();
  const go = useNavigate();
  const fileId = useId();
  const [kind, setKind] = useState<Kind>('milestones');
  const [type, setType] = useState('');
  const [organization, setOrganization] = useState('');
  const [file, setFile] = useState<File | null>(null);
  const [isOver, setOver] = useState(false);
  const [fault, setFault] = useState('');
  const [busy, setBusy] = useState(false);
  const asked: Record<string, string> = kind === 'milestones' && type ? { kind, type } : { kind };

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (!file) return;
    setBusy(true);
    setFault('');
    const form = new FormData();
    form.append('file', file);
    for (const [part, value] of Object.entries(asked)) form.append(part, value);
    if (organization) form.append('organization', organization);
    try {
      const job = await ask(api.POST('/api/v1/imports', { body: { file: '', kind }, bodySerializer: () => form }));
      await go(`/imports/${job.id}`);
    } catch (error) {
      setFault(failureText(error));
      setBusy(false);
    }
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    setFile(event.dataTransfer.files[0] ?? null);
  };

  return (
    <form className="card" onSubmit={(event) => void submit(event)}>
      <div className="row">
        <Choice label={t('imports.kind')} value={kind} options={kinds.map((one) => [one, t(`imports.kind.${one}`)])} onChoose={(value) => setKind(value as Kind)} />
        {kind === 'milestones' && (
          <Choice
            label={t('imports.type')}
            value={type}
            none={t('imports.typeOfRows')}
            options={framework.milestoneTypes.filter((one) => one.enabled).map((one) => [one.code, name(one)])}
            onChoose={setType}
          />
        )}
        {kind === 'milestones' && !type ? (
          <p className="hint">{t('imports.templateOfType')}</p>
        ) : (
          <a className="button" href={addressOf('/api/v1/imports/template', {}, { ...asked, format: 'xlsx' })} hrefLang={language} download>
            {t('imports.template')}
          </a>
        )}
      </div>
      <div className="row">
        <OrganizationChoice
          label={t(kind === 'organizations' ? 'imports.parent' : 'imports.place')}
          none={t(kind === 'organizations' ? 'imports.parentOfRows' : 'imports.placeOfRows')}
          value={organization}
          onChoose={setOrganization}
        />
      </div>
      <div
        className={`drop${isOver ? ' over' : ''}`}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={drop}
      >
        <input
          id={fileId}
          className="hidden-input"
          type="file"
          accept=".xlsx,.csv,.tsv"
          onChange={(event) => setFile(event.target.files?.[0] ?? null)}
        />
        <label htmlFor={fileId}>
          <span className="button">{t('imports.choose')}</span> {file ? file.name : t('imports.file')}
        </label>
      </div>
      {fault && (
        <p className="fault" role="alert">
          {fault}
        </p>
      )}
      <Submit busy={busy} disabled={!file}>
        {t('imports.start')}
      </Submit>
    </form>
  );
}

function Mine({ framework }: { framework: Framework }) {
  const { t } = useWords();
  const imports = useInfiniteQuery({
    queryKey: ['imports', 'mine'],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam }) => ask(api.GET('/api/v1/imports', { params: { query: { limit: 20, cursor: pageParam } } })),
    getNextPageParam: (page) => page.nextCursor ?? undefined,
  });
  if (imports.isLoadingError) return <Failure error={imports.error} retry={() => void imports.refetch()} />;
  if (!imports.data) return <Waiting />;
  const items = imports.data.pages.flatMap((page) => page.items);
  return (
    <section aria-labelledby="mine">
      <h2 id="mine">{t('imports.mine')}</h2>
      {items.length === 0 && <p className="card">{t('imports.none')}</p>}
      <ul className="plain-list">
        {items.map((job) => (
          <li key={job.id} className="card">
            <Link to={`/imports/${job.id}`}>{job.fileName}</Link> · {t(`imports.kind.${job.kind}`)} · {t(stateWord(job))}
            <p className="hint">{instantText(job.uploadedAt, framework.timeZone)}</p>
          </li>
        ))}
      </ul>
      <More list={imports} />
    </section>
  );
}
