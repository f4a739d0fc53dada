import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { api, ask, type Schemas } from '../api/client';
import { useWords } from '../words/words';
import type { Common } from './address';

export const reportPaths = {
  positions: '/api/v1/reports/positions',
  grid: '/api/v1/reports/grid',
  transitions: '/api/v1/reports/transitions',
  'time-to-rung': '/api/v1/reports/time-to-rung',
  milestones: '/api/v1/reports/milestones',
  indicators: '/api/v1/reports/indicators',
  annual: '/api/v1/reports/annual',
} as const;

export type ReportName = keyof typeof reportPaths;

export interface Answers {
  positions: Schemas['Positions'];
  grid: Schemas['Positions'];
  transitions: Schemas['Transitions'];
  'time-to-rung': Schemas['TimeToRung'];
  milestones: Schemas['Milestones'];
  indicators: Schemas['Indicators'];
  annual: Schemas['Annual'];
}

export type Answer = Answers[ReportName];

/** The parameters of a report, by the names that the API has for them. */
export type Question = Common & Record<string, string | number | undefined>;

/** Where an answer came from: a report, or one that was saved and gives the same bytes each time. */
export interface Source {
  report: ReportName;
  question: Question;
  savedId?: string;
}

// All reports are asked in one way; which answer belongs to which name stands in `Answers`.
const call = (report: ReportName, question: Question, how: object = {}) =>
  api.GET(reportPaths[report] as typeof reportPaths.positions, { params: { query: question }, ...how });

export function useReport<R extends ReportName>(report: R, question: Question, enabled = true) {
  const { language } = useWords();
  return useQuery({
    queryKey: ['report', report, question, language],
    enabled,
    placeholderData: keepPreviousData,
    queryFn: () => ask(call(report, question)) as Promise<unknown> as Promise<Answers[R]>,
  });
}

export type Form = 'csv' | 'xlsx';

const media: Record<Form, string> = {
  csv: 'text/csv',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
};

/** Lets the browser keep an answer as a file, under the name that the API gives it. */
export async function keep(name: string, form: Form, answer: (how: object) => Promise<{ data?: unknown; error?: unknown; response: Response }>) {
  let file = `${name}.${form}`;
  const blob = await ask(
    answer({ headers: { Accept: media[form] }, parseAs: 'blob' }).then((given) => {
      file = /filename="([^"]+)"/.exec(given.response.headers.get('Content-Disposition') ?? '')?.[1] ?? file;
      return given;
    }),
  );
  const address = URL.createObjectURL(blob as Blob);
  const link = document.createElement('a');
  link.href = address;
  link.download = file;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}

export const keepReport = ({ report, question, savedId }: Source, form: Form) =>
  keep(report, form, (how) =>
    savedId
      ? api.GET('/api/v1/saved-reports/{savedReportId}/result', { params: { path: { savedReportId: savedId } }, ...how })
      : call(report, question, how),
  );

/** The people behind a cell: the question of the answer, with its clocks, and the cell's members. */
export const peopleOf = (report: 'positions' | 'grid' | 'transitions' | 'milestones', answer: Answer, cell: Record<string, string | number>) => {
  const asked = new URLSearchParams(answer.question);
  for (const [member, value] of Object.entries(cell)) asked.set(`cell.${member}`, String(value));
  return `/reports/people/${report}?${asked}`;
};
