import { describe, expect, it } from 'vitest';
import { kindNames, kindOf, propertySpec } from './kinds.ts';
import { connection } from './properties/connections.ts';
import type { PropertySpec, PropertyTable } from './properties.ts';
import { parseQuantity } from './units.ts';

/** Every row of every table, with a name to show. */
function* rows(): Generator<[string, PropertySpec]> {
  for (const kind of kindNames) yield* rowsOf(kind, kindOf(kind).properties);
  yield* rowsOf('connection', connection);
}

function* rowsOf(owner: string, table: PropertyTable): Generator<[string, PropertySpec]> {
  for (const [name, spec] of Object.entries(table)) {
    yield [`${owner}.${name}`, spec];
    if (spec.type.type === 'block') yield* rowsOf(`${owner}.${name}`, spec.type.properties);
  }
}

describe('the table of kinds', () => {
  it('documents every kind and property in whole sentences', () => {
    const poor = [...rows()].filter(([, spec]) => !/^[A-Z0-9].*\.$/s.test(spec.doc)).map(([name]) => name);
    expect(poor).toEqual([]);
    expect(kindNames.filter((kind) => !kindOf(kind).doc.endsWith('.'))).toEqual([]);
  });

  it('names the source of every numeric default that is not 0 or 1', () => {
    const unexplained = [...rows()].filter(
      ([, { default: value, source }]) => typeof value === 'number' && value !== 0 && value !== 1 && !source,
    );
    expect(unexplained.map(([name]) => name)).toEqual([]);
  });

  it('has defaults within the bounds and among the words', () => {
    const wrong = [...rows()].filter(([, { type, default: value, min, max }]) => {
      if (typeof value === 'number')
        return value < (min ?? Number.NEGATIVE_INFINITY) || value > (max ?? Number.POSITIVE_INFINITY);
      return typeof value === 'string' && type.type === 'enum' && !Object.hasOwn(type.values, value);
    });
    expect(wrong.map(([name]) => name)).toEqual([]);
  });

  it('has examples that name the property and give a value of its dimension', () => {
    for (const [name, { example, type }] of rows()) {
      if (!example) continue;
      const [property, value = ''] = example.split(/: (.*)/s);
      expect(property, name).toBe(name.split('.').at(-1));
      if (type.type === 'quantity' && !value.includes('..')) {
        const quantity = parseQuantity(value);
        const dimension = 'error' in quantity ? quantity.error : quantity.dimension;
        expect([type.dimension, 'count'], name).toContain(dimension);
      }
    }
  });

  it('finds properties inside blocks, and nothing that JavaScript objects happen to have', () => {
    expect(propertySpec('database', 'sharding.key')?.type.type).toBe('name');
    expect(propertySpec('database', 'constructor')).toBeUndefined();
    expect(propertySpec('database', 'sharding.toString')).toBeUndefined();
    expect(propertySpec('cache', 'sharding.key')).toBeUndefined();
  });
});
