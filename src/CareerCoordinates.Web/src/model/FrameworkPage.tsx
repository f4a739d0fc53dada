import { Link } from 'react-router';
import { byCode, type Channel, type Framework, type MilestoneType, type Rung, rungOf } from '../api/framework';
import { useCurrentFramework, useServedFramework } from '../api/questions';
import { colorOf, Sign } from '../grid/Symbol';
import { leafText } from '../person/requirement';
import { Failure, Waiting } from '../ui/Answers';
import { useTitle } from '../ui/useTitle';
import { capital, useWords } from '../words/words';
import { waysOf } from './ways';

/** The model as a page to read: the ladders, what each rung asks for, the stages, the types. */
export function FrameworkPage({ hasPages }: { hasPages: boolean }) {
  const { t } = useWords();
  return (
    <>
      {!hasPages && <p className="note">{t('framework.noPages')}</p>}
      <Shown answer={useCurrentFramework()} />
    </>
  );
}

/** The same for whoever is not signed in. */
export function FrameworkForAll() {
  const { t } = useWords();
  return (
    <>
      <p>
        <Link to="/">{t('framework.toSignIn')}</Link>
      </p>
      <Shown answer={useServedFramework()} />
    </>
  );
}

function Shown({ answer }: { answer: ReturnType<typeof useServedFramework> }) {
  const { t, name } = useWords();
  useTitle(t('nav.framework'));
  if (answer.isLoadingError) return <Failure error={answer.error} retry={() => void answer.refetch()} />;
  if (!answer.data) return <Waiting />;
  const framework = answer.data;
  return (
    <>
      <h1>{name(framework)}</h1>
      <p className="hint">
        {t('framework.version', { version: framework.version })} {capital(name(framework.disclaimer))}
        {t('stop')} {capital(name(framework.useLimit))}
        {t('stop')}
      </p>
      <h2>{t('framework.ladders')}</h2>
      <Ladders framework={framework} />
      <h2>{t('framework.requirements')}</h2>
      <p className="hint">{t('framework.requirementsAbout')}</p>
      {framework.channels.map((channel, index) => (
        <ChannelPart key={channel.code} framework={framework} channel={channel} index={index} />
      ))}
      <h2>{t('framework.stages')}</h2>
      <Stages framework={framework} />
      <h2>{t('framework.types')}</h2>
      {framework.milestoneKinds.map((kind) => {
        const types = framework.milestoneTypes.filter((type) => type.enabled && type.kind === kind.code);
        return (
          types.length > 0 && (
            <details key={kind.code} className="card">
              <summary>{`${name(kind)} (${types.length})`}</summary>
              {types.map((type) => (
                <TypePart key={type.code} framework={framework} type={type} />
              ))}
            </details>
          )
        );
      })}
    </>
  );
}

function Ladders({ framework }: { framework: Framework }) {
  const { t, name } = useWords();
  return (
    <div className="table-holder">
      {/* The roles stay where a phone shows each level as a block. */}
      <table className="ladders" role="table">
        <thead role="rowgroup">
          <tr role="row">
            <th scope="col" role="columnheader">
              {t('people.level')}
            </th>
            {framework.channels.map((channel, index) => (
              <th key={channel.code} scope="col" role="columnheader" style={{ color: colorOf(index) }}>
                <Sign channel={index} /> {name(channel)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody role="rowgroup">
          {[...framework.levels].reverse().map((level) => (
            <tr key={level.level} role="row">
              <th scope="row" role="rowheader">
                {t('grid.level', { level: level.level })} · {name(level)}
              </th>
              {framework.channels.map((channel, index) => (
                <td key={channel.code} role="cell">
                  <span className="block-sign">
                    <Sign channel={index} />
                  </span>
                  {channel.rungs
                    .filter((rung) => rung.level === level.level)
                    .map((rung) => name(rung))
                    .join(t('and')) || '–'}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function ChannelPart({ framework, channel, index }: { framework: Framework; channel: Channel; index: number }) {
  const { name } = useWords();
  return (
    <details className="card">
      <summary>
        <Sign channel={index} /> {name(channel)}
      </summary>
      {channel.purpose && <p>{name(channel.purpose)}</p>}
      {channel.note && <p className="hint">{name(channel.note)}</p>}
      <ol className="rungs">
        {channel.rungs.map((rung) => (
          <RungPart key={rung.code} framework={framework} rung={rung} />
        ))}
      </ol>
    </details>
  );
}

function RungPart({ framework, rung }: { framework: Framework; rung: Rung }) {
  const { t, name } = useWords();
  const ways = waysOf(rung.requirement);
  return (
    <li>
      <h3>
        {name(rung)} · {t('grid.level', { level: rung.level })}
      </h3>
      {rung.whatGrants && <p>{name(rung.whatGrants)}</p>}
      {rung.attained === 'elected-or-conferred' ? (
        <p>{t('framework.notApplied')}</p>
      ) : (
        ways.map((way, i) => (
          <div key={i}>
            {ways.length > 1 && <p className="way-title">{t('framework.way', { number: i + 1 })}</p>}
            <ul>
              {way.map((leaf, j) => (
                <li key={j}>{leafText(framework, leaf)}</li>
              ))}
            </ul>
          </div>
        ))
      )}
      {rung.note && <p className="hint">{name(rung.note)}</p>}
      {rung.status === 'K' && <p className="hint">{t('framework.default')}</p>}
    </li>
  );
}

function Stages({ framework }: { framework: Framework }) {
  const { t, name } = useWords();
  return (
    <ul className="plain-list">
      {framework.stages.map((stage) => (
        <li key={stage.code} className="card">
          <b>{name(stage)}</b> · {stage.toYears === null ? t('framework.fromYears', { years: stage.fromYears }) : t('grid.years', { years: `${stage.fromYears}–${stage.toYears}` })}
          {stage.why && <p className="hint">{name(stage.why)}</p>}
          <p>
            {t('steps.measures')}
            {t('colon')}
            {stage.measures.map((code) => name(byCode(framework.milestoneTypes, code), code)).join(t('and'))}
          </p>
        </li>
      ))}
    </ul>
  );
}

function TypePart({ framework, type }: { framework: Framework; type: MilestoneType }) {
  const { t, name } = useWords();
  const gives = type.grants.map((grant) => {
    const said = `${name(byCode(framework.channels, grant.channel))} · ${name(rungOf(framework, grant.channel, grant.rung))}`;
    return `${t(grant.mode === 'direct' ? 'milestone.gives' : 'milestone.supports')}${t('colon')}${said}`;
  });
  return (
    <section className="type-part">
      <h3>{name(type)}</h3>
      {type.note && <p className="hint">{name(type.note)}</p>}
      <ul>
        {[...new Set(gives)].map((one) => (
          <li key={one}>{one}</li>
        ))}
        <li>
          {t('framework.verifiedBy')}
          {t('colon')}
          {type.verifiedBy.map((code) => name(byCode(framework.verifierRoles, code), code)).join(t('and'))}
        </li>
      </ul>
      {type.status === 'K' && <p className="hint">{t('framework.default')}</p>}
    </section>
  );
}
