import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Architecture } from '../../model/index.ts';
import { prepare } from '../network/prepare.ts';
import { solveState } from '../steady/closed.ts';
import { architecture, component, connect } from '../testing.ts';
import { type FailureModel, failureModel } from './domains.ts';
import { lossOf, type Working, works } from './evaluate.ts';
import { expectedLoss } from './expectation.ts';
import { workingOf } from './groups.ts';
import { type Needs, needsOf } from './structure.ts';

const fraction = fc.constantFrom(0.5, 0.9, 0.99, 1);

/** Balancers and servers in two data centers with zones, calling each other forwards, with parts shared in many ways. */
const design: fc.Arbitrary<Architecture> = fc
  .record({
    parts: fc.array(
      fc.record({
        balancer: fc.boolean(),
        availability: fraction,
        box: fc.integer({ min: -1, max: 1 }),
        replicas: fc.integer({ min: 1, max: 2 }),
      }),
      { minLength: 2, maxLength: 5 },
    ),
    arrows: fc.array(fc.tuple(fc.nat(4), fc.nat(4), fc.constantFrom(0.3, 1, 2)), { minLength: 3, maxLength: 8 }),
    zones: fc.integer({ min: 1, max: 2 }),
  })
  .map(({ parts, arrows, zones }) => {
    const paths = parts.map(({ box }, i) => (box < 0 ? `c${i}` : `dc${box}.c${i}`));
    const calls = arrows
      .map(([from, to, times]) => ({ from: from % parts.length, to: to % parts.length, times }))
      .filter(({ from, to }) => from < to);
    return architecture({
      components: [
        component('users', 'u', { rate: 1 }),
        component('dataCenter', 'dc0', { availability: 0.9, zones }),
        component('dataCenter', 'dc1', { availability: 0.8 }),
        ...parts.map(({ balancer, availability, replicas }, i) =>
          component(balancer ? 'loadBalancer' : 'server', paths[i]!, { availability, replicas }),
        ),
      ],
      connections: [
        connect('u', paths[0]!),
        ...calls.map(({ from, to, times }) =>
          connect(paths[from]!, paths[to]!, parts[from]!.balancer ? '' : `calls ${times}`),
        ),
      ],
    });
  });

describe('the mean loss', () => {
  test('is that of all states of all parts, one by one', () => {
    fc.assert(
      fc.property(design, (one) => {
        const { state } = solveState(prepare(one), { scale: 1, load: 'peak' });
        const model = failureModel(state);
        const needs = needsOf(state, state.network.streams[0]!);
        const { loss, omitted } = expectedLoss(needs, model, () => 0);
        expect(omitted).toBe(0);
        expect(loss).toBeCloseTo(lossByEnumeration(needs, model), 9);
      }),
      { numRuns: 200 },
    );
  });

  test('counts the states that it leaves out as lost, and says how many those are', () => {
    // Thirty hosts with two parts each: what happens with many of them at once is too much to go through.
    const hosts = Array.from({ length: 30 }, (_, i) => i);
    const many = architecture({
      components: [
        component('users', 'u', { rate: 1 }),
        component('server', 'app', { availability: 1 }),
        component('loadBalancer', 'lb', { availability: 1 }),
        ...hosts.flatMap((i) => [
          component('host', `h${i}`, { availability: 0.99 }),
          component('server', `h${i}.a`),
          component('server', `h${i}.b`),
        ]),
      ],
      connections: [
        connect('u', 'app'),
        connect('app', 'lb', 'calls 1'),
        ...hosts.flatMap((i) => [connect('lb', `h${i}.a`), connect('app', `h${i}.b`, 'calls 1')]),
      ],
    });
    const { state } = solveState(prepare(many), { scale: 1, load: 'peak' });
    const { loss, omitted } = expectedLoss(needsOf(state, state.network.streams[0]!), failureModel(state), () => 0);
    const truth = 1 - 0.99 ** 30;
    expect(omitted).toBeGreaterThan(0);
    expect(loss).toBeGreaterThanOrEqual(truth - 1e-12);
    expect(loss).toBeLessThanOrEqual(truth + omitted + 1e-12);
  });
});

/** All domains up or down, all groups working or not. */
function lossByEnumeration(needs: Needs, model: FailureModel): number {
  const up = new Uint8Array(model.domains.length);
  const working: Working[] = [];
  const down: Working = { full: 0, readOnly: 0, lost: 1 };
  const overGroups = (index: number, probability: number): number => {
    if (probability === 0) return 0;
    const group = model.groups[index];
    if (!group)
      return (
        probability *
        lossOf(
          needs,
          (station) => working[station]!,
          () => 0,
        )
      );
    const { full } = workingOf(group, up);
    working[index] = works;
    const good = overGroups(index + 1, probability * full);
    working[index] = down;
    return good + overGroups(index + 1, probability * (1 - full));
  };
  const overDomains = (index: number, probability: number): number => {
    const domain = model.domains[index];
    if (!domain) return overGroups(0, probability);
    const availability = domain.within.every((around) => up[around] === 1) ? domain.reliability.availability : 0;
    up[index] = 1;
    const good = overDomains(index + 1, probability * availability);
    up[index] = 0;
    return good + overDomains(index + 1, probability * (1 - availability));
  };
  return overDomains(0, 1);
}
