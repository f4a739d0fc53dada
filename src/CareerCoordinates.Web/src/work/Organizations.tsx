import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, ask, type Schemas } from '../api/client';
import { etagOf, useMe, useOrganizations } from '../api/questions';
import { Failure, Waiting } from '../ui/Answers';
import { Dialog } from '../ui/Dialog';
import { Field } from '../ui/Field';
import { useTitle } from '../ui/useTitle';
import { useUnder } from './OrganizationChoice';
import { OrganizationForm } from './OrganizationForm';
import { VoidForm } from './VoidForm';
import { useWords } from './words';

type Organization = Schemas['Organization'];

/** What is open in the dialog: a new one below another, one to be corrected, or one that never was. */
type Editing = { below: Organization } | { one: Organization } | { never: Organization };

/** The tree of unions and enterprises in scope. */
export function Organizations({ keeps }: { keeps: boolean }) {
  const { t, name } = useWords();
  useTitle(t('orgs.heading'));
  const organizations = useOrganizations();
  const me = useMe().data;
  const [typed, setTyped] = useState('');
  const [editing, setEditing] = useState<Editing | null>(null);
  const [done, setDone] = useState('');
  if (organizations.isLoadingError) return <Failure error={organizations.error} retry={() => void organizations.refetch()} />;
  if (!organizations.data || !me) return <Waiting />;
  const { items, isWhole } = organizations.data;
  // One's own stands above what one keeps.
  const roots = new Set(me.grants.filter((one) => one.role === 'officer').map((one) => one.organizationId));
  const mayChange = (one: Organization) => keeps && !roots.has(one.id);
  return (
    <>
      <h1>{t('orgs.heading')}</h1>
      <div className="card">
        <Field label={t('orgs.search')} type="search" value={typed} onChange={(event) => setTyped(event.target.value)} />
        {!isWhole && <p className="hint">{t('orgs.many')}</p>}
      </div>
      {done && (
        <p className="note" role="status">
          {done}
        </p>
      )}
      <div className="card">
        <Branch
          parent={null}
          items={items}
          wanted={typed.trim().toLowerCase()}
          isWhole={isWhole}
          keeps={keeps}
          mayChange={mayChange}
          onEdit={(wish) => {
            setDone('');
            setEditing(wish);
          }}
        />
      </div>
      {editing && 'never' in editing && (
        <VoidOrganization
          one={editing.never}
          onClose={() => setEditing(null)}
          onDone={() => {
            setEditing(null);
            setDone(t('orgs.voided', { name: editing.never.name }));
          }}
        />
      )}
      {editing && !('never' in editing) && (
        <OrganizationForm
          below={'below' in editing ? editing.below : null}
          one={'one' in editing ? editing.one : null}
          onClose={() => setEditing(null)}
          onVoid={(never) => setEditing({ never })}
          onDone={(saved) => {
            setEditing(null);
            setDone([t('orgs.saved', { name: saved.name }), ...saved.warnings.map((one) => name(one))].join(' '));
          }}
        />
      )}
    </>
  );
}

/** An organisation that never was; the API says who still depends on it. */
function VoidOrganization({ one, onClose, onDone }: { one: Organization; onClose: () => void; onDone: () => void }) {
  const { t } = useWords();
  const client = useQueryClient();
  const path = { organizationId: one.id };
  const send = async (over: Organization, reason: string) => {
    const params = { path, header: { 'If-Match': etagOf(over) } };
    await ask(api.POST('/api/v1/organizations/{organizationId}:void', { params, body: { reason } }));
    await client.invalidateQueries({ queryKey: ['organizations'] });
    onDone();
  };
  return (
    <Dialog title={t('orgs.voidOne', { name: one.name })} onClose={onClose}>
      <VoidForm
        about={t('orgs.voidAbout')}
        one={one}
        read={() => ask(api.GET('/api/v1/organizations/{organizationId}', { params: { path } }))}
        send={send}
        onClose={onClose}
      />
    </Dialog>
  );
}

interface BranchProps {
  /** Null: those whose parent is not in the list. */
  parent: Organization | null;
  items: Organization[];
  /** Only those whose name has this, and what stands above them. */
  wanted: string;
  /** False where those below are asked for one by one. */
  isWhole: boolean;
  keeps: boolean;
  mayChange: (one: Organization) => boolean;
  onEdit: (wish: Editing) => void;
}

function Branch({ parent, items, wanted, isWhole, keeps, mayChange, onEdit }: BranchProps) {
  const { t } = useWords();
  const known = new Set(items.map((one) => one.id));
  const children = items.filter((one) => (parent ? one.parentId === parent.id : !one.parentId || !known.has(one.parentId)));
  const shown = children.filter((one) => !wanted || hasWanted(one, items, wanted));
  if (parent === null && shown.length === 0) return <p>{t('orgs.none')}</p>;
  if (shown.length === 0) return null;
  return (
    <ul className={parent ? 'branch' : 'branch root'}>
      {shown.map((one) => (
        <li key={one.id}>
          <div className="chosen-head">
            <b>{one.name}</b> <span className="hint">{t(`org.${one.kind}`)}</span>
            {keeps && (
              <span className="row-end">
                <button type="button" className="quiet" aria-label={t('orgs.addBelow', { name: one.name })} onClick={() => onEdit({ below: one })}>
                  {t('orgs.add')}
                </button>
                {mayChange(one) && (
                  <button type="button" className="quiet" aria-label={t('orgs.correctOne', { name: one.name })} onClick={() => onEdit({ one })}>
                    {t('correct.open')}
                  </button>
                )}
              </span>
            )}
          </div>
          {isWhole ? (
            <Branch {...{ items, wanted, isWhole, keeps, mayChange, onEdit }} parent={one} />
          ) : (
            <Below {...{ keeps, mayChange, onEdit }} parent={one} />
          )}
        </li>
      ))}
    </ul>
  );
}

const hasWanted = (one: Organization, items: Organization[], wanted: string): boolean =>
  one.name.toLowerCase().includes(wanted) || items.some((other) => other.parentId === one.id && hasWanted(other, items, wanted));

/** Where there are too many for one page, those below come when they are asked for. */
function Below({ parent, keeps, mayChange, onEdit }: { parent: Organization } & Pick<BranchProps, 'keeps' | 'mayChange' | 'onEdit'>) {
  const { t } = useWords();
  const [isOpen, setOpen] = useState(false);
  const below = useUnder(isOpen ? parent.id : '');
  return (
    <>
      <button type="button" className="link" aria-expanded={isOpen} aria-label={t('orgs.showBelow', { what: t(isOpen ? 'orgs.hide' : 'orgs.show'), name: parent.name })} onClick={() => setOpen(!isOpen)}>
        {t(isOpen ? 'orgs.hide' : 'orgs.show')}
      </button>
      {isOpen && below.isLoadingError && <Failure error={below.error} retry={() => void below.refetch()} />}
      {isOpen && below.isPending && <Waiting />}
      {isOpen && below.data && (
        <>
          <Branch {...{ keeps, mayChange, onEdit }} parent={parent} items={below.data.items} wanted="" isWhole />
          {below.data.nextCursor !== null && <p className="hint">{t('orgs.more', { number: 500 })}</p>}
        </>
      )}
    </>
  );
}
