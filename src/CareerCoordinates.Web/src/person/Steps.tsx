import type { Schemas } from '../api/client';
import { byCode, type Framework, rungOf } from '../api/framework';
import { colorOf, Sign } from '../grid/Symbol';
import { dayText } from '../words/days';
import { useWords } from '../words/words';
import { hadText, leafText, unknownText } from './requirement';

interface Props {
  framework: Framework;
  coordinate: Schemas['Coordinate'];
  steps: Schemas['NextSteps'];
}

/** A card for each channel: what is held and was reached, what is next, and what of it is met, missing or not known. */
export function Steps({ framework, coordinate, steps }: Props) {
  const { t, name } = useWords();
  return (
    <section aria-labelledby="steps">
      <h2 id="steps">{t('steps.heading')}</h2>
      <p className="hint">{name(steps.notice)}</p>
      <div className="cards">
        {framework.channels.map((channel, index) => {
          const standing = coordinate.channels.find((one) => one.channel === channel.code);
          const step = steps.channels.find((one) => one.channel === channel.code);
          const held = rungOf(framework, channel.code, standing?.rung ?? null);
          const highest = rungOf(framework, channel.code, standing?.highestReached ?? null);
          const next = rungOf(framework, channel.code, step?.next ?? null);
          return (
            <article key={channel.code} className="card channel-card" style={{ borderInlineStartColor: colorOf(index) }}>
              <h3 style={{ color: colorOf(index) }}>
                <Sign channel={index} /> {name(channel)}
              </h3>
              <dl className="standing">
                <dt>{t('steps.held')}</dt>
                <dd>
                  {held ? `${name(held)} · ${t('grid.level', { level: held.level })}` : t('steps.none')}
                  {standing?.heldSince && <small>{t('since', { day: dayText(standing.heldSince) })}</small>}
                </dd>
                {highest && highest.code !== held?.code && (
                  <>
                    <dt>{t('steps.reached')}</dt>
                    <dd>
                      {name(highest)} · {t('grid.level', { level: highest.level })}
                    </dd>
                  </>
                )}
                {next && (
                  <>
                    <dt>{t('steps.next')}</dt>
                    <dd>
                      {name(next)} · {t('grid.level', { level: next.level })}
                      {step?.earliest && <small>{step.earliest > steps.asOf ? t('steps.earliest', { day: dayText(step.earliest) }) : t('steps.now')}</small>}
                    </dd>
                  </>
                )}
              </dl>
              {step?.noPathWords && <p>{name(step.noPathWords)}</p>}
              {step && step.alternatives.length > 0 && <Ways framework={framework} step={step} />}
              {step && <Supports framework={framework} step={step} />}
            </article>
          );
        })}
      </div>
      {steps.measures.length > 0 && (
        <div className="card">
          <h3>{t('steps.measures')}</h3>
          <ul className="inline-list">
            {steps.measures.map((code) => (
              <li key={code}>{name(byCode(framework.milestoneTypes, code), code)}</li>
            ))}
          </ul>
        </div>
      )}
    </section>
  );
}

function Ways({ framework, step }: { framework: Framework; step: Schemas['ChannelNextStep'] }) {
  const { t } = useWords();
  const [first, ...others] = [...step.alternatives].sort((a, b) => missing(a) - missing(b) || (a.earliest ?? '9').localeCompare(b.earliest ?? '9'));
  return (
    <>
      <p className="way-title">{step.alternatives.length > 1 ? t('steps.anyOf', { number: step.alternatives.length }) : t('steps.needs')}</p>
      {first && <Way framework={framework} way={first} />}
      {others.length > 0 && (
        <details>
          <summary>{others.length === 1 ? t('steps.otherOne') : t('steps.others', { number: others.length })}</summary>
          {others.map((way, i) => (
            <Way key={i} framework={framework} way={way} />
          ))}
        </details>
      )}
    </>
  );
}

/** The way on which time alone is missing comes first, of several the one that ends first; then the one with the fewest missing parts. */
const missing = (way: Schemas['Alternative']) =>
  way.state === 'met' ? -1 : way.allOf.filter((leaf) => leaf.state !== 'met' && leaf.earliest === null).length;

const marks = { met: '✓', unmet: '✗', unknown: '?' } as const;
const said = { met: 'steps.met', unmet: 'steps.unmet', unknown: 'steps.unknown' } as const;

function Way({ framework, way }: { framework: Framework; way: Schemas['Alternative'] }) {
  const { t, name } = useWords();
  return (
    <ul className="way">
      {way.allOf.map((leaf, i) => {
        const state = leaf.state as keyof typeof marks;
        const had = hadText(leaf) || unknownText(leaf);
        return (
          <li key={i} className={`leaf ${state}`}>
            <span className="mark" aria-hidden="true">
              {marks[state]}
            </span>
            <span>
              <b>{t(said[state])}</b> {leafText(framework, leaf)}
              {(had || leaf.earliest) && (
                <small>
                  {had}
                  {had && leaf.earliest ? t('and') : ''}
                  {leaf.earliest && leaf.state !== 'met' ? t('steps.from', { day: dayText(leaf.earliest) }) : ''}
                </small>
              )}
              {leaf.note && leaf.state === 'unknown' && <small>{name(leaf.note)}</small>}
            </span>
          </li>
        );
      })}
    </ul>
  );
}

function Supports({ framework, step }: { framework: Framework; step: Schemas['ChannelNextStep'] }) {
  const { t, name } = useWords();
  return step.supports.map((support) => (
    <p key={support.milestoneId + support.rung} className="support">
      {t('steps.support', {
        type: name(byCode(framework.milestoneTypes, support.type), support.type),
        rung: name(rungOf(framework, step.channel, support.rung), support.rung),
      })}
    </p>
  ));
}
