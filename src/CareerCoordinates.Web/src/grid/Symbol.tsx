/** Each channel has a colour and a shape, by its place in the framework; neither says anything alone. */
export const colors = ['#c0262d', '#1d5fbf', '#00766c', '#9a5b00', '#6b3fa0', '#4a5568'];

const neutral = '#475569';

export const colorOf = (channel: number | null) => (channel === null ? neutral : colors[channel % colors.length]!);

interface Props {
  channel: number | null;
  x: number;
  y: number;
  size: number;
  look: 'filled' | 'hollow' | 'dotted';
}

export function Shape({ channel, x, y, size, look }: Props) {
  const color = colorOf(channel);
  const style = {
    fill: look === 'filled' ? color : '#fff',
    stroke: look === 'filled' ? '#fff' : color,
    strokeWidth: look === 'filled' ? 1.5 : 2.5,
    strokeDasharray: look === 'dotted' ? '2.5 2.5' : undefined,
    strokeLinejoin: 'round' as const,
  };
  const r = size / 2;
  switch (channel === null ? -1 : channel % 6) {
    case 1:
      return <rect x={x - r} y={y - r} width={size} height={size} rx={1} {...style} />;
    case 2:
      return <path d={`M${x} ${y - r * 1.15}L${x + r * 1.15} ${y + r * 0.9}H${x - r * 1.15}Z`} {...style} />;
    case 3:
      return <path d={`M${x} ${y - r * 1.25}L${x + r * 1.25} ${y}L${x} ${y + r * 1.25}L${x - r * 1.25} ${y}Z`} {...style} />;
    case 4:
      return <path d={`M${x - r} ${y - r}H${x + r}L${x} ${y + r * 1.2}Z`} {...style} />;
    case 5:
      return <path d={`M${x - r / 2} ${y - r}h${r}l${r / 2} ${r}l${-r / 2} ${r}h${-r}l${-r / 2} ${-r}Z`} {...style} />;
    default:
      return <circle cx={x} cy={y} r={r} {...style} />;
  }
}

/** The channel's sign beside its name. */
export function Sign({ channel, look = 'filled' }: { channel: number | null; look?: Props['look'] }) {
  return (
    <svg className="sign" width="16" height="16" viewBox="0 0 16 16" aria-hidden="true">
      <Shape channel={channel} x={8} y={8} size={11} look={look} />
    </svg>
  );
}
