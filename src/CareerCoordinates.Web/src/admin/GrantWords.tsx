import { byCode, type Framework } from '../api/framework';
import { useOrganizations } from '../api/questions';
import { useAdminWords } from './words';

interface Props {
  framework: Framework;
  grant: { role: string; organizationId: string | null; acts: string[] };
  /** In a list: many bodies are only counted. */
  isShort?: boolean;
}

const fewBodies = 2;

/** A role in words: for what part of the tree, and for which bodies it speaks. */
export function GrantWords({ framework, grant, isShort = false }: Props) {
  const { t, name } = useAdminWords();
  const organizations = useOrganizations();
  const place = organizations.data?.items.find((one) => one.id === grant.organizationId);
  const acts =
    isShort && grant.acts.length > fewBodies
      ? t('grant.bodies', { number: grant.acts.length })
      : grant.acts.map((code) => name(byCode(framework.verifierRoles, code), code)).join(t('comma'));
  return (
    <span className="grant">
      <b>{t(`role.${grant.role as 'officer'}`)}</b> · {grant.organizationId === null ? t('grant.whole') : (place?.name ?? grant.organizationId)}
      {acts && ` · ${t('grant.acts', { acts })}`}
    </span>
  );
}
