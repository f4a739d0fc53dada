import type { Schemas } from '../api/client';
import { byCode, type Framework } from '../api/framework';
import type { useReportWords } from './words';

type Entered = Schemas['EnteredFigure'];
type Name = ReturnType<typeof useReportWords>['name'];

/** The indicator, and the figure of it where they are called differently. */
export function figureName(framework: Framework, name: Name, { indicator, figure }: Pick<Entered, 'indicator' | 'figure'>): string {
  const found = byCode(framework.indicators, indicator);
  const part = byCode(found?.entered ?? [], figure);
  const [whole, own] = [name(found, indicator), name(part, figure)];
  return whole === own ? whole : `${whole} · ${own}`;
}

export const unitOf = (framework: Framework, name: Name, { indicator, figure }: Pick<Entered, 'indicator' | 'figure'>): string => {
  const unit = byCode(byCode(framework.indicators, indicator)?.entered ?? [], figure)?.unit;
  return unit ? name(byCode(framework.units, unit), unit) : '';
};
