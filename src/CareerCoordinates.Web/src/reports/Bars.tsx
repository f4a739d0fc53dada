import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { type Count, isShown } from './numbers';
import { Told } from './Told';

export interface Bar {
  key: string;
  label: ReactNode;
  count: Count;
  /** Where the people behind it are listed. */
  to?: string;
}

/** Horizontal bars as a list, which reads as it looks; a bar that is not told is hatched. */
export function Bars({ bars, color, most, toWords }: { bars: Bar[]; color?: string; most: number; toWords: string }) {
  return (
    <ul className="bars">
      {bars.map(({ key, label, count, to }) => {
        const inside = (
          <>
            <span className="bar-label">{label}</span>
            <span className="bar-line" aria-hidden="true">
              {isShown(count) ? (
                <span className="bar-fill" style={{ width: `${most > 0 ? Math.max(0, (100 * count) / most) : 0}%`, background: color }} />
              ) : (
                <span className="bar-fill untold" />
              )}
            </span>
            <span className="bar-count">
              <Told count={count} />
            </span>
          </>
        );
        return (
          <li key={key}>
            {to && isShown(count) && count > 0 ? (
              <Link to={to} title={toWords}>
                {inside}
              </Link>
            ) : (
              <span className="bar-row">{inside}</span>
            )}
          </li>
        );
      })}
    </ul>
  );
}
