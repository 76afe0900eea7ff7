/** What a diagram shows, as plain data without positions: nested nodes, the edges between them, and what is said about each. */
import type { KindName, Path, Severity } from '../model/index.ts';

export interface Graph {
  readonly title?: string;
  /** The headline figures of the analysis, the most important first. */
  readonly figures: readonly Figure[];
  /** The diagram in words, for those who cannot see it. */
  readonly description: string;
  readonly direction: Direction;
  readonly nodes: readonly GraphNode[];
  readonly edges: readonly GraphEdge[];
  /** Findings about nothing that is shown. */
  readonly badges: readonly Badge[];
}

export type Direction = 'right' | 'down' | 'left' | 'up';

export interface Figure {
  readonly label: string;
  readonly value: string;
}

/** A `box` holds others; a `card` does not. */
export type GraphNode = GraphBox | GraphCard;

interface Shown {
  /** The component's path. */
  readonly id: Path;
  readonly kind: KindName;
  readonly title: string;
  /** Engine, instance, region and so on. */
  readonly subtitle?: string;
  /** Everything known about it, on several lines. */
  readonly tooltip: string;
  readonly badges: readonly Badge[];
  readonly load?: Load;
  /** Name of the icon; the kind's when absent. */
  readonly icon?: string;
}

export interface GraphBox extends Shown {
  readonly type: 'box';
  readonly children: readonly GraphNode[];
}

export interface GraphCard extends Shown {
  readonly type: 'card';
  /** Copies that share the load. */
  readonly replicas: { readonly from: number; readonly to: number };
  /** Of stores with more than one part. */
  readonly parts?: StoreParts;
  /** Of a collapsed container: how many components it hides. */
  readonly hidden?: number;
}

/** A store of `shards` equal parts, each with one primary and `readReplicas`. */
export interface StoreParts {
  readonly shards: number;
  readonly readReplicas: number;
}

/** How near something is to its limit. Above 1 it is over. */
export interface Load {
  /** Fraction. */
  readonly utilization: number;
  readonly level: LoadLevel;
  /** `62%`. */
  readonly text: string;
}

export const loadLevels = ['calm', 'warm', 'hot', 'over'] as const;
export type LoadLevel = (typeof loadLevels)[number];

/** Findings of one severity about one thing. */
export interface Badge {
  readonly severity: Severity;
  readonly messages: readonly string[];
}

/** What kind of traffic an edge stands for; decides how its line looks. */
export const edgeKinds = ['sync', 'async', 'static', 'misses', 'replication'] as const;
export type EdgeKind = (typeof edgeKinds)[number];

export interface GraphEdge {
  /** Id of the first of its connections. */
  readonly id: string;
  /** Ids of all connections that it stands for. */
  readonly connections: readonly string[];
  readonly from: Path;
  readonly to: Path;
  readonly kind: EdgeKind;
  /** Arrows at both ends. */
  readonly both: boolean;
  /** What flows: `reads 3, writes 0.2`. */
  readonly flow?: string;
  /** How much: `2.4k/s`. */
  readonly rate?: string;
  /** 0 to 1, logarithmic in the rate; absent when no rate is known. */
  readonly weight?: number;
  readonly tooltip: string;
  readonly badges: readonly Badge[];
}
