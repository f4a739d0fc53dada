import { Link } from 'react-router';
import type { Schemas } from '../api/client';
import type { MilestoneType } from '../api/framework';
import { type Content, sameAttributes } from './content';
import { lastDay } from '../words/days';
import { useWords } from '../words/words';

type Warning = Pick<Schemas['Warning'], 'code' | 'about' | 'zh' | 'en'>;

const known = { 'already-recorded': 'warn.same', 'another-open': 'warn.open', 'not-yet': 'warn.notYet', 'before-career': 'warn.beforeCareer' } as const;

/** Of these the milestone itself is what to look at. */
const ofItself = ['not-yet', 'before-career', 'before-fourteen'];

interface Props {
  workerId: string;
  isSelf: boolean;
  warnings: Warning[];
}

/** What to look at although nothing is refused, with a way to the other milestone. */
export function Warnings({ workerId, isSelf, warnings }: Props) {
  const { t, name } = useWords();
  return warnings.map((one) => {
    const word = known[one.code as keyof typeof known];
    return (
      <p key={one.code + one.about} className="note warning">
        {word ? t(word) : name(one)}{' '}
        {one.about && !ofItself.includes(one.code) && (
          <Link to={`${isSelf ? '/mine' : `/people/${workerId}`}?milestones=${one.about}`}>{t('warn.see')}</Link>
        )}
      </p>
    );
  });
}

/** What the API would warn of, as far as the page knows the person's milestones; a day that lies ahead is told beside its field. */
export function warningsBefore(
  type: MilestoneType,
  content: Omit<Content, 'ended'>,
  others: Schemas['Milestone'][],
  careerStart: string | null,
): Warning[] {
  const said = (code: string, about: string | null = null) => ({ code, about, zh: '', en: '' });
  const isBefore = careerStart !== null && type.grants.length > 0 && lastDay(content.occurredOn) < careerStart;
  const ofOthers = others
    .filter((one) => one.type === type.code && one.state !== 'voided' && one.state !== 'rejected')
    .flatMap((one) => {
      if (one.occurredOn === content.occurredOn && sameAttributes(one, content)) return [said('already-recorded', one.id)];
      const isOpen = type.period === 'open' && one.until === null && one.ended === null;
      return isOpen && (content.until === null || lastDay(one.occurredOn) <= lastDay(content.until)) ? [said('another-open', one.id)] : [];
    });
  return isBefore ? [said('before-career'), ...ofOthers] : ofOthers;
}
