interface Node {
  id: string;
  parentId: string | null;
  name: string;
}

const pinyin = new Intl.Collator('zh-Hans-CN', { numeric: true });

/** By name, as one looks it up in Chinese. */
export const byName = <T extends Pick<Node, 'name'>>(items: T[]): T[] => [...items].sort((a, b) => pinyin.compare(a.name, b.name));

/** Organisations to choose from: each below its parent and set in; one whose parent is not there stands at the top. */
export function treeChoices(items: Node[]): [id: string, words: string][] {
  const known = new Set(items.map((one) => one.id));
  const below = new Map<string, Node[]>();
  for (const one of items) {
    const parent = one.parentId && known.has(one.parentId) ? one.parentId : '';
    below.set(parent, [...(below.get(parent) ?? []), one]);
  }
  const choices: [string, string][] = [];
  const add = (parent: string, depth: number) => {
    for (const one of below.get(parent) ?? []) {
      choices.push([one.id, `${'　'.repeat(depth)}${one.name}`]);
      add(one.id, depth + 1);
    }
  };
  add('', 0);
  return choices;
}
