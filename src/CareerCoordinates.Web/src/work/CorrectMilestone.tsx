import { useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useMemo, useState } from 'react';
import { Link, useNavigate, useParams } from 'react-router';
import { ApiError, api, ask, type Schemas } from '../api/client';
import { byCode, type Framework, meets, type MilestoneType } from '../api/framework';
import { etagOf, readMilestone, useCoordinate, useFramework, useMilestones, useRecord } from '../api/questions';
import { sameContent } from '../person/content';
import type { SavedState } from '../person/Saved';
import { Failure, Waiting } from '../ui/Answers';
import { Message } from '../ui/Message';
import { Reason } from '../ui/Reason';
import { Submit } from '../ui/Submit';
import { useTitle } from '../ui/useTitle';
import { useUnsaved } from '../ui/useUnsaved';
import { dayText, lastDay, writtenDay } from '../words/days';
import { useWords } from '../words/words';
import { contentOf, type Draft, draftOf, mergedDraft, typedValues } from './draft';
import { MilestoneConflict } from './MilestoneConflict';
import { MilestoneFields } from './MilestoneFields';
import { Grants, MilestonePreview } from './MilestonePreview';
import { Warnings, warningsBefore } from '../person/Warnings';

interface Props {
  workerId: string;
  isSelf: boolean;
}

export function CorrectMilestonePage() {
  return <CorrectMilestone workerId={useParams().workerId!} isSelf={false} />;
}

/** The whole content of a milestone as it should have been, and why. */
export function CorrectMilestone({ workerId, isSelf }: Props) {
  const { t } = useWords();
  const { milestoneId } = useParams();
  const coordinate = useCoordinate(workerId);
  const framework = useFramework(coordinate.data?.framework);
  const record = useRecord(workerId);
  const milestones = useMilestones(workerId);
  const failed = [coordinate, framework, record, milestones].find((one) => one.isLoadingError);
  if (failed) return <Failure error={failed.error} retry={() => void failed.refetch()} />;
  if (!framework.data || !coordinate.data || !record.data || !milestones.data) return <Waiting />;
  const milestone = milestones.data.find((one) => one.id === milestoneId);
  const type = byCode(framework.data.milestoneTypes, milestone?.type);
  if (!milestone || !type) return <Message title={t('notFound.title')}>{t('notFound')}</Message>;
  const person = record.data.person.at(-1)!;
  return (
    <Loaded
      framework={framework.data}
      type={type}
      milestone={milestone}
      person={person}
      isSelf={isSelf}
      today={coordinate.data.asOf}
    />
  );
}

interface LoadedProps {
  framework: Framework;
  type: MilestoneType;
  milestone: Schemas['Milestone'];
  person: Schemas['Worker'];
  isSelf: boolean;
  today: string;
}

function Loaded({ framework, type, milestone: read, person, isSelf, today }: LoadedProps) {
  const { t, name } = useWords();
  const heading = t('correct.heading', { type: name(type) });
  useTitle(heading);
  const go = useNavigate();
  const client = useQueryClient();
  // What the form began with: a newer reading in the background does not change what is written against.
  const [base, setBase] = useState(read);
  const [draft, setDraft] = useState<Draft>(() => draftOf(type, read));
  const [takesEndBack, setTakesEndBack] = useState(false);
  const [reason, setReason] = useState('');
  const [error, setError] = useState<unknown>(null);
  const [now, setNow] = useState<Schemas['Milestone'] | null>(null);
  const [busy, setBusy] = useState(false);
  const back = isSelf ? '/mine' : `/people/${base.workerId}`;
  const sent = useUnsaved(reason !== '' || JSON.stringify(draft) !== JSON.stringify(draftOf(type, base)));

  const attributes = useMemo(() => typedValues(type, draft.values), [type, draft.values]);
  const grants = type.grants.filter((grant) => meets(grant.when.all, attributes));
  const on = writtenDay(draft.on);
  const content = contentOf(type, draft);
  const isChanged = takesEndBack || !sameContent({ ...content, ended: null }, { ...contentOf(type, draftOf(type, base)), ended: null });
  const others = (useMilestones(base.workerId).data ?? []).filter((one) => one.id !== base.id);
  const asked = type.attributes.filter((one) => !isSelf || one.type !== 'ref' || one.required);

  const contentOver = (over: Schemas['Milestone']) => contentOf(type, mergedDraft(type, base, draft, over));
  const send = async (over: Schemas['Milestone']) => {
    setBusy(true);
    setError(null);
    setNow(null);
    const path = { workerId: base.workerId, milestoneId: base.id };
    const body = { type: type.code, ...contentOver(over), reason: reason.trim(), ...(takesEndBack ? { ended: null } : {}) };
    try {
      const { warnings } = await ask(
        api.PUT('/api/v1/workers/{workerId}/milestones/{milestoneId}', { params: { path, header: { 'If-Match': etagOf(over) } }, body }),
      );
      void client.invalidateQueries({ queryKey: ['person', base.workerId] });
      void client.invalidateQueries({ queryKey: ['inbox'] });
      sent();
      await go(back, { state: { saved: t('correct.saved', { type: name(type) }), warnings } satisfies SavedState });
    } catch (refused) {
      setBusy(false);
      if (!(refused instanceof ApiError && refused.status === 412)) {
        setError(refused);
        return;
      }
      try {
        setNow(await readMilestone(base.workerId, base.id));
      } catch (failed) {
        setError(failed);
      }
    }
  };
  const takeTheirs = (theirs: Schemas['Milestone']) => {
    setBase(theirs);
    setDraft(draftOf(type, theirs));
    setTakesEndBack(false);
    setNow(null);
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void send(base);
  };

  return (
    <>
      <p className="page-tools">
        <Link to={back}>{t('person.title', { name: person.name ?? '' })}</Link>
      </p>
      <h1>{heading}</h1>
      <p className="hint">{t(base.counting === null ? 'correct.about' : 'correct.aboutCounting')}</p>
      {base.state === 'returned' && base.reason && <p className="note">{t('milestone.reason', { reason: base.reason })}</p>}
      <div className="two-columns">
        <form className="card" onSubmit={submit}>
          <MilestoneFields {...{ framework, type, draft, error }} attributes={asked} onChange={setDraft} />
          {base.ended && (
            <p>
              <label className="check">
                <input type="checkbox" checked={takesEndBack} onChange={(event) => setTakesEndBack(event.target.checked)} />
                {t('correct.takeEndBack', { day: dayText(base.ended.on) })}
              </label>
            </p>
          )}
          <Reason label={t('correct.reason')} value={reason} onChange={setReason} />
          {now && (
            <MilestoneConflict
              framework={framework}
              now={now}
              mine={{ ...contentOver(now), ended: takesEndBack ? null : now.ended }}
              mineIs="written"
              onMine={now.actions.includes('correct') ? () => void send(now) : null}
              mineWords={t('conflict.takeMine')}
              onTheirs={() => takeTheirs(now)}
            />
          )}
          <div className="buttons">
            <Submit busy={busy} disabled={now !== null || !isChanged}>
              {t('log.save')}
            </Submit>
            <Link to={back} className="button">
              {t('cancel')}
            </Link>
            {!isChanged && <p className="hint">{t('correct.nothing')}</p>}
          </div>
        </form>
        <div>
          {on !== null && <Warnings workerId={base.workerId} isSelf={isSelf} warnings={warningsBefore(type, content, others, person.careerStart)} />}
          <Grants {...{ framework, grants }} workerId={base.workerId} />
          {on !== null && lastDay(on) <= today && (
            <MilestonePreview
              {...{ framework, type, today, grants, on }}
              workerId={base.workerId}
              careerStart={person.careerStart}
              instead={base.id}
            />
          )}
        </div>
      </div>
    </>
  );
}
