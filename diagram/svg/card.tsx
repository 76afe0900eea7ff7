/** One component: icon, title, copies, parts of a store, load, findings. */
import { kindOf } from '../../model/index.ts';
import type { PlacedCard } from '../placed.ts';
import { ICON, STACK_STEP } from '../plan.ts';
import { Badges } from './badges.tsx';
import { hueOf, iconOf } from './icons.ts';
import { LoadBar } from './load-bar.tsx';
import { Parts } from './parts.tsx';

export function Card({ placed, interactive }: { readonly placed: PlacedCard; readonly interactive: boolean }) {
  const { card, plan, x, y } = placed;
  const { width, front } = plan;
  const radius = card.kind === 'users' ? Math.min(front / 2, 29) : 10;
  const quiet = card.kind === 'monitoring' || card.kind === 'automation' ? ' quiet' : '';
  const load = card.load ? ` load-${card.load.level}` : '';
  return (
    <g
      data-id={card.id}
      class={`node kind-${card.kind} hue-${hueOf(card.kind)}${quiet}${load}`}
      transform={`translate(${x} ${y})`}
      role={interactive ? 'button' : undefined}
      aria-label={`${card.title}, ${kindOf(card.kind).label}`}
      tabindex={interactive ? 0 : undefined}
    >
      <title>{card.tooltip}</title>
      {Array.from({ length: plan.behind }, (_, index) => {
        const step = plan.behind - index;
        return (
          <rect
            key={`copy${step}`}
            class="copy"
            x={step * 6 + 0.5}
            y={step * STACK_STEP + 0.5}
            width={width - step * 12 - 1}
            height={front - 1}
            rx={radius}
          />
        );
      })}
      <rect class="shadow" x="0.5" y="2" width={width - 1} height={front - 1} rx={radius} />
      <rect class="face" x="0.5" y="0.5" width={width - 1} height={front - 1} rx={radius} />
      <g class="icon" transform={`translate(${plan.icon.x} ${plan.icon.y})`}>
        <rect class="tile" width={ICON} height={ICON} rx={card.kind === 'users' ? ICON / 2 : 9} />
        <path class="glyph" transform="translate(5 5)" d={iconOf(card.kind, card.icon)} />
      </g>
      {plan.title.map((line) => (
        <text key={`t${line.y}`} class="title" x={line.x} y={line.y}>
          {line.text}
        </text>
      ))}
      {plan.subtitle.map((line) => (
        <text key={`s${line.y}`} class="subtitle" x={line.x} y={line.y}>
          {line.text}
        </text>
      ))}
      {plan.count && (
        <g class="copies">
          <rect class="pill" x={plan.count.x} y={plan.count.y} width={plan.count.width} height="17" rx="8.5" />
          <text class="count" text-anchor="middle" x={plan.count.x + plan.count.width / 2} y={plan.count.y + 12.5}>
            {plan.count.text}
          </text>
        </g>
      )}
      {plan.parts && <Parts plan={plan.parts} />}
      {plan.load && card.load && <LoadBar load={card.load} at={plan.load} />}
      <Badges badges={card.badges} right={width - 4} y={1} />
    </g>
  );
}
