/** Findings as small marks; each severity has its own shape as well as its own colour. */
import type { Badge } from '../graph.ts';
import { BADGE } from '../plan.ts';

/** Marks in a row that ends at `right`, centred on `y`; the worst severity stands rightmost. */
export function Badges({
  badges,
  right,
  y,
}: {
  readonly badges: readonly Badge[];
  readonly right: number;
  readonly y: number;
}) {
  return (
    <>
      {badges.map(({ severity, messages }, index) => {
        const x = right - BADGE / 2 - index * (BADGE + 3);
        return (
          <g key={severity} class={`findings ${severity}`} transform={`translate(${x} ${y})`}>
            <title>{messages.join('\n')}</title>
            <path class="mark" d={marks[severity]} />
            <text class="badge" text-anchor="middle" y={severity === 'warning' ? 5 : 3.6}>
              {messages.length > 9 ? '9+' : messages.length}
            </text>
          </g>
        );
      })}
    </>
  );
}

/** A circle, a triangle, a rounded square. */
const marks: Readonly<Record<Badge['severity'], string>> = {
  error: 'M9 0A9 9 0 1 1-9 0a9 9 0 0 1 18 0Z',
  warning: 'M-1.7 -9.2a2 2 0 0 1 3.4 0l8.3 14.4a2 2 0 0 1 -1.7 3h-16.6a2 2 0 0 1 -1.7 -3Z',
  info: 'M-5.5 -8.5h11a3 3 0 0 1 3 3v11a3 3 0 0 1 -3 3h-11a3 3 0 0 1 -3 -3v-11a3 3 0 0 1 3 -3Z',
};
