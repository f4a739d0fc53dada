import type { Schemas } from '../api/client';
import { byCode, type Framework, rungOf } from '../api/framework';
import { useNotice } from '../api/questions';
import { dayText } from '../words/days';
import { useWords } from '../words/words';

interface Props {
  framework: Framework;
  coordinate: Schemas['Coordinate'];
  steps: Schemas['NextSteps'] | undefined;
  /** The worker's name; null where he reads it himself. */
  name: string | null;
}

/** Two or three plain sentences: where one stands, what comes next, whom to ask. */
export function Opening({ framework, coordinate, steps, name: who }: Props) {
  const { t, name, language } = useWords();
  const notice = useNotice();
  const stage = byCode(framework.stages, coordinate.stage.code);
  const level = framework.levels.find((one) => one.level === coordinate.level);
  const person = who ? t('opening.other', { name: who }) : t('opening.you');
  const highest = coordinate.channels
    .filter((one) => one.level === coordinate.level && one.rung)
    .map((one) => name(rungOf(framework, one.channel, one.rung), one.rung!));
  const stands = !level
    ? t('opening.nothing', { person })
    : t(stage ? 'opening.stands' : 'opening.standsNoStage', {
        person,
        stage: name(stage),
        years: coordinate.stage.yearsInCareer ?? '',
        level: coordinate.level,
        levelName: name(level),
        rungs: highest.join(t('and')),
      });
  return (
    <div className="opening">
      <p>{stands}</p>
      {steps && <p>{nextSentence()}</p>}
      {!who && notice.data && <p>{t('opening.ask', { contact: notice.data[language].contact })}</p>}
    </div>
  );

  function nextSentence() {
    const open = steps!.channels.filter((one) => one.next && one.noPath === null);
    const met = open.find((one) => one.alternatives.some((way) => way.state === 'met'));
    const dated = open.filter((one) => one.earliest).sort((a, b) => a.earliest!.localeCompare(b.earliest!))[0];
    const chosen = met ?? dated ?? open[0];
    if (!chosen) return t('opening.top');
    const rung = name(rungOf(framework, chosen.channel, chosen.next), chosen.next!);
    const channel = name(byCode(framework.channels, chosen.channel), chosen.channel);
    if (met) return t('opening.met', { channel, rung });
    return dated ? t('opening.next', { channel, rung, day: dayText(dated.earliest!) }) : t('opening.someday', { channel, rung });
  }
}
