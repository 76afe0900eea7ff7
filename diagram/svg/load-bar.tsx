/** How near something is to its limit: the length of a bar, its colour, and the percentage in words. */
import type { Load } from '../graph.ts';
import type { CardPlan } from '../plan.ts';

const HEIGHT = 4;

/** Beyond 100 % the bar is full and a gap shows where the limit lies. */
export function LoadBar({ load, at }: { readonly load: Load; readonly at: NonNullable<CardPlan['load']> }) {
  const length = at.to - at.from;
  const over = load.utilization > 1;
  const filled =
    Math.round(length * (over ? Math.max(0.1, 1 / load.utilization) : Math.max(0, load.utilization)) * 10) / 10;
  const y = at.y - HEIGHT;
  return (
    <g class="utilization">
      <rect class="track" x={at.from} y={y} width={length} height={HEIGHT} rx="2" />
      {filled > 0 && <rect class={`bar ${load.level}`} x={at.from} y={y} width={filled} height={HEIGHT} rx="2" />}
      {over && filled + 2 < length && (
        <rect
          class={`bar ${load.level}`}
          x={at.from + filled + 2}
          y={y}
          width={length - filled - 2}
          height={HEIGHT}
          rx="2"
        />
      )}
      <text class={`load ${load.level}`} text-anchor="end" x={at.textEnd} y={at.y + 2}>
        {load.text}
      </text>
    </g>
  );
}
