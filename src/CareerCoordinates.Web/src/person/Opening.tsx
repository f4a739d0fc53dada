import type { Schemas } from '../api/client';
import { byCode, type Framework, rungOf } from '../api/framework';
import { dayText } from '../words/days';
import { useWords } from '../words/words';
import { Ask } from './Ask';

interface Props {
  framework: Framework;
  coordinate: Schemas['Coordinate'];
  steps: Schemas['NextSteps'] | undefined;
  /** The worker's name; null where he reads it himself. */
  name: string | null;
  /** Whoever has left work is not told what to apply for. */
  isAtWork: boolean;
}

/** Two or three plain sentences: where one stands, what comes next, whom to ask. */
export function Opening({ framework, coordinate, steps, name: who, isAtWork }: Props) {
  const { t, name } = useWords();
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
  const reached = coordinate.channels.flatMap((one) => rungOf(framework, one.channel, one.highestReached) ?? []);
  const top = Math.max(0, ...reached.map((one) => one.level));
  const topLevel = framework.levels.find((one) => one.level === top);
  const next = steps && isAtWork ? nextSentence() : '';
  return (
    <div className="opening">
      <p>
        {stands}
        {top > coordinate.level && topLevel && (
          <>
            {' '}
            {t('opening.reached', { level: top, levelName: name(topLevel), rungs: reached.filter((one) => one.level === top).map((one) => name(one)).join(t('and')) })}
          </>
        )}
      </p>
      {next && <p>{next}</p>}
      {!who && <Ask steps={steps} />}
    </div>
  );

  function nextSentence() {
    const all = steps!.channels.filter((one) => one.next && one.noPath === null);
    const open = all.filter((one) => !isBehind(one));
    const [chosen] = [...open].sort((a, b) => rank(a) - rank(b) || (a.earliest ?? '9').localeCompare(b.earliest ?? '9'));
    if (!chosen) return all.length === 0 ? t('opening.top') : '';
    const rung = name(rungOf(framework, chosen.channel, chosen.next), chosen.next!);
    const channel = name(byCode(framework.channels, chosen.channel), chosen.channel);
    if (isMet(chosen)) return t('opening.met', { channel, rung });
    return chosen.earliest ? t('opening.next', { channel, rung, day: dayText(chosen.earliest) }) : t('opening.someday', { channel, rung });
  }

  /** What would raise the coordinate comes first; then what is met, then what time alone brings. */
  function rank(step: Schemas['ChannelNextStep']) {
    return (levelOf(step) > coordinate.level ? 0 : 3) + (isMet(step) ? 0 : step.earliest ? 1 : 2);
  }

  /** The way in at the bottom of a channel, for who stands higher elsewhere; and what was reached once and raises nothing. */
  function isBehind(step: Schemas['ChannelNextStep']) {
    const standing = coordinate.channels.find((one) => one.channel === step.channel);
    const reached = rungOf(framework, step.channel, standing?.highestReached ?? null)?.level ?? 0;
    const level = levelOf(step);
    return level <= coordinate.level && (level <= reached || (!standing?.rung && level < coordinate.level));
  }

  function levelOf(step: Schemas['ChannelNextStep']) {
    return rungOf(framework, step.channel, step.next)?.level ?? 0;
  }
}

const isMet = (step: Schemas['ChannelNextStep']) => step.alternatives.some((way) => way.state === 'met');
