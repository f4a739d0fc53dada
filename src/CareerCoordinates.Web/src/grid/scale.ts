import type { Stage } from '../api/framework';

/** A stage as it is drawn: from where to where, in years of the career and in pixels. */
export interface Band {
  stage: Stage | null;
  fromYears: number;
  toYears: number;
  left: number;
  right: number;
}

export interface Scale {
  bands: Band[];
  /** Pixels of a moment of the career; before its start is at its start. */
  x: (years: number) => number;
}

/** How much less room a year has that is still to come. */
const ahead = 0.45;

/** What the last stage, which has no end, is drawn to. */
const openYears = 10;

/**
 * The focus scale: lived stages keep their width, those to come are narrowed, and each has room for its name. Within a
 * stage years are equally wide.
 * @param stages Of the framework; none where the career start is not known: then the axis has years only.
 */
export function focusScale(stages: Stage[], yearsNow: number, left: number, right: number, least: number): Scale {
  const spans =
    stages.length > 0
      ? stages.map((stage) => ({
          stage,
          fromYears: stage.fromYears,
          toYears: stage.toYears ?? Math.max(stage.fromYears + openYears, Math.ceil(yearsNow) + 1),
        }))
      : [{ stage: null, fromYears: 0, toYears: Math.max(1, yearsNow * 1.08) }];
  const weights = spans.map((one) => (one.toYears - one.fromYears) * (one.fromYears > yearsNow ? ahead : 1));
  const all = weights.reduce((sum, one) => sum + one, 0);
  const spare = Math.max(0, right - left - least * spans.length);
  const smallest = Math.min(least, (right - left) / spans.length);
  let at = left;
  const bands = spans.map((span, i) => {
    const band = { ...span, left: at, right: at + smallest + (spare * weights[i]!) / all };
    at = band.right;
    return band;
  });
  const x = (years: number) => {
    const band = bands.find((one) => years < one.toYears) ?? bands.at(-1)!;
    const part = (years - band.fromYears) / (band.toYears - band.fromYears);
    return band.left + Math.min(1, Math.max(0, part)) * (band.right - band.left);
  };
  return { bands, x };
}

export interface Spot {
  x: number;
  y: number;
}

/** A line through corners, each rounded as far as the neighbouring pieces allow. */
export function roundedPath(corners: Spot[], radius: number): string {
  const spots = corners.filter((one, i) => i === 0 || one.x !== corners[i - 1]!.x || one.y !== corners[i - 1]!.y);
  const [start, ...others] = spots;
  if (!start) return '';
  let path = `M${round(start.x)} ${round(start.y)}`;
  others.forEach((corner, i) => {
    const before = spots[i]!;
    const after = spots[i + 2];
    if (!after) {
      path += `L${round(corner.x)} ${round(corner.y)}`;
      return;
    }
    const r = Math.min(radius, length(before, corner) / 2, length(corner, after) / 2);
    const from = towards(corner, before, r);
    const to = towards(corner, after, r);
    path += `L${round(from.x)} ${round(from.y)}Q${round(corner.x)} ${round(corner.y)} ${round(to.x)} ${round(to.y)}`;
  });
  return path;
}

const round = (number: number) => Math.round(number * 10) / 10;
const length = (a: Spot, b: Spot) => Math.hypot(a.x - b.x, a.y - b.y);

function towards(from: Spot, to: Spot, distance: number): Spot {
  const all = length(from, to) || 1;
  return { x: from.x + ((to.x - from.x) * distance) / all, y: from.y + ((to.y - from.y) * distance) / all };
}
