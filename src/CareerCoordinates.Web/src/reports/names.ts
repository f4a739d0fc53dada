import { byCode, type Framework, rungOf } from '../api/framework';
import { useOrganizations, useStreets } from '../api/questions';
import { dayText } from '../words/days';
import { useReportWords } from './words';

/** By what workers are told apart, in the words of the API. */
export const dimensions = [
  'organization:street-union',
  'organization:enterprise',
  'stage',
  'level',
  'employmentForm',
  'careerStartYear',
  'industrySection',
  'industry',
  'occupation',
] as const;
export type Dimension = (typeof dimensions)[number];

/** The sections of GB/T 4754 and the major groups of the classification of occupations of 2022. */
export const industrySections = ['A', 'B', 'C', 'D', 'E', 'F', 'G', 'H', 'I', 'J', 'K', 'L', 'M', 'N', 'O', 'P', 'Q', 'R', 'S', 'T'] as const;
export const occupationGroups = ['1', '2', '3', '4', '5', '6', '7', '8'] as const;

/** What is shown where no channel was chosen: the first of which all numbers are told. */
export const firstChannel = (framework: Framework): string => (framework.channels.find((one) => !one.sensitive) ?? framework.channels[0]!).code;

/** As the API's two parameters. */
export const groupingOf = (dimension: string | undefined): { groupBy?: string; organizationKind?: never } => {
  const [groupBy, organizationKind] = (dimension ?? '').split(':');
  return { groupBy: groupBy || undefined, organizationKind: (organizationKind || undefined) as never };
};

const filterWords = {
  organization: 'people.organization',
  employmentForm: 'filter.employmentForm',
  stage: 'people.stage',
  level: 'people.level',
  careerStartYear: 'filter.careerStartYear',
  industry: 'filter.industry',
  occupation: 'filter.occupation',
} as const;

/** By what a question is narrowed, in words. */
export function useFilters(framework: Framework) {
  const { t } = useReportWords();
  const named = useNames(framework);
  return (question: Record<string, string | number | undefined>): string[] =>
    (Object.keys(filterWords) as (keyof typeof filterWords)[])
      .filter((one) => question[one] !== undefined)
      .map((one) => `${t(filterWords[one])}${t('colon')}${named(one, String(question[one]))}`);
}

/** What a code of an answer is called. */
export function useNames(framework: Framework) {
  const { t, name } = useReportWords();
  const organizations = useOrganizations();
  const streets = useStreets();
  const places = new Map([...(organizations.data?.items ?? []), ...(streets.data?.items ?? [])].map((one) => [one.id, one.name]));
  /** Of the classifications only the names of the uppermost groups are here: a finer code stands with the name of its group. */
  const inGroup = (code: string): string => {
    const section = industrySections.find((one) => code.startsWith(one));
    const group = occupationGroups.find((one) => code.startsWith(one));
    return section ? `${code} ${t(`industry.${section}`)}` : group ? `${code} ${t(`occupation.${group}`)}` : code;
  };
  /** @param channel That to which a rung belongs. */
  return (dimension: string, code: string, channel?: string): string => {
    if (code === 'all') return t('group.all');
    switch (dimension) {
      case 'rung':
        if (code === 'none') return t('rung.none');
        if (code === 'absent') return t('rung.absent');
        if (code === 'career-start') return t('rung.careerStart');
        return name(rungOf(framework, channel ?? '', code), code);
      case 'stage':
        return code === 'unknown' ? t('stage.unknown') : name(byCode(framework.stages, code), code);
      case 'level': {
        if (code === '0') return t('filter.noLevel');
        const level = framework.levels.find((one) => String(one.level) === code);
        return `${t('grid.level', { level: code })}${level ? ` · ${name(level)}` : ''}`;
      }
      case 'employmentForm':
        return code === 'none' ? t('none.recorded') : name(byCode(framework.employmentForms, code), code);
      case 'kind':
        return name(byCode(framework.milestoneKinds, code), code);
      case 'type':
        return name(byCode(framework.milestoneTypes, code), code);
      case 'keyNode':
        return code === 'none' ? t('none.filed') : name(byCode(framework.keyNodes, code), code);
      case 'initiative':
        return code === 'none' ? t('none.filed') : name(byCode(framework.initiatives, code), code);
      case 'service':
        return code === 'none' ? t('none.filed') : name(byCode(framework.services, code), code);
      case 'month':
        return dayText(code);
      case 'organization':
        return code === 'none' ? t('none.above') : (places.get(code) ?? code);
      case 'industrySection':
      case 'industry':
      case 'occupation':
        return code === 'none' || code === 'unknown' ? t('none.recorded') : inGroup(code);
      default:
        return code === 'none' || code === 'unknown' ? t('none.recorded') : code;
    }
  };
}
