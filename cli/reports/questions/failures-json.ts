/** The document of `loadpath fail --format json`, and its schema. */
import { type FailureImpact, type FailureSweep, failureKinds } from '../../../simulator/index.ts';
import { JSON_VERSION, placeJson, requirementJson, toJson } from '../json.ts';
import {
  count,
  def,
  figures,
  list,
  number,
  object,
  oneOf,
  parts,
  report,
  resource,
  seconds,
  text,
  UNITS,
  unbounded,
} from '../schema.ts';
import type { Sources } from '../sources.ts';
import type { FailureReport } from './failures.ts';

export function failJson({ file, architecture, sweep, load, sources }: FailureReport): string {
  const { singles, pairs, pairsTried } = sweep;
  const all = (impacts: FailureSweep['singles']) => impacts.map((impact) => impactJson(impact, sources));
  return toJson({
    version: JSON_VERSION,
    command: 'fail',
    file,
    title: architecture.title,
    load,
    singles: all(singles),
    pairs: pairs && all(pairs),
    pairsTried,
  });
}

function impactJson({ broken, blame, ...impact }: FailureImpact, sources: Sources) {
  return {
    ...impact,
    broken: broken.map((requirement) => requirementJson(requirement, sources)),
    blame: blame && { path: blame.path, why: blame.why, place: placeJson(blame.span, sources) },
  };
}

const share = (what: string) => number(`Share of the requests, between 0 and 1: ${what}.`);
const failure = object({
  kind: oneOf(failureKinds, 'What fails.'),
  path: text('The component or container.'),
  'zone?': count('Which of the zones that a data center counts, from 1.'),
});
const impact = object({
  failures: list(failure, 'What is gone: one thing or two.'),
  lost: share('lost once everything that can take over has done so'),
  requests: list(object({ name: text('Request class.'), lost: share('lost of this class') }), 'By request class.'),
  lostAtFirst: share('lost until routers and failover have reacted'),
  reactsIn: seconds('Until then'),
  repairedIn: seconds('Until what failed is back'),
  overloaded: list(
    object({
      path: text('The component.'),
      resource,
      'part?': parts,
      utilization: unbounded('Demand over what is left.'),
      until: oneOf(['booted', 'repaired'], 'What ends it: replicas that an autoscaler starts, or the repair.'),
      lasts: seconds('Until then'),
    }),
    'What the survivors cannot carry, the worst first.',
  ),
  broken: list(def('requirement'), 'Promises that held and do not hold any more.'),
  'dataLoss?': object({
    path: text('The store.'),
    'seconds?': seconds('Writes that are gone if what failed never comes back; absent if no copy is declared'),
    'why?': text('Why it is not known.'),
  }),
  'blame?': object({ path: text('The component.'), why: text('One sentence.'), place: def('place') }),
});

/** Schema of the report. */
export const failSchema = report('fail', `Every single failure and what it does. ${UNITS}`, {
  ...figures,
  load: oneOf(['peak', 'mean'], 'The load at which things fail.'),
  singles: list(impact, 'Every single failure, the worst first.'),
  'pairs?': list(impact, 'Pairs that do more harm than either of the two alone, the worst first.'),
  'pairsTried?': count('How many pairs there are.'),
});
