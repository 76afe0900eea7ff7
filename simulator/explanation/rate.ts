/** Requests per second: of all users, or those that reach a component. */
import type { Analysis, Path } from '../../model/index.ts';
import { retriesAlong } from '../steady/call-results.ts';
import { linkRates } from '../steady/edges.ts';
import type { SolvedLoad } from '../steady/solve.ts';
import { computed, type ExplainedInput, type Explanation, type Unexplained } from './explanation.ts';

/** Of the whole, or of what reaches a component, connection by connection. */
export function explainRate(
  { actual, network }: SolvedLoad,
  { solution }: Analysis,
  subject: Path | undefined,
): Explanation | Unexplained {
  if (subject === undefined) {
    return {
      figure: 'rate',
      value: solution.rate,
      dimension: 'rate',
      formula: 'Σ requests of all users at peak',
      terms: solution.requests
        .filter(({ name }) => network.classes.some((one) => one.name === name))
        .map(({ name, rate: each }) => ({
          name,
          factors: [computed('rate', each, 'rate', 'users × requests × peak × share')],
        })),
      divisors: [],
      addsUpTo: 'figure',
      notes: [],
      accuracy: solution.loadAccuracy,
    };
  }
  const result = solution.components.find(({ path }) => path === subject);
  const index = network.indexOf.get(subject);
  if (
    !result ||
    index === undefined ||
    network.stations[index]!.component.kind === 'users' ||
    !(result.arrivalRate > 0)
  )
    return { why: `'${subject}' takes no requests.` };
  const rates = linkRates(actual);
  const all = [...network.architecture.connections, ...network.architecture.requests.flatMap((one) => one.connections)];
  const applied = (id: string) => all.find((one) => one.id === id)?.flows.some(({ type }) => type === 'replicates');
  const terms = network.connections.flatMap(({ id, to }, number) => {
    if (to !== index || rates[number] === 0 || applied(id)) return [];
    const span = all.find((one) => one.id === id)?.span;
    const { attempts = 1 } = retriesAlong(actual, number);
    const visits = rates[number]! / solution.rate / attempts;
    const factors: ExplainedInput[] = [
      computed('requests of the users', solution.rate, 'rate', 'at peak'),
      { name: 'operations for each', value: visits, dimension: 'count', ...(span ? { span } : {}) },
    ];
    if (attempts > 1)
      factors.push(computed('attempts for each', attempts, 'count', '(1 − f^(retries + 1)) ÷ (1 − f), a fixed point'));
    return [{ name: id, factors }];
  });
  const explained = terms.reduce(
    (sum, { factors }) => sum + factors.reduce((product, { value }) => product * value, 1),
    0,
  );
  const rest = result.arrivalRate - explained;
  if (Math.abs(rest) > 1e-9 * result.arrivalRate)
    terms.push({
      name: 'other',
      factors: [computed('rate', rest, 'rate', 'less or more than what the connections say')],
    });
  return {
    figure: 'rate',
    subject,
    value: result.arrivalRate,
    dimension: 'rate',
    formula: 'Σ over the connections that lead here: requests × operations for each (forced flow law)',
    terms,
    divisors: [],
    addsUpTo: 'figure',
    notes: [],
    accuracy: result.loadAccuracy,
  };
}
