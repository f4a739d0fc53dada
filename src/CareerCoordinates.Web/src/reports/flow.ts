import { type Count, isShown } from './numbers';

export interface Move {
  from: string;
  to: string;
  count: Count;
}

export interface Node {
  code: string;
  y: number;
  height: number;
  number: number;
}

export interface Ribbon extends Move {
  count: number;
  /** Where it leaves on the left and arrives on the right, and how thick it is. */
  y0: number;
  y1: number;
  height: number;
  way: 'up' | 'same' | 'down' | 'in' | 'out';
}

export interface Flow {
  left: Node[];
  right: Node[];
  ribbons: Ribbon[];
  height: number;
}

const gap = 8;

/**
 * Two columns of rungs, the highest at the top, and ribbons between them as thick as the number that moved.
 * @param order The codes from the top to the bottom.
 * @param least The height that the words of a rung and its number need.
 */
export function flowOf(moves: Move[], order: string[], room: number, least: (code: string, number: number) => number): Flow {
  const told = moves.filter((one): one is Move & { count: number } => isShown(one.count) && one.count > 0);
  const total = told.reduce((sum, one) => sum + one.count, 0);
  const place = (code: string) => order.indexOf(code);
  const used = (side: 'from' | 'to') => order.filter((code) => told.some((one) => one[side] === code));
  const count = (side: 'from' | 'to', code: string) => told.filter((one) => one[side] === code).reduce((sum, one) => sum + one.count, 0);
  const scale = total > 0 ? room / total : 0;
  const column = (side: 'from' | 'to'): Node[] => {
    let y = 0;
    return used(side).map((code) => {
      const number = count(side, code);
      const height = Math.max(2, number * scale);
      const node = { code, y, height, number };
      y += Math.max(least(code, number), height) + gap;
      return node;
    });
  };
  const left = column('from');
  const right = column('to');
  const taken = new Map<string, number>();
  const take = (key: string, height: number) => {
    const before = taken.get(key) ?? 0;
    taken.set(key, before + height);
    return before;
  };
  const ordered = [...told].sort((a, b) => place(a.from) - place(b.from) || place(a.to) - place(b.to));
  const ribbons = ordered.map((one): Ribbon => {
    const height = Math.max(1, one.count * scale);
    const y0 = left.find((node) => node.code === one.from)!.y + take(`from ${one.from}`, height);
    const y1 = right.find((node) => node.code === one.to)!.y + take(`to ${one.to}`, height);
    const way =
      one.from === 'absent' ? 'in' : one.to === 'absent' ? 'out' : one.from === one.to ? 'same' : place(one.to) < place(one.from) ? 'up' : 'down';
    return { ...one, y0, y1, height, way };
  });
  const bottom = (nodes: Node[]) => Math.max(0, ...nodes.map((node) => node.y + Math.max(least(node.code, node.number), node.height)));
  return { left, right, ribbons, height: Math.max(bottom(left), bottom(right)) };
}
