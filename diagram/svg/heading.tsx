/** The title of the architecture and its headline figures. */
import { FIGURE_GAP } from '../frame.ts';
import type { PlacedGraph } from '../placed.ts';
import { BADGE } from '../plan.ts';
import { ellipsize, measure } from '../text.ts';
import { fonts } from '../typography.ts';
import { Badges } from './badges.tsx';

export function Heading({ graph }: { readonly graph: PlacedGraph }) {
  if (!graph.heading) return null;
  const { x, y, width } = graph.heading;
  const badges = graph.badges.length * (BADGE + 3);
  const title = ellipsize(graph.title ?? '', Math.max(width - badges, 60), fonts.heading);
  const top = y + (graph.title || badges > 0 ? 30 : 0);
  let next = x;
  const starts = graph.figures.map(({ label, value }) => {
    const start = next;
    next += measure(`${label} `, fonts.figureLabel) + measure(value, fonts.figure) + FIGURE_GAP;
    return Math.round(start);
  });
  return (
    <g class="summary">
      {title && (
        <text class="heading" x={x} y={y + 17}>
          {title}
        </text>
      )}
      <Badges badges={graph.badges} right={x + measure(title, fonts.heading) + badges + 8} y={y + 11} />
      {graph.figures.map(({ label, value }, index) => (
        <text key={label} x={starts[index]} y={top + 13}>
          <tspan class="figureLabel">{`${label} `}</tspan>
          <tspan class="figure">{value}</tspan>
        </text>
      ))}
    </g>
  );
}
