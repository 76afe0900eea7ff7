/** The row of samples below the picture. */
import { legendEntries, SAMPLE } from '../legend.ts';
import type { PlacedGraph } from '../placed.ts';

export function Legend({ graph }: { readonly graph: PlacedGraph }) {
  if (!graph.legend) return null;
  const { x, y } = graph.legend;
  return (
    <g class="legend-row" transform={`translate(${x} ${y})`}>
      {legendEntries(graph).map((entry) => (
        <g
          key={entry.text}
          class={entry.type === 'edge' ? `kind-${entry.kind}` : undefined}
          transform={`translate(${entry.x} 0)`}
        >
          {entry.type === 'edge' ? (
            <>
              <path class="line" d="M0 10H19" stroke-width="1.5" />
              <path class="arrow" d="M24 10L17.5 7V13Z" />
            </>
          ) : (
            <rect class={`bar ${entry.level}`} y="8" width={SAMPLE.width} height="4" rx="2" />
          )}
          <text class="legend" x={SAMPLE.width + SAMPLE.gap} y="14">
            {entry.text}
          </text>
        </g>
      ))}
    </g>
  );
}
