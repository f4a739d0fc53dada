import { useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useRef, useState } from 'react';
import { Link } from 'react-router';
import { ApiError, api, ask, type Schemas } from '../api/client';
import type { Framework, MilestoneType } from '../api/framework';
import { useCurrentFramework } from '../api/questions';
import { Failure, failureText, Waiting } from '../ui/Answers';
import { Submit } from '../ui/Submit';
import { useTitle } from '../ui/useTitle';
import { mayLeave, useUnsaved } from '../ui/useUnsaved';
import { contentOf, type Draft, emptyDraft, typedValues } from './draft';
import { TypeSearch } from './LogMilestone';
import { MilestoneFields } from './MilestoneFields';
import { type Chosen, PeopleOfEvent } from './PeopleOfEvent';
import { useWords } from './words';

/** One course, competition or conferment of many: what is the same for all once, and what differs with each. */
export function EventOfMany() {
  const { t } = useWords();
  useTitle(t('many.heading'));
  const framework = useCurrentFramework();
  const [type, setType] = useState<MilestoneType | null>(null);
  if (framework.isLoadingError) return <Failure error={framework.error} retry={() => void framework.refetch()} />;
  if (!framework.data) return <Waiting />;
  return (
    <>
      <p className="page-tools">
        <Link to="/people">{t('people.heading')}</Link>
      </p>
      <h1>{t('many.heading')}</h1>
      <p className="hint">{t('many.about')}</p>
      {type === null ? (
        <TypeSearch framework={framework.data} onChoose={setType} />
      ) : (
        <EventForm key={type.code} framework={framework.data} type={type} onOther={() => setType(null)} />
      )}
    </>
  );
}

interface FormProps {
  framework: Framework;
  type: MilestoneType;
  onOther: () => void;
}

type Fault = Schemas['ProblemFault'];

const most = 500;

function EventForm({ framework, type, onOther }: FormProps) {
  const { t, name } = useWords();
  const client = useQueryClient();
  const [draft, setDraft] = useState<Draft>(() => emptyDraft(type));
  const [own, setOwn] = useState<string[]>([]);
  const [people, setPeople] = useState<Chosen[]>([]);
  const [error, setError] = useState<unknown>(null);
  const [results, setResults] = useState<ReadonlyMap<string, Schemas['Recording']>>(new Map());
  const [recordedAs, setRecordedAs] = useState<ReadonlyMap<string, string>>(new Map());
  const [busy, setBusy] = useState(false);
  const sent = useRef({ body: '', key: '' });
  const isDone = (one: Chosen) => (results.get(one.id)?.status ?? 999) < 300;
  const open = people.filter((one) => !isDone(one));
  const content = contentOf(type, draft);
  const common = { ...content, attributes: Object.fromEntries(Object.entries(content.attributes).filter(([code]) => !own.includes(code))) };
  const commonText = JSON.stringify(common);
  /** Recorded, and not as it stands here now. */
  const otherwise = new Set([...recordedAs].filter(([, text]) => text !== commonText).map(([workerId]) => workerId));
  useUnsaved(open.length > 0 || (people.length === 0 && JSON.stringify(draft) !== JSON.stringify(emptyDraft(type))));

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setError(null);
    const workers = open.map((one) => {
      const ofHis = Object.entries(typedValues(type, one.values)).filter(([code]) => own.includes(code));
      return { workerId: one.id, attributes: Object.fromEntries(ofHis) };
    });
    const body = { type: type.code, ...common, workers };
    const text = JSON.stringify(body);
    if (sent.current.body !== text) sent.current = { body: text, key: crypto.randomUUID() };
    try {
      const params = { header: { 'Idempotency-Key': sent.current.key } };
      const { items } = await ask(api.POST('/api/v1/milestones:batch', { params, body }));
      setResults(new Map([...results, ...items.map((one) => [one.workerId, one] as const)]));
      setRecordedAs(new Map([...recordedAs, ...items.filter((one) => one.status < 300).map((one) => [one.workerId, commonText] as const)]));
      void client.invalidateQueries({ queryKey: ['inbox'] });
      void client.invalidateQueries({ queryKey: ['person'] });
    } catch (refused) {
      setError(refused);
    }
    setBusy(false);
  };

  const number = (wanted: (status: number) => boolean) => [...results.values()].filter((one) => wanted(one.status)).length;
  const answers = [...results.values()];
  const isOfAll = ({ pointer }: Fault) => !own.some((code) => pointer.endsWith(`/attributes/${code}`)) && /^\/(attributes\/|occurredOn|until|evidence|note)/.test(pointer);
  // What is wrong with what is the same for all, and wrong with everybody alike, is said once, where it stands.
  const isCommon = (fault: Fault) =>
    isOfAll(fault) && answers.every((one) => one.errors.some((other) => other.pointer === fault.pointer && other.code === fault.code && other.detail === fault.detail));
  const wrongWithAll = answers.flatMap((one) => one.errors.filter(isCommon));
  const hasOwnPlace = error instanceof ApiError && (error.problem?.errors ?? []).some((one) => one.pointer.startsWith('/workers'));
  return (
    <form onSubmit={(event) => void submit(event)}>
      <div className="two-columns">
        <section className="card">
          <div className="dialog-head">
            <h2>{name(type)}</h2>
            <button type="button" className="quiet" onClick={() => mayLeave() && onOther()}>
              {t('log.otherType')}
            </button>
          </div>
          {type.note && <p className="hint">{name(type.note)}</p>}
          <h3>{t('many.common')}</h3>
          <MilestoneFields
            {...{ framework, type, draft }}
            common={wrongWithAll}
            error={hasOwnPlace ? null : error}
            attributes={type.attributes.filter((one) => !own.includes(one.code))}
            onChange={setDraft}
          />
          {type.attributes.length > 0 && (
            <fieldset>
              <legend>{t('many.differs')}</legend>
              {type.attributes.map((one) => (
                <p key={one.code}>
                  <label className="check">
                    <input
                      type="checkbox"
                      checked={own.includes(one.code)}
                      onChange={(event) => setOwn(event.target.checked ? [...own, one.code] : own.filter((code) => code !== one.code))}
                    />
                    {name(one)}
                  </label>
                </p>
              ))}
            </fieldset>
          )}
        </section>
        <PeopleOfEvent
          framework={framework}
          attributes={type.attributes.filter((one) => own.includes(one.code))}
          people={people}
          results={results}
          otherwise={otherwise}
          most={most}
          isCommon={isCommon}
          onChange={setPeople}
        />
      </div>
      {hasOwnPlace && (
        <p className="fault" role="alert">
          {failureText(error)}
        </p>
      )}
      {results.size > 0 && (
        <p className="note" role="status">
          {t('many.done', {
            made: number((status) => status === 201),
            same: number((status) => status === 200),
            refused: number((status) => status >= 300),
          })}
        </p>
      )}
      {otherwise.size > 0 && <p className="note warning">{t('many.otherwise', { number: otherwise.size })}</p>}
      <div className="buttons bulk">
        {results.size > 0 && open.length === 0 ? (
          <Link to="/people/log" reloadDocument className="button main">
            {t('many.next')}
          </Link>
        ) : (
          <Submit busy={busy} disabled={open.length === 0}>
            {t(results.size > 0 ? 'many.again' : 'many.submit', { number: open.length })}
          </Submit>
        )}
      </div>
    </form>
  );
}
