import { type KeyboardEvent, useId, useMemo, useState } from 'react';
import { type Framework, rungOf } from '../api/framework';
import { useWidth } from '../ui/useWidth';
import { dayText } from '../words/days';
import { useWords } from '../words/words';
import { layOut, type Layout, type Question, type Station } from './layout';
import { colorOf, Shape, Sign } from './Symbol';

interface Props extends Omit<Question, 'width' | 'hidden' | 'leastStage' | 'levelNames'> {
  isToday: boolean;
  yearsInCareer: number | null;
  /** A station was chosen: these milestones stand there. */
  onChoose: (milestoneIds: string[]) => void;
  nameOf: (milestoneId: string) => string;
  /** On paper there is nothing to press. */
  isStill?: boolean;
}

/** Roughly how wide a text is: a Chinese character is as wide as it is high. */
const widthOf = (words: string, size: number) =>
  [...words].reduce((sum, one) => sum + (one.charCodeAt(0) > 0x2e7f ? size : size * 0.55), 0);

export function CareerGrid(props: Props) {
  const { framework, isToday, yearsInCareer, isStill = false, row } = props;
  const { t, name, language } = useWords();
  const [holder, width] = useWidth<HTMLDivElement>(0);
  const [hidden, setHidden] = useState<ReadonlySet<number>>(new Set());
  const [lit, setLit] = useState<number | null>(null);
  const titleId = useId();

  const { start, hasStages, trajectory, milestones, steps, asOf } = props;
  const leastStage = language === 'zh' ? 37 : 46;
  const levelNames = Math.max(...framework.levels.map((level) => widthOf(name(level), 12.5))) + (language === 'zh' ? 82 : 84);
  const layout = useMemo(
    () =>
      width > 0 ? layOut({ framework, start, hasStages, trajectory, milestones, steps, asOf, width, leastStage, levelNames, hidden, row }) : null,
    [framework, start, hasStages, trajectory, milestones, steps, asOf, width, leastStage, levelNames, hidden, row],
  );

  const toggle = (channel: number) => {
    const changed = new Set(hidden);
    if (!changed.delete(channel)) changed.add(channel);
    setHidden(changed);
  };

  return (
    <div className="grid">
      <div className="chips" role="group" aria-label={t('grid.channels')} hidden={isStill}>
        {framework.channels.map((channel, index) => (
          <button
            key={channel.code}
            type="button"
            className="chip"
            aria-pressed={!hidden.has(index)}
            style={{ color: colorOf(index) }}
            onClick={() => toggle(index)}
            onPointerEnter={(event) => event.pointerType === 'mouse' && setLit(index)}
            onPointerLeave={() => setLit(null)}
          >
            <Sign channel={index} look={hidden.has(index) ? 'hollow' : 'filled'} />
            {name(channel)}
          </button>
        ))}
      </div>
      <div ref={holder} className="grid-holder" style={{ minHeight: layout || isStill ? undefined : 480 }}>
        {layout && (
          <svg width={width} height={layout.frame.height} role={isStill ? 'img' : 'group'} aria-labelledby={titleId}>
            <title id={titleId}>
              {t('grid.title', { level: layout.now.level, day: dayText(asOf), years: yearsInCareer ?? '–' })}
            </title>
            <Ground layout={layout} framework={framework} current={hasStages} />
            <Axis layout={layout} start={start} hasStages={hasStages} isToday={isToday} asOf={asOf} years={yearsInCareer} />
            {layout.paths.map(({ channel, path }) => (
              <path
                key={channel}
                d={path}
                className="lane"
                stroke={colorOf(channel)}
                strokeWidth={layout.frame.narrow ? 3 : 4}
                opacity={lit === null || lit === channel ? 1 : 0.2}
              />
            ))}
            {layout.next.map(({ channel, path }) => (
              <path key={channel} d={path} className="lane next" stroke={colorOf(channel)} opacity={lit === null || lit === channel ? 1 : 0.2} />
            ))}
            <Crosshair layout={layout} />
            {[...layout.others, ...layout.stations].map((station) => (
              <Stop key={station.milestoneIds.join()} station={station} {...props} dim={lit !== null && lit !== station.channel} />
            ))}
            <NextStations layout={layout} framework={framework} />
          </svg>
        )}
      </div>
      <p className="legend" aria-hidden="true">
        <Sign channel={null} /> {t('grid.verified')} <Sign channel={null} look="hollow" /> {t('grid.waiting')}{' '}
        <Sign channel={null} look="dotted" /> {t('grid.next')}
      </p>
    </div>
  );
}

function Ground({ layout, framework, current }: { layout: Layout; framework: Framework; current: boolean }) {
  const { t, name, language } = useWords();
  const { frame, bands, now, rowTop } = layout;
  // On a narrow screen all names or none: some beside blanks would puzzle.
  const namesFit = framework.levels.every((level) => widthOf(name(level), 10.5) < frame.left - 8);
  return (
    <>
      {bands.map((band, i) => {
        const isNow = current && band === now.band;
        const words = band.stage ? name(band.stage) : '';
        const range = band.stage ? band.stage.toYears === null ? t('grid.yearsOn', { years: band.fromYears }) : t('grid.years', { years: `${band.fromYears}–${band.stage.toYears}` }) : '';
        const fits = (said: string, size: number) => widthOf(said, size) < band.right - band.left - 10;
        const isRoomy = !frame.narrow && fits(`${words}  ${range}`, 13);
        const isSmall = frame.narrow || !fits(words, 13);
        // Where there is no room beside the name the years stand below it; on a narrow screen a long name takes both lines.
        const size = !isSmall ? 13 : language === 'zh' ? 10.5 : 9.5;
        const hasBoth = !frame.narrow && fits(words, size) && fits(range, 11);
        const named = isSmall ? inTwo(words, language === 'zh') : [words];
        const lines = isRoomy ? [words] : hasBoth ? [words, range] : frame.narrow ? named : [...named, range];
        return (
          <g key={band.fromYears}>
            <rect x={band.left} y={frame.top} width={band.right - band.left} height={frame.bottom - frame.top} fill={isNow ? '#eef5ff' : i % 2 ? '#fafbfc' : '#fff'} />
            {band.stage && (
              <>
                <rect x={band.left + 1} y={4} width={band.right - band.left - 2} height={frame.top - 10} rx={7} fill={isNow ? '#0f2a4a' : '#eceff4'} />
                <text textAnchor="middle" fontSize={size} fontWeight={isNow ? 700 : 400} fill={isNow ? '#fff' : '#334155'}>
                  {lines.map((line, j) => (
                    <tspan
                      key={line}
                      x={(band.left + band.right) / 2}
                      y={lines.length > 2 ? 13 + j * 10.5 : lines.length > 1 ? 17 + j * 13 : frame.narrow ? 24 : 25}
                      fontSize={line !== range ? undefined : lines.length > 2 ? 9.5 : 11}
                      fontWeight={line === range ? 400 : undefined}
                    >
                      {line}
                      {isRoomy && <tspan fontSize={11.5} fontWeight={400}>{`  ${range}`}</tspan>}
                    </tspan>
                  ))}
                </text>
              </>
            )}
          </g>
        );
      })}
      {now.level > 0 && <rect x={now.band.left} y={rowTop(now.level)} width={now.band.right - now.band.left} height={frame.row} fill="#d6e6ff" />}
      {[...framework.levels, null].map((level, i) => {
        const y = frame.bottom - i * frame.row;
        return <line key={level?.level ?? 'top'} x1={frame.left} x2={frame.right} y1={y} y2={y} stroke={i === 0 ? '#94a3b8' : '#e5e7eb'} />;
      })}
      {framework.levels.map((level) => {
        const y = rowTop(level.level) + frame.row / 2;
        const isNow = level.level === now.level;
        const words = t(frame.narrow ? 'grid.levelShort' : 'grid.level', { level: level.level });
        const badge = widthOf(words, 12) + 12;
        const x = frame.left - (frame.narrow ? 10 : 14);
        return (
          <g key={level.level} textAnchor="end" fontSize={12} fill={isNow ? '#0f2a4a' : '#475569'} fontWeight={isNow ? 700 : 400}>
            {isNow && <rect x={x - badge + 4} y={y - (frame.narrow ? 15 : 11)} width={badge} height={22} rx={5} fill="#0f2a4a" />}
            <text x={x - 2} y={frame.narrow ? y : y + 4} fill={isNow ? '#fff' : undefined} fontWeight={700}>
              {words}
            </text>
            {(!frame.narrow || namesFit) && (
              <text x={frame.narrow ? x - 2 : x - badge - 2} y={frame.narrow ? y + 18 : y + 4} fontSize={frame.narrow ? 10.5 : 12.5}>
                {name(level)}
              </text>
            )}
          </g>
        );
      })}
    </>
  );
}

/** A stage's name in two lines: at a blank, or in the middle of a Chinese one. */
function inTwo(words: string, isChinese: boolean): string[] {
  if (words.includes(' ')) return words.split(' ').slice(0, 2);
  if (!isChinese || words.length <= 4) return [words];
  const half = Math.floor(words.length / 2);
  return [words.slice(0, half), words.slice(half)];
}

function Axis(props: { layout: Layout; start: string; hasStages: boolean; isToday: boolean; asOf: string; years: number | null }) {
  const { layout, start, hasStages, isToday, asOf, years } = props;
  const { t } = useWords();
  const { frame, bands, now } = layout;
  const y = frame.bottom + 48;
  const said = isToday ? t('grid.today') : dayText(asOf);
  const badge = years !== null && !frame.narrow ? `${said} · ${t('grid.year', { years })}` : said;
  const half = widthOf(badge, 12) / 2 + 9;
  const center = Math.min(frame.width - half - 1, Math.max(half + 1, now.x));
  const first = Number(start.slice(0, 4));
  const every = Math.max(1, Math.ceil(now.years / (frame.narrow ? 4 : 9)));
  const marks = hasStages
    ? bands.map((band) => ({ x: band.left, words: band.fromYears === 0 ? t('grid.start') : t('grid.years', { years: band.fromYears }) }))
    : Array.from({ length: Math.ceil(now.years / every) }, (_, i) => ({ x: layout.x(i * every), words: String(first + i * every) }));
  return (
    <>
      {marks
        .filter((mark) => Math.abs(mark.x - center) > half + widthOf(mark.words, 11) / 2 + 3)
        .map((mark) => (
          <text key={mark.words} x={mark.x} y={y + 4} fontSize={11} fill="#475569" textAnchor="middle">
            {mark.words}
          </text>
        ))}
      <rect x={center - half} y={y - 11} width={half * 2} height={22} rx={6} fill="#0f2a4a" />
      <text x={center} y={y + 4.5} fontSize={12} fontWeight={700} fill="#fff" textAnchor="middle">
        {badge}
      </text>
    </>
  );
}

function Crosshair({ layout: { frame, now } }: { layout: Layout }) {
  return (
    <g stroke="#0f2a4a" pointerEvents="none">
      <path d={`M${frame.left} ${now.y}H${now.x}M${now.x} ${frame.top}V${frame.bottom + 36}`} strokeDasharray="4 4" strokeWidth={1.2} fill="none" />
      <circle cx={now.x} cy={now.y} r={frame.narrow ? 13 : 17} fill="none" strokeWidth={2} />
      <circle cx={now.x} cy={now.y} r={4.5} fill="#0f2a4a" stroke="#fff" strokeWidth={2} />
    </g>
  );
}

interface StopProps extends Pick<Props, 'onChoose' | 'nameOf' | 'framework' | 'isStill'> {
  station: Station;
  dim: boolean;
}

function Stop({ station, dim, framework, onChoose, nameOf, isStill }: StopProps) {
  const { t, name } = useWords();
  const { x, y, channel, level, milestoneIds, verified } = station;
  const many = milestoneIds.length > 1;
  const parts = [
    many ? t('grid.several', { number: milestoneIds.length }) : '',
    milestoneIds.map(nameOf).join('; '),
    channel === null ? '' : name(framework.channels[channel]!),
    level === null ? '' : t('grid.level', { level }),
    verified ? t('grid.verified') : t('grid.waiting'),
  ];
  const onKey = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' && event.key !== ' ') return;
    event.preventDefault();
    onChoose(milestoneIds);
  };
  const isSmall = channel === null && level === null && !many;
  return (
    <g
      role={isStill ? undefined : 'button'}
      tabIndex={isStill ? undefined : 0}
      className="stop"
      aria-label={isStill ? undefined : parts.filter(Boolean).join(', ')}
      data-milestones={milestoneIds.join(' ')}
      opacity={dim ? 0.25 : 1}
      onClick={() => onChoose(milestoneIds)}
      onKeyDown={onKey}
    >
      <circle cx={x} cy={y} r={14} fill="transparent" className="reach" />
      {many ? (
        <>
          <circle cx={x} cy={y} r={9} fill={verified ? colorOf(channel) : '#fff'} stroke={verified ? '#fff' : colorOf(channel)} strokeWidth={1.5} />
          <text x={x} y={y + 4} fontSize={11} fontWeight={700} textAnchor="middle" fill={verified ? '#fff' : colorOf(channel)}>
            {milestoneIds.length}
          </text>
        </>
      ) : (
        <Shape channel={channel} x={x} y={y} size={isSmall ? 9 : 14} look={verified ? 'filled' : 'hollow'} />
      )}
    </g>
  );
}

function NextStations({ layout, framework }: { layout: Layout; framework: Framework }) {
  const { t, name } = useWords();
  const { frame, next } = layout;
  return next.map((station) => {
    const words = name(rungOf(framework, framework.channels[station.channel]!.code, station.rung));
    const length = widthOf(words, 12);
    const isRight = station.x + length + 16 < frame.right;
    const said = t('grid.nextStation', { rung: words, day: dayText(station.earliest) });
    return (
      <g key={station.channel} role="img" aria-label={said}>
        <Shape channel={station.channel} x={station.x} y={station.y} size={14} look="dotted" />
        {!frame.narrow && (
          <>
            <rect x={isRight ? station.x + 10 : station.x - 12 - length} y={station.y - 9} width={length + 4} height={18} rx={4} fill="#fff" />
            <text x={isRight ? station.x + 12 : station.x - 10} y={station.y + 4} fontSize={12} textAnchor={isRight ? 'start' : 'end'} fontWeight={600} fill={colorOf(station.channel)}>
              {words}
            </text>
          </>
        )}
      </g>
    );
  });
}
