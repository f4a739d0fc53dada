import { useState } from 'react';
import { api, ask, type Schemas } from '../api/client';
import { type Attribute, type Framework } from '../api/framework';
import { unitOfAttribute } from '../person/requirement';
import { failureText } from '../ui/Answers';
import { Choice } from '../ui/Choice';
import { Field } from '../ui/Field';
import { capital, useWords } from '../words/words';

interface Props {
  framework: Framework;
  attribute: Attribute;
  value: string;
  fault?: string;
  onChange: (value: string) => void;
}

/** The input that an attribute of a type asks for. */
export function AttributeField({ framework, attribute, value, fault, onChange }: Props) {
  const { t, name } = useWords();
  const unit = unitOfAttribute(framework, attribute);
  const inUnit = unit ? ` (${name(unit)})` : '';
  const label = `${capital(name(attribute))}${inUnit} ${attribute.required ? '' : t('log.optional')}`;
  const choice = { label, value, fault, none: t('log.choose'), required: attribute.required, name: attribute.code, onChoose: onChange };
  switch (attribute.type) {
    case 'enum':
      return <Choice {...choice} options={(attribute.allowed ?? []).map((one) => [one.code, name(one)])} />;
    case 'boolean':
      return (
        <Choice
          {...choice}
          options={[
            ['true', t('yes')],
            ['false', t('no')],
          ]}
        />
      );
    case 'ref':
      return <PersonField label={label} fault={fault} value={value} onChange={onChange} />;
    default: {
      const isNumber = attribute.type !== 'string';
      return (
        <Field
          label={label}
          name={attribute.code}
          required={attribute.required}
          inputMode={isNumber ? 'decimal' : undefined}
          value={value}
          fault={fault}
          onChange={(event) => onChange(event.target.value)}
        />
      );
    }
  }
}

interface PersonFieldProps {
  label: string;
  value: string;
  fault?: string;
  onChange: (workerId: string) => void;
}

/** Another worker in scope, found by name or number. */
function PersonField({ label, value, fault, onChange }: PersonFieldProps) {
  const { t } = useWords();
  const [typed, setTyped] = useState('');
  const [found, setFound] = useState<Schemas['Worker'][] | null>(null);
  const [failed, setFailed] = useState('');
  const find = async () => {
    setFailed('');
    try {
      const text = typed.trim();
      setFound((await ask(api.POST('/api/v1/workers:search', { params: { query: { limit: 20 } }, body: { text } }))).items);
    } catch (error) {
      setFailed(failureText(error));
    }
  };
  return (
    <fieldset className="field">
      <legend>{label}</legend>
      <div className="row">
        <Field label={t('people.search')} value={typed} fault={fault ?? failed} onChange={(event) => setTyped(event.target.value)} />
        <button type="button" disabled={!typed.trim()} onClick={() => void find()}>
          {t('people.find')}
        </button>
      </div>
      {found && (
        <Choice
          label={t('people.name')}
          value={value}
          none={found.length === 0 ? t('people.none') : t('log.choose')}
          options={found.map((one) => [one.id, [one.name, one.number].filter(Boolean).join(' · ')])}
          onChoose={onChange}
        />
      )}
    </fieldset>
  );
}
