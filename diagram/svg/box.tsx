/** A container: a tinted box with a heading, around what is in it. */
import type { PlacedBox } from '../placed.ts';
import { Badges } from './badges.tsx';
import { Chip } from './chip.tsx';
import { hueOf, iconOf } from './icons.ts';
import { LoadBar } from './load-bar.tsx';

export function Box({ placed }: { readonly placed: PlacedBox }) {
  const { box, width, height } = placed;
  return (
    <rect
      class="frame"
      x="0.5"
      y="0.5"
      width={width - 1}
      height={height - 1}
      rx={box.kind === 'tier' || box.kind === 'host' ? 12 : 16}
    />
  );
}

/** Drawn over the edges, so that an edge that enters from above does not cross the words. */
export function BoxHeading({ placed }: { readonly placed: PlacedBox }) {
  const { box, plan } = placed;
  return (
    <g class={`box-heading hue-${hueOf(box.kind)}`} transform={`translate(${placed.heading} 0)`}>
      {placed.crossed && <Chip x={9} y={10} width={plan.end - 3} height={24} depth={placed.depth + 1} />}
      <path class="glyph" transform="translate(15 14) scale(.7)" d={iconOf(box.kind, box.icon)} />
      <text class="boxTitle" x={plan.title.x} y={plan.title.y}>
        {plan.title.text}
      </text>
      {plan.subtitle && (
        <text class="subtitle" x={plan.subtitle.x} y={plan.subtitle.y}>
          {plan.subtitle.text}
        </text>
      )}
      {plan.load && box.load && (
        <LoadBar load={box.load} at={{ y: 24, from: plan.load.x, to: plan.load.x + 44, textEnd: plan.load.textEnd }} />
      )}
      <Badges badges={box.badges} right={plan.end} y={22} />
    </g>
  );
}
