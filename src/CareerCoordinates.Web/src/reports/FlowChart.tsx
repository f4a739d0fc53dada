import { useMemo } from 'react';
import { Link } from 'react-router';
import { useWidth } from '../ui/useWidth';
import { flowOf, type Move } from './flow';
import { numberText } from './numbers';
import { useReportWords } from './words';

interface Props {
  moves: Move[];
  order: string[];
  nameOf: (code: string) => string;
  /** Where the people of a ribbon are listed; undefined where they may not be. */
  peopleOf?: (from: string, to: string) => string;
  title: string;
}

const barWidth = 10;

/** Who moved from which rung to which: ribbons that rise, stay or fall, by their slope and their colour. */
export function FlowChart({ moves, order, nameOf, peopleOf, title }: Props) {
  const { t } = useReportWords();
  const [holder, width] = useWidth<HTMLDivElement>(800);
  const flow = useMemo(() => flowOf(moves, order, 420), [moves, order]);
  const isNarrow = width < 560;
  const label = isNarrow ? Math.round(width * 0.3) : 190;
  const x0 = label + barWidth;
  const x1 = width - label - barWidth;
  const middle = (x0 + x1) / 2;
  /** As much of the name as there is room for beside the number; all of it is in the table and under the pointer. */
  const short = (code: string, number: string) => {
    const whole = nameOf(code);
    const wide = /[\u4e00-\u9fff]/.test(whole) ? 13 : 7;
    const room = Math.floor((label - 14 - 8 * number.length) / wide);
    return whole.length > room ? `${whole.slice(0, Math.max(1, room - 1))}…` : whole;
  };
  return (
    <div ref={holder} className="flow-holder">
      <svg width={width} height={flow.height + 4} role="group" aria-label={title}>
        <g transform="translate(0 2)">
          {flow.ribbons.map(({ from, to, count, y0, y1, height, way }) => {
            const words = t('flows.ribbon', { from: nameOf(from), to: nameOf(to), number: numberText(count) });
            const path =
              `M${x0} ${y0}C${middle} ${y0} ${middle} ${y1} ${x1} ${y1}` +
              `V${y1 + height}C${middle} ${y1 + height} ${middle} ${y0 + height} ${x0} ${y0 + height}Z`;
            const drawn = (
              <path d={path} className={`ribbon ${way}`}>
                <title>{words}</title>
              </path>
            );
            return peopleOf ? (
              <Link key={`${from} ${to}`} to={peopleOf(from, to)} aria-label={words}>
                {drawn}
              </Link>
            ) : (
              <g key={`${from} ${to}`} role="img" aria-label={words}>
                {drawn}
              </g>
            );
          })}
          {(['left', 'right'] as const).map((side) =>
            flow[side].map((node) => (
              <g key={`${side} ${node.code}`} className="flow-node">
                <rect x={side === 'left' ? label : x1} y={node.y} width={barWidth} height={node.height} />
                <text x={side === 'left' ? label - 6 : x1 + barWidth + 6} y={node.y + Math.max(14, node.height / 2 + 4)} textAnchor={side === 'left' ? 'end' : 'start'}>
                  <title>{nameOf(node.code)}</title>
                  {short(node.code, numberText(node.number))} {numberText(node.number)}
                </text>
              </g>
            )),
          )}
        </g>
      </svg>
      <ul className="flow-legend">
        {(['up', 'same', 'down', 'in', 'out'] as const).map((way) => {
          const number = flow.ribbons.filter((one) => one.way === way).reduce((sum, one) => sum + one.count, 0);
          return (
            number > 0 && (
              <li key={way}>
                <span className={`swatch ${way}`} aria-hidden="true" /> {t(`flows.${way}`, { number: numberText(number) })}
              </li>
            )
          );
        })}
      </ul>
    </div>
  );
}
