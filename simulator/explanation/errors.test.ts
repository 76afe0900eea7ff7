/** What fails, place by place, adds up to what the simulation says fails. */
import { describe, expect, it } from 'vitest';
import { analyze, explain } from '../index.ts';
import { architecture, component, connect, type Parts, request } from '../testing.ts';
import { type Explanation, evaluate } from './explanation.ts';

function errors(parts: Parts, subject?: string): Explanation {
  const found = explain(architecture(parts), 'errors', subject);
  if ('why' in found) throw new Error(found.why);
  expect(evaluate(found)).toBeCloseTo(found.value, 9);
  return found;
}

const lines = ({ terms }: Explanation) =>
  terms.map(({ name, factors }) => [name, ...factors.map(({ value }) => value)]);

/** 100 requests per second to a server that does 100 and keeps one waiting: of M/M/1/2 at ρ = 1 one third is turned away. */
const bounded: Parts = {
  components: [component('users', 'u', { rate: 100 }), component('server', 'app', { serviceTime: 0.01, maxQueue: 1 })],
  connections: [connect('u', 'app')],
};

describe('errors', () => {
  it('of a full queue are the blocking probability, at the line of its length', () => {
    const found = errors(bounded, 'default');
    expect(found.value).toBeCloseTo(1 / 3, 9);
    expect(found.terms).toMatchObject([{ name: 'app', factors: [{ value: expect.closeTo(1 / 3, 9), span: {} }] }]);
    expect(errors(bounded).terms).toEqual(found.terms);
    const component = errors(bounded, 'app');
    expect(lines(component)).toEqual([['turned away', expect.closeTo(1 / 3, 9)]]);
  });

  it('of two places are those of the first, and of the second among what is left', () => {
    const found = errors({
      components: [
        ...bounded.components!,
        component('external', 'bank', { latency: 0.1 }),
        component('database', 'd', { readTime: 0.001 }),
      ],
      // Two thirds of the requests come so far, and 50 of them pass.
      connections: [
        ...bounded.connections!,
        connect('app', 'bank', 'calls 1', { rateLimit: 50 }),
        connect('app', 'd', 'reads 1'),
      ],
    });
    expect(lines(found)).toEqual([
      ['app', expect.closeTo(1 / 3, 6)],
      ['app -> bank', expect.closeTo(2 / 3, 6), expect.closeTo(1 - 50 / (200 / 3), 6)],
    ]);
    expect(found.value).toBeCloseTo(0.5, 6);
  });

  it('of overload are what cannot be done: 1 − 1/ρ', () => {
    const parts: Parts = {
      components: [component('users', 'u', { rate: 250 }), component('server', 'app', { serviceTime: 0.01 })],
      connections: [connect('u', 'app')],
    };
    expect(lines(errors(parts))).toEqual([['app', expect.closeTo(0.6, 9)]]);
    expect(lines(errors(parts, 'app'))).toEqual([['never done', expect.closeTo(0.6, 9)]]);
  });

  it('of answers that come too late are those after the last attempt: e^(−μt) for each of an M/M/1 at rest', () => {
    const parts: Parts = {
      components: [
        component('users', 'u', { rate: 0.001 }),
        component('server', 'app', { serviceTime: 0 }),
        component('server', 'slow', { serviceTime: 0.1 }),
      ],
      connections: [connect('u', 'app'), connect('app', 'slow', 'calls 1', { timeout: 0.2, retries: 1, latency: 0 })],
    };
    const found = errors(parts);
    expect(found.terms.map(({ name }) => name)).toEqual(['app -> slow']);
    expect(found.value / Math.exp(-4)).toBeCloseTo(1, 1);
  });

  it('of all classes are those of each, by their share', () => {
    const parts: Parts = { ...bounded, requests: [request('upload', 0.25, [], {})] };
    const found = errors(parts);
    expect(lines(found)).toEqual([
      ['default', 0.75, expect.closeTo(1 / 3, 6)],
      ['upload', 0.25, expect.closeTo(1 / 3, 6)],
    ]);
    expect(found.value).toBeCloseTo(analyze(architecture(parts)).solution.errors, 9);
  });

  it('are none, and that is said, where nothing fails', () => {
    const calm: Parts = {
      components: [component('users', 'u', { rate: 10 }), component('server', 'app', { serviceTime: 0.01 })],
      connections: [connect('u', 'app')],
    };
    expect(errors(calm)).toMatchObject({ value: 0, terms: [], notes: [expect.stringMatching(/^Nothing on the way/)] });
    expect(explain(architecture(calm), 'errors', 'u')).toEqual({ why: "'u' takes no requests." });
    expect(explain(architecture({}), 'errors')).toEqual({ why: 'Nobody asks for anything.' });
  });
});
