import { Link } from 'react-router';
import { useWidth } from '../ui/useWidth';
import { flowOf, type Move, type Node } from './flow';
import { numberText } from './numbers';
import { useReportWords } from './words';

interface Props {
  moves: Move[];
  order: string[];
  nameOf: (code: string) => string;
  /** Where the people of a ribbon are listed; undefined where they may not be. */
  peopleOf?: (from: string, to: string) => string;
  title: string;
  /** Whether all flows are told: only then are their sums those of the day. */
  isWhole: boolean;
}

const barWidth = 10;
const lineHeight = 15;

/** Who moved from which rung to which: ribbons that rise, stay or fall, by their slope and their colour. */
export function FlowChart({ moves, order, nameOf, peopleOf, title, isWhole }: Props) {
  const { t } = useReportWords();
  const [holder, width] = useWidth<HTMLDivElement>(800);
  const label = width < 560 ? Math.round(width * 0.33) : 240;
  const linesBeside = (code: string, number: number) => linesOf(nameOf(code), isWhole ? numberText(number) : '', label - 8);
  const flow = flowOf(moves, order, 420, (code, number) => linesBeside(code, number).length * lineHeight + 3);
  const x0 = label + barWidth;
  const x1 = width - label - barWidth;
  const middle = (x0 + x1) / 2;
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
                <Words side={side} x={side === 'left' ? label - 6 : x1 + barWidth + 6} node={node} lines={linesBeside(node.code, node.number)} />
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

/** A rung and its number, where it is known, beside its bar, in as many lines as they need. */
function Words({ side, x, node, lines }: { side: 'left' | 'right'; x: number; node: Node; lines: string[] }) {
  const y = node.y + Math.max(13, node.height / 2 + 4 - ((lines.length - 1) * lineHeight) / 2);
  return (
    <text textAnchor={side === 'left' ? 'end' : 'start'}>
      {lines.map((line, at) => (
        <tspan key={at} x={x} y={y + at * lineHeight}>
          {line}
        </tspan>
      ))}
    </text>
  );
}

/** Chinese breaks after each character, the rest after each word; the number stays whole. */
function linesOf(name: string, number: string, room: number): string[] {
  const lines = [''];
  for (const piece of [...(name.match(/[\u3000-\u9fff\uff00-\uffef]|[^\s\u3000-\u9fff\uff00-\uffef]+\s*/g) ?? []), ` ${number}`]) {
    const longer = lines.at(-1) + piece;
    if (widthOf(longer.trim()) <= room || lines.at(-1) === '') lines[lines.length - 1] = longer;
    else lines.push(piece);
  }
  return lines.map((line) => line.trim());
}

const widthOf = (text: string) => [...text].reduce((sum, one) => sum + (one > '\u2fff' ? 13 : 7), 0);
