/** The difference between two models: what was changed, and what that does to capacity, response times, availability and cost. */
import type { Analysis, Architecture, Bottleneck, Dimension, Requirement } from '../../model/index.ts';
import { analyze } from '../analyze.ts';
import { type Change, changesOf, requirementSubject } from './changes.ts';

/** One figure before and after. */
export interface FigureChange {
  readonly figure: 'users' | 'capacity' | 'rate' | 'p50' | 'p99' | 'errors' | 'availability' | 'cost';
  /** The request class; absent for the whole. */
  readonly request?: string;
  readonly dimension: Dimension;
  /** Which way is up: undefined where neither is better, as for the load itself. */
  readonly better?: 'higher' | 'lower';
  readonly before?: number;
  readonly after?: number;
  /** How it has changed, beyond what can be told apart. */
  readonly trend: 'same' | 'better' | 'worse' | 'different';
}

/** A promise and whether it is kept. */
export interface PromiseChange {
  readonly requirement: Requirement;
  readonly subject: string;
  readonly before?: { readonly value?: number; readonly holds?: boolean };
  readonly after?: { readonly value?: number; readonly holds?: boolean };
  /** `broken` if it held, or was not there, and does not hold now. */
  readonly trend: 'same' | 'kept' | 'broken' | 'removed';
}

/** Everything that differs. */
export interface Difference {
  readonly changes: readonly Change[];
  readonly figures: readonly FigureChange[];
  readonly bottleneck: { readonly before?: Bottleneck; readonly after?: Bottleneck };
  readonly promises: readonly PromiseChange[];
  readonly before: Analysis;
  readonly after: Analysis;
}

/** Relative change of a figure below which it counts as the same. */
export const NOTICEABLE = 0.001;

/** The difference between two architectures at their own peak loads. Never throws. */
export function differenceOf(before: Architecture, after: Architecture): Difference {
  const [old, now] = [analyze(before), analyze(after)];
  const [first, last] = [old.capacity.bottlenecks[0], now.capacity.bottlenecks[0]];
  return {
    changes: changesOf(before, after),
    figures: figuresOf(old, now),
    bottleneck: { ...(first ? { before: first } : {}), ...(last ? { after: last } : {}) },
    promises: promisesOf(old, now),
    before: old,
    after: now,
  };
}

/** True if a figure other than the cost is worse. More machines cost more; whether that is worth it is not a matter of better or worse. */
export function isRegression({ figure, trend }: FigureChange): boolean {
  return trend === 'worse' && figure !== 'cost';
}

function figuresOf(before: Analysis, after: Analysis): readonly FigureChange[] {
  const [old, now] = [before.solution, after.solution];
  const names = [...new Set([...now.requests, ...old.requests].map(({ name }) => name))];
  const request = (solution: typeof old, name: string) =>
    solution.requests.find((one) => one.name === name && one.rate > 0);
  return [
    figure({ figure: 'users', dimension: 'count' }, old.users, now.users),
    figure({ figure: 'rate', dimension: 'rate' }, old.rate, now.rate),
    before.capacity.declaredUsers > 0 || after.capacity.declaredUsers > 0
      ? figure(
          { figure: 'capacity', dimension: 'count', better: 'higher' },
          before.capacity.users,
          after.capacity.users,
        )
      : figure({ figure: 'capacity', dimension: 'rate', better: 'higher' }, before.capacity.rate, after.capacity.rate),
    figure({ figure: 'p50', dimension: 'time', better: 'lower' }, old.response.p50, now.response.p50),
    figure({ figure: 'p99', dimension: 'time', better: 'lower' }, old.response.p99, now.response.p99),
    ...(names.length > 1
      ? names.flatMap((name) =>
          (['p50', 'p99'] as const).map((quantile) =>
            figure(
              { figure: quantile, request: name, dimension: 'time', better: 'lower' },
              request(old, name)?.response[quantile],
              request(now, name)?.response[quantile],
            ),
          ),
        )
      : []),
    figure({ figure: 'errors', dimension: 'ratio', better: 'lower' }, old.errors, now.errors),
    figure(
      { figure: 'availability', dimension: 'ratio', better: 'higher' },
      before.availability.value,
      after.availability.value,
    ),
    figure({ figure: 'cost', dimension: 'moneyRate', better: 'lower' }, before.cost.perHour, after.cost.perHour),
  ];
}

function figure(
  what: Pick<FigureChange, 'figure' | 'request' | 'dimension' | 'better'>,
  before: number | undefined,
  after: number | undefined,
): FigureChange {
  return {
    ...what,
    ...(before === undefined ? {} : { before }),
    ...(after === undefined ? {} : { after }),
    trend: trendOf(what, before, after),
  };
}

function trendOf(
  { figure: name, better }: Pick<FigureChange, 'figure' | 'better'>,
  before: number | undefined,
  after: number | undefined,
): FigureChange['trend'] {
  if (before === after || before === undefined || after === undefined) return before === after ? 'same' : 'different';
  // Of many nines the missing part is what differs.
  const [old, now] = name === 'availability' ? [1 - before, 1 - after] : [before, after];
  const largest = Math.max(Math.abs(old), Math.abs(now));
  if (Number.isFinite(largest) && Math.abs(now - old) <= NOTICEABLE * largest) return 'same';
  if (!better) return 'different';
  return after > before === (better === 'higher') ? 'better' : 'worse';
}

function promisesOf(before: Analysis, after: Analysis): readonly PromiseChange[] {
  const keyed = ({ requirements }: Analysis) => {
    const found = new Map<string, Analysis['requirements'][number]>();
    for (const result of requirements) {
      const subject = requirementSubject(result.requirement);
      let key = subject;
      for (let number = 2; found.has(key); number++) key = `${subject}#${number}`;
      found.set(key, result);
    }
    return found;
  };
  const [old, now] = [keyed(before), keyed(after)];
  const keys = [...now.keys(), ...[...old.keys()].filter((key) => !now.has(key))];
  return keys.map((key) => {
    const [was, is] = [old.get(key), now.get(key)];
    return {
      requirement: (is ?? was)!.requirement,
      subject: key,
      ...(was ? { before: resultOf(was) } : {}),
      ...(is ? { after: resultOf(is) } : {}),
      trend: promiseTrend(was?.holds, is?.holds, is === undefined),
    };
  });
}

function resultOf({ value, holds }: Analysis['requirements'][number]) {
  return { ...(value === undefined ? {} : { value }), ...(holds === undefined ? {} : { holds }) };
}

function promiseTrend(
  before: boolean | undefined,
  after: boolean | undefined,
  removed: boolean,
): PromiseChange['trend'] {
  if (removed) return 'removed';
  if (after === false && before !== false) return 'broken';
  return after === true && before === false ? 'kept' : 'same';
}
