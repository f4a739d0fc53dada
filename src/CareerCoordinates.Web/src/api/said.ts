import { text, type Word } from '../words/words';

/** The API speaks to programs, too: of these the pages have words of their own, for people. */
const own: Record<string, Word> = {
  'sign-in-needed': 'said.signInNeeded',
  'not-allowed': 'said.notAllowed',
  'antiforgery-needed': 'said.signInNeeded',
  'notice-not-acknowledged': 'said.notice',
  'unknown-worker': 'said.unknownWorker',
  'unknown-organization': 'said.unknownOrganization',
  'nothing-to-transfer': 'said.nothingToTransfer',
  'last-affiliation-in-tree': 'said.lastInTree',
  'import-not-now': 'said.importNotNow',
  'rows-refused': 'said.rowsRefused',
  'verifier-needed': 'said.verifierNeeded',
  'four-eyes': 'said.fourEyes',
  'about-himself': 'said.aboutHimself',
  'search-by-id-number': 'said.byIdNumber',
  'unknown-stage': 'said.unknownStage',
  'year-not-begun': 'said.yearNotBegun',
  'value-not-allowed': 'said.notAllowed.value',
  'not-an-id': 'said.notAnId',
  'from-after-to': 'said.fromAfterTo',
  'known-at-in-future': 'said.knownAtInFuture',
  'day-begins-only': 'said.dayBegins',
};

const uuid = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}';
/** What only a program needs: ids, codes beside a name, how JSON writes a value. */
const forPrograms = [
  new RegExp(`(?:[（(](?:affiliation |grant |授权 |id )?|, milestone )${uuid}[）)]?`, 'g'),
  /(?<=[”'’])\s?[（(]"?[a-z0-9][\w-]*"?[）)]/gi,
  /（[a-z0-9][\w-]*）(?=[、。；])/gi,
  /\s?[（(]"[\w-]+"[）)]/g,
  /，请加引号|，不加引号| Write it in quotation marks\.|, without quotation marks/g,
];

const withoutCodes = (detail: string) => forPrograms.reduce((words, one) => words.replace(one, ''), detail);

/** A refusal in words for people. */
export const said = (code: string | null, detail: string): string => {
  const word = own[code ?? ''];
  return word ? text(word) : withoutCodes(detail);
};

/** A cell has no list beside it to choose from, as a form has: the API says what is possible. */
export const saidOfRow = (code: string | null, detail: string): string => (code === 'value-not-allowed' ? withoutCodes(detail) : said(code, detail));
