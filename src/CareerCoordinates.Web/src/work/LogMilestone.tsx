import { useQueryClient } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { Link, useParams } from 'react-router';
import type { Framework, MilestoneType } from '../api/framework';
import { useCoordinate, useFramework, useRecord } from '../api/questions';
import type { SavedState } from '../person/Saved';
import { Failure, Waiting } from '../ui/Answers';
import { Field } from '../ui/Field';
import { useTitle } from '../ui/useTitle';
import { initials } from '../words/initials';
import { useWords } from '../words/words';
import { MilestoneForm } from './MilestoneForm';
import { Warnings } from '../person/Warnings';

interface Props {
  workerId: string;
  isSelf: boolean;
}

export function LogMilestonePage() {
  return <LogMilestone workerId={useParams().workerId!} isSelf={false} />;
}

/** A fact about a worker is recorded, by his officer or by himself: a type, then the form that the type asks for. */
export function LogMilestone({ workerId, isSelf }: Props) {
  const { t, name } = useWords();
  const client = useQueryClient();
  const coordinate = useCoordinate(workerId);
  const framework = useFramework(coordinate.data?.framework);
  const record = useRecord(workerId);
  const [type, setType] = useState<MilestoneType | null>(null);
  const [saved, setSaved] = useState<SavedState | null>(null);
  const person = record.data?.person.at(-1);
  const heading = isSelf ? t('log.own') : t('log.heading', { name: person?.name ?? '…' });
  useTitle(heading);
  const failed = [coordinate, framework, record].find((one) => one.isLoadingError);
  if (failed) return <Failure error={failed.error} retry={() => void failed.refetch()} />;
  if (!framework.data || !person || !coordinate.data) return <Waiting />;
  return (
    <>
      <p className="page-tools">
        <Link to={isSelf ? '/mine' : `/people/${workerId}`}>{t('person.title', { name: person.name ?? '' })}</Link>
      </p>
      <h1>{heading}</h1>
      {saved && (
        <>
          <p className="note" role="status">
            {saved.saved}
          </p>
          <Warnings {...{ workerId, isSelf }} warnings={saved.warnings} />
        </>
      )}
      {type === null ? (
        <TypeSearch
          framework={framework.data}
          onChoose={(chosen) => {
            setType(chosen);
            setSaved(null);
          }}
        />
      ) : (
        <MilestoneForm
          key={type.code}
          framework={framework.data}
          type={type}
          workerId={workerId}
          isSelf={isSelf}
          careerStart={person.careerStart}
          today={coordinate.data.asOf}
          onOther={() => setType(null)}
          onSaved={(warnings) => {
            setSaved({ saved: t('log.saved', { type: name(type) }), warnings });
            setType(null);
            void client.invalidateQueries({ queryKey: ['person', workerId] });
            void client.invalidateQueries({ queryKey: ['inbox'] });
          }}
        />
      )}
    </>
  );
}

interface SearchProps {
  framework: Framework;
  onChoose: (type: MilestoneType) => void;
}

/** What a type is found by: its names, and those of the values that it may have (高级工 is a value of the certificate's level). */
const wordsOf = (type: MilestoneType) =>
  [type, ...type.attributes.flatMap((one) => one.allowed ?? [])].map((one) => `${one.zh} ${one.en}`.toLowerCase()).join(' ');

/** Types by a part of a Chinese or English name, or by pinyin initials. */
export function TypeSearch({ framework, onChoose }: SearchProps) {
  const { t, name } = useWords();
  const [typed, setTyped] = useState('');
  const types = useMemo(
    () => framework.milestoneTypes.filter((type) => type.enabled).map((type) => ({ type, words: wordsOf(type), initials: initials(type.zh) })),
    [framework],
  );
  const wanted = typed.trim().toLowerCase();
  const found = types.filter((one) => one.words.includes(wanted) || one.initials.includes(wanted.toUpperCase()));
  return (
    <div className="card">
      <Field
        label={t('log.type')}
        hint={t('log.typeHint')}
        type="search"
        autoFocus
        value={typed}
        onChange={(e) => setTyped(e.target.value)}
        onKeyDown={(e) => {
          if (e.key !== 'Enter' || e.nativeEvent.isComposing || found.length !== 1) return;
          e.preventDefault();
          onChoose(found[0]!.type);
        }}
      />
      {found.length === 0 && <p role="status">{t('log.noType')}</p>}
      {framework.milestoneKinds.map((kind) => {
        const ofKind = found.filter((one) => one.type.kind === kind.code);
        return (
          ofKind.length > 0 && (
            <section key={kind.code}>
              <h2>{name(kind)}</h2>
              <div className="type-buttons">
                {ofKind.map(({ type }) => (
                  <button key={type.code} type="button" onClick={() => onChoose(type)}>
                    {name(type)}
                  </button>
                ))}
              </div>
            </section>
          )
        );
      })}
    </div>
  );
}
