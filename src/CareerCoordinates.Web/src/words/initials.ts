const letters = 'ABCDEFGHJKLMNOPQRSTWXYZ';
/** The first character of each letter in the order of pinyin. */
const firsts = [...'阿八嚓哒妸发旮哈讥咔垃痳拏噢妑七呥扨它穵夕丫帀'];
const order = new Intl.Collator('zh-CN-u-co-pinyin');

/** Pinyin initials: 技能竞赛 is JNJS. What is no Chinese character stays as it is. */
export function initials(words: string): string {
  return [...words]
    .map((one) => {
      if (one < '\u4e00' || one > '\u9fff') return one.toUpperCase();
      const after = firsts.findIndex((first) => order.compare(first, one) > 0);
      return letters[after < 0 ? letters.length - 1 : after - 1] ?? one;
    })
    .join('');
}
