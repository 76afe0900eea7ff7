/** The shape of a row in the table of properties; the rows themselves are in `properties/`, the kinds that have them in `kinds.ts`. */
import type { KindName } from './kinds.ts';
import type { Dimension } from './units.ts';

export type PropertyType =
  /** A quantity; with `range` also `from..to`. */
  | { readonly type: 'quantity'; readonly dimension: Dimension; readonly range?: boolean }
  | { readonly type: 'boolean' }
  | { readonly type: 'string' }
  /** One of a few words, each with its documentation. */
  | { readonly type: 'enum'; readonly values: Readonly<Record<string, string>> }
  /** A name from the catalogue: an engine for this kind, an instance type. May be a bare word or a string. */
  | { readonly type: 'catalogue'; readonly table: 'engines' | 'instances' | 'regions' }
  /** A component or container of one of the named kinds; `words` are also allowed. */
  | {
      readonly type: 'reference';
      readonly kinds: readonly KindName[] | 'any';
      readonly words?: Readonly<Record<string, string>>;
    }
  | { readonly type: 'list'; readonly of: PropertyType }
  /** A bare name that is not a reference, such as a column (`key: user_id`). */
  | { readonly type: 'name' }
  | { readonly type: 'block'; readonly properties: Readonly<Record<string, PropertySpec>> };

export interface PropertySpec {
  readonly type: PropertyType;
  /** One or two sentences of Markdown. */
  readonly doc: string;
  /** What holds when nothing is declared: an amount in the canonical unit, a word, or a boolean. */
  readonly default?: number | string | boolean;
  /** Where the default comes from; every property with a numeric default other than 0 and 1 has it. */
  readonly source?: string;
  /** Inclusive bounds in the canonical unit. */
  readonly min?: number;
  readonly max?: number;
  /** True if only whole numbers make sense. */
  readonly integer?: boolean;
  /** An example of the whole property, as written. */
  readonly example?: string;
}

export type PropertyTable = Readonly<Record<string, PropertySpec>>;

type Options = Omit<PropertySpec, 'type' | 'doc'>;

/** A quantity of the given dimension, at least 0 unless the options say otherwise. */
export function quantityOf(dimension: Dimension, doc: string, options: Options = {}): PropertySpec {
  return { type: { type: 'quantity', dimension }, doc, ...(dimension === 'temperature' ? {} : { min: 0 }), ...options };
}

/** A whole number of at least `min` (1 unless given). */
export function countOf(doc: string, options: Options & { readonly range?: boolean } = {}): PropertySpec {
  const { range, ...rest } = options;
  return {
    type: { type: 'quantity', dimension: 'count', ...(range ? { range } : {}) },
    doc,
    min: 1,
    integer: true,
    ...rest,
  };
}

/** A fraction between 0 and 1. */
export function fractionOf(doc: string, options: Options = {}): PropertySpec {
  return { type: { type: 'quantity', dimension: 'ratio' }, doc, min: 0, max: 1, ...options };
}

export function wordOf(values: Readonly<Record<string, string>>, doc: string, options: Options = {}): PropertySpec {
  return { type: { type: 'enum', values }, doc, ...options };
}

export function booleanOf(doc: string, options: Options = {}): PropertySpec {
  return { type: { type: 'boolean' }, doc, ...options };
}

export function textOf(doc: string, options: Options = {}): PropertySpec {
  return { type: { type: 'string' }, doc, ...options };
}

export function listOf(of: PropertyType, doc: string, options: Options = {}): PropertySpec {
  return { type: { type: 'list', of }, doc, ...options };
}

export function blockOf(properties: PropertyTable, doc: string): PropertySpec {
  return { type: { type: 'block', properties }, doc };
}
