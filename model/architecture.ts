/**
 * The contract of Loadpath: an architecture as plain, immutable, JSON-shaped data.
 * The language makes it; the rules, the simulator and the diagram read it. Templates and `extends` are already resolved,
 * expressions are already computed, every quantity is in its canonical unit (see `units.ts`).
 */
import type { FlowType } from './flows.ts';
import type { KindName } from './kinds.ts';
import type { Span } from './span.ts';
import type { Dimension } from './units.ts';

/** A qualified name from the root of the architecture, such as `us.posts`. */
export type Path = string;

export interface Architecture {
  readonly title?: string;
  /** URIs of all files whose declarations are part of this architecture, the root file first. */
  readonly files: readonly string[];
  readonly params: readonly Param[];
  /** All components and containers, parents before their children, otherwise in order of declaration. */
  readonly components: readonly Component[];
  readonly connections: readonly Connection[];
  readonly requests: readonly RequestClass[];
  readonly requirements: readonly Requirement[];
  readonly scenarios: readonly Scenario[];
  readonly views: readonly View[];
}

export interface Param {
  readonly name: string;
  readonly value: Value;
  readonly doc?: string;
  readonly span: Span;
  readonly nameSpan: Span;
}

/** A component (`server`, `cache`, …) or a container (`dataCenter`, `tier`, …): `kinds.ts` says which. */
export interface Component {
  readonly path: Path;
  readonly name: string;
  readonly kind: KindName;
  readonly title?: string;
  readonly doc?: string;
  /** Path of the container it is in. */
  readonly parent?: Path;
  /** Path of what it `extends`. */
  readonly extends?: Path;
  /**
   * Declared properties by name; those of a block have dotted names (`replication.mode`), and a block that is present has an entry
   * of its own whose value is of type `block`. Defaults are not filled in: see `access.ts`.
   */
  readonly properties: Readonly<Record<string, Property>>;
  /** The declaration. A copy made by `extends` points to the declaration it was copied from. */
  readonly span: Span;
  readonly nameSpan: Span;
  /** True if the text of this component stands elsewhere (it was copied by `extends`). */
  readonly inherited?: boolean;
  /** Rules silenced here by `// arch-ignore`. */
  readonly ignores?: readonly Suppression[];
}

export interface Property {
  readonly name: string;
  readonly value: Value;
  /** `name: value`, or the whole block. */
  readonly span: Span;
  readonly nameSpan: Span;
  readonly valueSpan: Span;
  readonly ignores?: readonly Suppression[];
}

export type Value =
  | { readonly type: 'quantity'; readonly dimension: Dimension; readonly amount: number }
  | { readonly type: 'range'; readonly dimension: Dimension; readonly from: number; readonly to: number }
  | { readonly type: 'string'; readonly text: string }
  | { readonly type: 'boolean'; readonly value: boolean }
  | { readonly type: 'word'; readonly word: string }
  | { readonly type: 'reference'; readonly path: Path }
  | { readonly type: 'list'; readonly items: readonly Value[] }
  | { readonly type: 'block' };

/** One direction of one arrow. `a -> b, c` makes two connections, `a <-> b` too. */
export interface Connection {
  /** Unique and stable: `from -> to`, with `#2` and so on for further ones between the same two. */
  readonly id: string;
  readonly from: Path;
  readonly to: Path;
  /** What flows; empty when the text says nothing (see `flows.ts` for what that means). */
  readonly flows: readonly Flow[];
  readonly properties: Readonly<Record<string, Property>>;
  /** Set on both connections that `<->` makes: the id of the other. */
  readonly opposite?: string;
  readonly doc?: string;
  readonly span: Span;
  readonly fromSpan: Span;
  readonly toSpan: Span;
  readonly inherited?: boolean;
  readonly ignores?: readonly Suppression[];
}

export interface Flow {
  readonly type: FlowType;
  /** Operations per request for `calls reads writes publishes static`; a fraction for `share`; absent for the others. */
  readonly amount?: number;
  readonly span: Span;
}

/** A class of requests: a share of what the users ask for, with its own service times and its own connections. */
export interface RequestClass {
  readonly name: string;
  readonly title?: string;
  readonly doc?: string;
  /** Fraction of the users' requests; the rest of the mix is the default class. */
  readonly share: number;
  /** Properties of this request class other than `share`. */
  readonly properties: Readonly<Record<string, Property>>;
  readonly overrides: readonly {
    readonly component: Path;
    readonly properties: Readonly<Record<string, Property>>;
    readonly span: Span;
  }[];
  /** These replace, for this class, the default connections of the same source. */
  readonly connections: readonly Connection[];
  readonly span: Span;
  readonly nameSpan: Span;
  readonly ignores?: readonly Suppression[];
}

export const metrics = [
  'p50',
  'p90',
  'p95',
  'p99',
  'p999',
  'mean',
  'throughput',
  'errors',
  'availability',
  'capacity',
  'utilization',
  'cost',
  'rpo',
  'rto',
  'backlog',
  'staleness',
] as const;
export type Metric = (typeof metrics)[number];
export const operators = ['<', '<=', '>', '>='] as const;
export type Operator = (typeof operators)[number];

export interface Requirement {
  readonly metric: Metric;
  /** What it is about: a component's path or a request class's name; the whole architecture when absent. */
  readonly of?: { readonly type: 'component' | 'request'; readonly name: string };
  readonly operator: Operator;
  /** The limit, in the canonical unit of the metric's dimension (see `metricDimensions`). */
  readonly limit: number;
  readonly span: Span;
  readonly limitSpan: Span;
  readonly ignores?: readonly Suppression[];
}

/** The dimension that the limit of a requirement has. Capacity counts users. */
export const metricDimensions: Readonly<Record<Metric, Dimension>> = {
  p50: 'time',
  p90: 'time',
  p95: 'time',
  p99: 'time',
  p999: 'time',
  mean: 'time',
  throughput: 'rate',
  errors: 'ratio',
  availability: 'ratio',
  capacity: 'count',
  utilization: 'ratio',
  cost: 'moneyRate',
  rpo: 'time',
  rto: 'time',
  backlog: 'count',
  staleness: 'time',
};

export interface Scenario {
  readonly name: string;
  readonly title?: string;
  readonly doc?: string;
  /** Seconds. */
  readonly duration: number;
  readonly load: Load;
  readonly events: readonly ScenarioEvent[];
  readonly requirements: readonly Requirement[];
  readonly span: Span;
  readonly nameSpan: Span;
}

export type Load =
  | { readonly type: 'peak' }
  | { readonly type: 'mean' }
  | { readonly type: 'rate'; readonly perSecond: number }
  | { readonly type: 'points'; readonly points: readonly { readonly at: number; readonly factor: number }[] };

/** Times are in seconds from the start of the scenario. */
export interface ScenarioEvent {
  readonly at: number;
  readonly lasts?: number;
  readonly action: Action;
  readonly span: Span;
}

export type Action =
  | {
      readonly type: 'fail';
      readonly target: Path;
      readonly what: 'all' | 'primary' | 'zone' | { readonly count: number };
    }
  | { readonly type: 'slow'; readonly target: Path; readonly factor: number }
  | { readonly type: 'flush'; readonly target: Path }
  | { readonly type: 'partition'; readonly target: Path; readonly from: Path }
  | { readonly type: 'surge'; readonly factor: number }
  | { readonly type: 'scale'; readonly target: Path; readonly to: number }
  | { readonly type: 'deploy'; readonly target: Path };

export interface View {
  readonly name: string;
  readonly title?: string;
  readonly doc?: string;
  readonly include?: readonly Path[];
  readonly exclude?: readonly Path[];
  readonly collapse?: readonly Path[];
  readonly direction?: 'right' | 'down' | 'left' | 'up';
  readonly scenario?: string;
  /** Seconds from the start of the scenario. */
  readonly at?: number;
  readonly span: Span;
  readonly nameSpan: Span;
}

/** `// arch-ignore rule: reason` above a declaration. */
export interface Suppression {
  readonly rule: string;
  readonly reason: string;
  readonly span: Span;
  /** The rule's id in the comment. */
  readonly ruleSpan: Span;
}
