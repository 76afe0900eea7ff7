/** A graph with positions: plain data in pixels from the upper left corner of the picture. */
import type { Badge, Figure, GraphBox, GraphCard, GraphEdge } from './graph.ts';
import type { BoxPlan, CardPlan, LabelPlan } from './plan.ts';

export interface PlacedGraph {
  readonly width: number;
  readonly height: number;
  readonly title?: string;
  readonly figures: readonly Figure[];
  readonly description: string;
  readonly badges: readonly Badge[];
  /** The title and the figures; absent when there is nothing to say or nothing was asked for. */
  readonly heading?: Rectangle;
  readonly legend?: Rectangle;
  /** Outer before inner. */
  readonly boxes: readonly PlacedBox[];
  readonly cards: readonly PlacedCard[];
  readonly edges: readonly PlacedEdge[];
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Rectangle extends Point {
  readonly width: number;
  readonly height: number;
}

export interface PlacedBox extends Rectangle {
  readonly box: GraphBox;
  readonly plan: BoxPlan;
  /** How many boxes are around it. */
  readonly depth: number;
  /** How far its heading is moved to the right, out of the way of edges. */
  readonly heading: number;
  /** No place was free: an edge passes behind the heading. */
  readonly crossed: boolean;
}

export interface PlacedCard extends Rectangle {
  readonly card: GraphCard;
  readonly plan: CardPlan;
}

export interface PlacedEdge {
  readonly edge: GraphEdge;
  /** From the border of the source to that of the target, every part horizontal or vertical. */
  readonly points: readonly Point[];
  readonly label?: Rectangle & { readonly plan: LabelPlan };
}
