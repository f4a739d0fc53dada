import { useWidth } from '../ui/useWidth';
import { atRisk, type Group, riskYears, sinceOf, ticksOf, yearsOf } from './curve';
import { isShown, numberText, shareText } from './numbers';
import { useReportWords } from './words';

interface Props {
  groups: { group: Group; label: string; letter: string }[];
  unit: string;
  /** The year at which the eye is led. */
  within: number;
  title: string;
}

export const looks = [
  { color: '#1d5fbf', dash: undefined },
  { color: '#c0262d', dash: '7 4' },
  { color: '#00766c', dash: '2 3' },
  { color: '#9a5b00', dash: '10 3 2 3' },
  { color: '#6b3fa0', dash: '4 2' },
  { color: '#4a5568', dash: '1 3' },
];

/** More shades than two lie upon each other. */
export const isShaded = (groups: number) => groups <= 2;

const top = 12;
const plot = 260;
const row = 20;

/** The share that has arrived, year by year: a step curve for each group, told apart by colour, dashes and a letter; below it the numbers at risk. */
export function Curves({ groups, unit, within, title }: Props) {
  const { t } = useReportWords();
  const [holder, width] = useWidth<HTMLDivElement>(800);
  const left = 46;
  const right = 26;
  const longest = Math.max(1, ...groups.flatMap(({ group }) => group.curve.map((point) => yearsOf(point.time, unit))));
  const end = Math.ceil(Math.max(longest, within));
  const x = (years: number) => left + (years / end) * (width - left - right);
  const y = (share: number) => top + (1 - share) * plot;
  const foot = top + plot;
  const isNarrow = width < 560;
  const ticks = ticksOf(end, isNarrow ? 6 : 15);
  const height = foot + 44 + row * groups.length + 24;
  // Letters at the ends of the curves make room for each other.
  const ends = groups
    .map(({ group }) => ({ key: group.key, x: unit === 'days' ? end : yearsOf(group.curve.at(-1)?.time ?? 0, unit), y: y(1 - (group.curve.at(-1)?.survival ?? 1)) }))
    .sort((a, b) => a.y - b.y);
  ends.forEach((one, at) => {
    const above = ends.slice(0, at).filter((other) => Math.abs(x(other.x) - x(one.x)) < 16);
    one.y = Math.max(one.y, ...above.map((other) => other.y + 14));
  });
  const said = groups.map(({ group, label }) => `${label}: ${group.words}`).join(' ');
  return (
    <div ref={holder} className="curve-holder">
      <svg width={width} height={height} role="img" aria-label={`${title}. ${said}`}>
        {[0, 0.25, 0.5, 0.75, 1].map((share) => (
          <g key={share} className="axis">
            <line x1={left} x2={width - right} y1={y(share)} y2={y(share)} />
            <text x={left - 6} y={y(share) + 4} textAnchor="end">
              {shareText(share)}
            </text>
          </g>
        ))}
        <line className="within" x1={x(within)} x2={x(within)} y1={top} y2={foot} />
        {ticks.map((tick) => (
          <text key={tick} className="tick" x={x(tick)} y={foot + 18} textAnchor="middle">
            {tick}
          </text>
        ))}
        <text className="tick" x={width - right} y={foot + 36} textAnchor="end">
          {t('times.axis')}
        </text>
        {groups.map(({ group, letter }, at) => {
          const look = looks[at % looks.length]!;
          const points = group.curve.map((point) => ({
            x: x(yearsOf(point.time, unit)),
            y: y(1 - point.survival),
            low: point.upper === null ? null : y(1 - point.upper),
            high: point.lower === null ? null : y(1 - point.lower),
          }));
          // Protected counts are told for whole years; where years were told together, the curve runs somewhere inside the box between both ends.
          const since = group.curve.map((_, i) => sinceOf(group.curve, i));
          const isBox = (i: number) => unit !== 'days' && group.curve[i]!.time > since[i]! + 1;
          const before = (i: number) => ({ x: x(since[i]!), y: i > 0 ? points[i - 1]!.y : y(0) });
          const line = points.map((point, i) => (isBox(i) ? `M${point.x} ${point.y}` : `H${point.x}V${point.y}`)).join('');
          const tip = ends.find((one) => one.key === group.key)!;
          const banded = points.filter((point) => point.low !== null && point.high !== null);
          // Up along one bound, back along the other.
          const back = banded.slice(1).reverse().map((point, i) => `H${point.x}V${banded[banded.length - 2 - i]!.low}`);
          const band =
            isShaded(groups.length) && banded.length > 1
              ? `M${banded[0]!.x} ${banded[0]!.high}` +
                banded.slice(1).map((point) => `H${point.x}V${point.high}`).join('') +
                `H${x(end)}V${banded.at(-1)!.low}${back.join('')}H${banded[0]!.x}Z`
              : '';
          return (
            <g key={group.key}>
              {band && <path d={band} fill={look.color} opacity="0.13" />}
              <path d={`M${x(0)} ${y(0)}${line}${unit === 'days' ? `H${x(end)}` : ''}`} className="curve" stroke={look.color} strokeDasharray={look.dash} />
              {points.map(
                (point, i) =>
                  isBox(i) && (
                    <rect
                      key={`box ${point.x}`}
                      className="between"
                      x={before(i).x}
                      y={point.y}
                      width={point.x - before(i).x}
                      height={before(i).y - point.y}
                      fill={look.color}
                      stroke={look.color}
                    />
                  ),
              )}
              {unit !== 'days' && points.map((point) => <circle key={point.x} cx={point.x} cy={point.y} r={4} fill={look.color} />)}
              <text className="letter" fill={look.color} x={x(tip.x) + 6} y={tip.y + 5}>
                {letter}
              </text>
            </g>
          );
        })}
        <text className="tick" x={2} y={foot + 56}>
          {t(unit === 'days' ? 'times.atRiskBefore' : 'times.atRiskAfter')}
        </text>
        {groups.map(({ group, letter }, at) => (
          <g key={group.key} className="risk">
            <text className="letter" fill={looks[at % looks.length]!.color} x={2} y={foot + 76 + at * row}>
              {letter}
            </text>
            {riskYears(groups.map((one) => one.group), unit, ticks).map((year) => {
              const count = atRisk(group, unit, year);
              return (
                <text key={year} x={x(year)} y={foot + 76 + at * row} textAnchor="middle">
                  {isShown(count) ? numberText(count) : (count ?? '·')}
                </text>
              );
            })}
          </g>
        ))}
      </svg>
    </div>
  );
}
