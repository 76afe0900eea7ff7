/** The whole picture. The command line turns it into text, the preview into elements that change in place. */
import { kindOf } from '../../model/index.ts';
import { contains } from '../geometry.ts';
import type { PlacedBox, PlacedEdge, PlacedGraph } from '../placed.ts';
import { Box, BoxHeading } from './box.tsx';
import { Card } from './card.tsx';
import { Edge, EdgeLabel } from './edge.tsx';
import { Heading } from './heading.tsx';
import { hueOf } from './icons.ts';
import { Legend } from './legend.tsx';
import { styleSheet } from './style.ts';
import type { Theme } from './theme.ts';

export interface DiagramProps {
  readonly graph: PlacedGraph;
  /** Default: `auto`. */
  readonly theme?: Theme;
  /** Whether the picture carries its style sheet; see `styleSheet`. Default: true. */
  readonly styled?: boolean;
  /** For a page: nodes can be focused, lines are easy to hit, and the size is left to the page. Default: false. */
  readonly interactive?: boolean;
}

/**
 * Every node is a `g` with class `node` (of a container: `box`) and the component's path as `data-id`; every edge and every
 * label of an edge is one with the connection's id. All texts are text nodes.
 */
export function Diagram({ graph, theme = 'auto', styled = true, interactive = false }: DiagramProps) {
  const { width, height, boxes, cards, edges } = graph;
  const label = graph.title ? `Architecture diagram: ${graph.title}` : 'Architecture diagram';
  return (
    <svg
      xmlns="http://www.w3.org/2000/svg"
      class={`loadpath theme-${theme}`}
      viewBox={`0 0 ${width} ${height}`}
      width={interactive ? undefined : width}
      height={interactive ? undefined : height}
      role={interactive ? 'group' : 'img'}
      aria-label={`${label}. ${graph.description}`}
    >
      {!interactive && <title>{label}</title>}
      <desc>{graph.description}</desc>
      {styled && <style>{styleSheet(theme)}</style>}
      <rect class="canvas" width={width} height={height} />
      <g class="boxes">
        {boxes.map((placed) => (
          <g
            key={placed.box.id}
            data-id={placed.box.id}
            class={`box kind-${placed.box.kind} hue-${hueOf(placed.box.kind)}`}
            transform={`translate(${placed.x} ${placed.y})`}
            role={interactive ? 'button' : undefined}
            aria-label={`${placed.box.title}, ${kindOf(placed.box.kind).label}`}
            tabindex={interactive ? 0 : undefined}
          >
            <title>{placed.box.tooltip}</title>
            <Box placed={placed} />
          </g>
        ))}
      </g>
      <g class="edges">
        {edges.map((placed) => (
          <Edge key={placed.edge.id} placed={placed} interactive={interactive} />
        ))}
      </g>
      <g class="cards">
        {cards.map((placed) => (
          <Card key={placed.card.id} placed={placed} interactive={interactive} />
        ))}
      </g>
      <g class="headings">
        {boxes.map((placed) => (
          <g key={placed.box.id} transform={`translate(${placed.x} ${placed.y})`}>
            <BoxHeading placed={placed} />
          </g>
        ))}
      </g>
      <g class="labels">
        {edges.map((placed) => (
          <EdgeLabel key={placed.edge.id} placed={placed} depth={tintsAround(placed, boxes)} />
        ))}
      </g>
      <Heading graph={graph} />
      <Legend graph={graph} />
    </svg>
  );
}

/** Boxes of kind `group` have no tint. */
function tintsAround({ label }: PlacedEdge, boxes: readonly PlacedBox[]): number {
  return label ? boxes.filter((box) => box.box.kind !== 'group' && contains(box, label)).length : 0;
}
