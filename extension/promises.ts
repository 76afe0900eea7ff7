/** The promises of a file as a list of tests: what they are called, where they stand, and how they stand. */
import type { PromisesResult } from '../language/protocol.ts';
import { formatMetric, formatMoment, formatRequirement, type Requirement, type Span } from '../model/index.ts';

/** One test, or a scenario with the tests in it. */
export interface PromiseTest {
  /** Unique in its file as long as the text stays the same. */
  readonly id: string;
  readonly label: string;
  readonly span: Span;
  /** Absent for a scenario. */
  readonly outcome?: Outcome;
  readonly children: readonly PromiseTest[];
}

/** `unknown` promises cannot be judged. */
export type Outcome =
  | { readonly state: 'kept' }
  | { readonly state: 'broken'; readonly message: string; readonly actual: string; readonly expected: string }
  | { readonly state: 'unknown'; readonly message: string };

/** Every `require` of a file, those of scenarios below them. */
export function testsOf({ requirements, scenarios }: PromisesResult): readonly PromiseTest[] {
  const own = requirements.map(({ requirement, value, holds, why }) =>
    promise('', requirement, outcomeOf(requirement, { value, holds, why })),
  );
  const played = scenarios.map(({ name, title = name, nameSpan, requirements: verdicts }): PromiseTest => {
    const children = verdicts.map(({ requirement, worst, holds, broken, why }) => {
      const when = broken.map(({ from, to }) => `from ${formatMoment(from)} to ${formatMoment(to)}`).join(', ');
      return promise(`${name}/`, requirement, outcomeOf(requirement, { value: worst, holds, why, when }));
    });
    return { id: `scenario ${name}`, label: title, span: nameSpan, children };
  });
  return [...own, ...played];
}

function promise(prefix: string, requirement: Requirement, outcome: Outcome): PromiseTest {
  const label = formatRequirement(requirement);
  return {
    id: `${prefix}${label} ${requirement.span.start.offset}`,
    label,
    span: requirement.span,
    outcome,
    children: [],
  };
}

interface Judged {
  readonly value: number | undefined;
  readonly holds: boolean | undefined;
  readonly why: string | undefined;
  /** From when to when it is broken. */
  readonly when?: string;
}

function outcomeOf(requirement: Requirement, { value, holds, why, when }: Judged): Outcome {
  if (holds === undefined || value === undefined)
    return { state: 'unknown', message: `It cannot be judged: ${why ?? 'too little is known'}.` };
  if (holds) return { state: 'kept' };
  const { metric, operator, limit } = requirement;
  const print = (amount: number) => formatMetric(metric, amount);
  const during = when ? `, broken ${when}` : '';
  return {
    state: 'broken',
    message: `${metric} is ${print(value)}, but ${operator} ${print(limit)} is required${during}.`,
    actual: print(value),
    expected: `${operator} ${print(limit)}`,
  };
}
