import { describe, expect, test } from 'vitest';
import { nearest } from './nearest.ts';

describe('nearest', () => {
  test.each([
    ['databse', 'database'],
    ['Server', 'server'],
    ['cahce', 'cache'],
    ['loadbalancer', 'loadBalancer'],
    ['qeue', 'queue'],
  ])('%s means %s', (name, expected) => {
    expect(nearest(name, ['cache', 'database', 'loadBalancer', 'queue', 'server'])).toBe(expected);
  });

  test('what is not near stays unknown', () => {
    expect(nearest('zebra', ['cache', 'database', 'server'])).toBeUndefined();
    expect(nearest('x', ['cache'])).toBeUndefined();
    expect(nearest('', ['cache'])).toBeUndefined();
  });
});
