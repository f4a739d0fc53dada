import type { FullResult, Reporter, Suite } from '@playwright/test/reporter';

/** The last line: how many passed, failed and were left out, as `tests/run` adds them up. */
export default class Counts implements Reporter {
  private suite?: Suite;

  onBegin(_: unknown, suite: Suite) {
    this.suite = suite;
  }

  onEnd(result: FullResult) {
    const outcomes = this.suite?.allTests().map((test) => test.outcome()) ?? [];
    const count = (...wanted: string[]) => outcomes.filter((one) => wanted.includes(one)).length;
    const ran = result.status === 'passed' || count('unexpected') > 0 ? count('unexpected') : count('unexpected') + 1;
    process.stdout.write(`\nweb: ${count('expected', 'flaky')} ${ran} ${count('skipped')}\n`);
  }
}
