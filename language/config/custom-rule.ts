/** A rule that a configuration declares: data, never code, so that opening a folder runs nothing. */
import type { FlowType, Severity } from '../../model/index.ts';

/** Components for which everything that is given holds. */
export interface Selector {
  /** Patterns for the whole path, see `path-pattern.ts`. */
  readonly path?: readonly string[];
  readonly kind?: readonly string[];
  /** Patterns for the name alone. */
  readonly name?: readonly string[];
  readonly tag?: readonly string[];
  /** A container around it. */
  readonly inside?: Selector;
  readonly properties?: readonly Condition[];
  readonly all?: readonly Selector[];
  readonly any?: readonly Selector[];
  readonly not?: Selector;
}

export const comparisons = ['=', '!=', '<', '<=', '>', '>=', 'in', 'exists'] as const;
export type Comparison = (typeof comparisons)[number];

export type Literal = string | number | boolean;

/** About one property of a component. */
export interface Condition {
  readonly property: string;
  readonly op: Comparison;
  /** A list with `in`; quantities as the language writes them. */
  readonly value: Literal | readonly Literal[];
}

export type Assertion =
  | Condition
  | { readonly all: readonly Assertion[] }
  | { readonly any: readonly Assertion[] }
  | { readonly not: Assertion };

/** Connections, or ways along several. */
export interface Link {
  readonly from?: Selector;
  readonly to?: Selector;
  /** Only connections that say that they carry one of these. */
  readonly flow?: readonly FlowType[];
  /** Along any number of connections, not one. */
  readonly reachable: boolean;
  /** Only ways through one of these. */
  readonly via?: Selector;
  /** Only ways through none of these. */
  readonly notVia?: Selector;
}

/** What has to hold. */
export type Demand =
  | ({ readonly type: 'forbid' | 'require' | 'allow' } & Link)
  | { readonly type: 'assert'; readonly assertion: Assertion }
  | { readonly type: 'count'; readonly min?: number; readonly max?: number }
  | { readonly type: 'path'; readonly from: Selector; readonly to: Selector; readonly maxDepth: number };

export interface CustomRule {
  readonly id: string;
  /** With `{{name}}` and the like, see `placeholders`. */
  readonly message: string;
  readonly severity: Severity;
  readonly doc?: string;
  /** What is looked at; everything if it is not given. */
  readonly select: Selector;
  readonly demand: Demand;
  readonly examples: { readonly violates: readonly string[]; readonly passes: readonly string[] };
}

/** What a message of each type of demand may contain. */
export const placeholders = {
  forbid: ['name', 'kind', 'from', 'to', 'path'],
  require: ['name', 'kind', 'from'],
  allow: ['name', 'kind', 'from', 'to'],
  assert: ['name', 'kind', 'property', 'value'],
  count: ['count'],
  path: ['name', 'kind', 'from', 'to', 'path', 'value'],
} as const satisfies Readonly<Record<Demand['type'], readonly string[]>>;
