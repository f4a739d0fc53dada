import { type FormEvent, useRef, useState } from 'react';
import { Link, useNavigate } from 'react-router';
import { ApiError, api, ask, type Schemas } from '../api/client';
import { useCurrentFramework } from '../api/questions';
import type { SavedState } from '../person/Saved';
import { Failure, failureText, Waiting } from '../ui/Answers';
import { Choice } from '../ui/Choice';
import { DateField } from '../ui/DateField';
import { Field } from '../ui/Field';
import { Submit } from '../ui/Submit';
import { useTitle } from '../ui/useTitle';
import { useUnsaved } from '../ui/useUnsaved';
import { asWritten, dayText } from '../words/days';
import { contentOfAffiliation, emptyAffiliation } from './affiliation';
import { AffiliationFields } from './AffiliationFields';
import { useWords } from './words';

const empty = { name: '', number: '', careerStart: '', birthDate: '', gender: '', idNumber: '' };

/** One worker with his first place; many come by a sheet. */
export function NewPerson() {
  const { t } = useWords();
  useTitle(t('people.new'));
  const go = useNavigate();
  const framework = useCurrentFramework();
  const [person, setPerson] = useState(empty);
  const [place, setPlace] = useState(() => emptyAffiliation(true));
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const [alike, setAlike] = useState<{ whom: string; found: Schemas['Worker'][] } | null>(null);
  const sent = useRef({ body: '', key: '' });
  const saved = useUnsaved(Object.values(person).some((one) => one !== ''));
  if (framework.isLoadingError) return <Failure error={framework.error} retry={() => void framework.refetch()} />;
  if (!framework.data) return <Waiting />;

  const faults = error instanceof ApiError ? (error.problem?.errors ?? []) : [];
  const fault = (member: string) => faults.find((one) => one.pointer === `/${member}`)?.detail;
  const isPlaced = faults.some((one) => one.pointer.slice(1) in empty || one.pointer.startsWith('/affiliation'));
  const set = (member: keyof typeof empty) => (value: string) => setPerson({ ...person, [member]: value });
  const input = (member: keyof typeof empty) => ({
    name: member,
    value: person[member],
    fault: fault(member),
    onChange: (event: { target: { value: string } }) => set(member)(event.target.value),
  });

  const name = person.name.trim();
  const born = asWritten(person.birthDate);
  const whom = `${name} ${born}`;
  const isAsked = alike?.whom === whom;

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setError(null);
    const body = {
      name,
      number: person.number.trim() || null,
      careerStart: asWritten(person.careerStart) || null,
      birthDate: born || null,
      gender: person.gender || null,
      idNumber: person.idNumber.trim() || null,
      affiliation: contentOfAffiliation(place),
    };
    const text = JSON.stringify(body);
    if (sent.current.body !== text) sent.current = { body: text, key: crypto.randomUUID() };
    try {
      // Who is on record already is not recorded twice without being asked.
      const found = isAsked ? [] : await namesakes(name, born);
      if (found.length > 0) {
        setAlike({ whom, found });
        setBusy(false);
        return;
      }
      const params = { header: { 'Idempotency-Key': sent.current.key } };
      const made = await ask(api.POST('/api/v1/workers', { params, body }));
      saved();
      await go(`/people/${made.id}`, { state: { saved: t('people.added', { name: body.name }), warnings: [] } satisfies SavedState });
    } catch (refused) {
      setError(refused);
      setBusy(false);
    }
  };

  return (
    <>
      <p className="page-tools">
        <Link to="/people">{t('people.heading')}</Link>
      </p>
      <h1>{t('people.new')}</h1>
      <p className="hint">{t('people.newAbout')}</p>
      <form className="two-columns" onSubmit={(event) => void submit(event)}>
        <section className="card">
          <Field label={t('people.name')} required autoFocus autoComplete="off" {...input('name')} />
          <Field label={`${t('people.number')} ${t('log.optional')}`} {...input('number')} />
          <DateField
            label={`${t('people.start')} ${t('log.optional')}`}
            hint={t('people.startHint')}
            name="careerStart"
            value={person.careerStart}
            fault={fault('careerStart')}
            onChange={set('careerStart')}
          />
          <DateField
            label={`${t('people.birth')} ${t('log.optional')}`}
            name="birthDate"
            value={person.birthDate}
            fault={fault('birthDate')}
            onChange={set('birthDate')}
          />
          <Choice
            label={`${t('people.gender')} ${t('log.optional')}`}
            name="gender"
            value={person.gender}
            none={t('log.choose')}
            options={[
              ['female', t('people.female')],
              ['male', t('people.male')],
            ]}
            onChoose={set('gender')}
          />
          <Field label={`${t('people.idNumber')} ${t('log.optional')}`} hint={t('people.idNumberHint')} autoComplete="off" {...input('idNumber')} />
        </section>
        <section className="card">
          <h2 className="card-title">{t('people.firstPlace')}</h2>
          <AffiliationFields
            framework={framework.data}
            draft={place}
            error={faults.some((one) => one.pointer.startsWith('/affiliation')) ? error : null}
            at="/affiliation"
            mayBeOutside={false}
            hasUntil={false}
            choosesPrimary={false}
            onChange={setPlace}
          />
          {error !== null && !isPlaced && (
            <p className="fault" role="alert">
              {failureText(error)}
            </p>
          )}
          {isAsked && (
            <div className="note warning" role="alert">
              <p>{t('people.alike')}</p>
              <ul>
                {alike.found.map((one) => (
                  <li key={one.id}>
                    <Link to={`/people/${one.id}`} target="_blank">
                      {[one.name, one.number, one.birthDate && dayText(one.birthDate), one.standing?.organization].filter(Boolean).join(' · ')}
                    </Link>
                  </li>
                ))}
              </ul>
            </div>
          )}
          <Submit busy={busy}>{t(isAsked ? 'people.another' : 'people.new')}</Submit>
        </section>
      </form>
    </>
  );
}

/** Those on record who have the name, and no other day of birth. */
async function namesakes(name: string, born: string): Promise<Schemas['Worker'][]> {
  const page = await ask(api.POST('/api/v1/workers:search', { params: { query: { limit: 50 } }, body: { text: name } }));
  return page.items.filter((one) => one.name === name && (born === '' || one.birthDate === null || one.birthDate === born));
}
