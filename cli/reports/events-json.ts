/** The document of `loadpath simulate --engine events --format json`, and its schema. */
import type { Latency } from '../../model/index.ts';
import type { Estimate, SimulatedLatency } from '../../simulator/index.ts';
import type { EventReport } from './events.ts';
import { JSON_VERSION, toJson } from './json.ts';
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
} from './schema.ts';

export function eventsJson({ file, architecture, simulation, steady, load }: EventReport): string {
  const { rate, throughput, errors, response, requests, components, ...rest } = simulation;
  const formulas = new Map(steady.components.map((component) => [component.path, component]));
  return toJson({
    version: JSON_VERSION,
    command: 'simulate',
    file,
    title: architecture.title,
    load,
    ...rest,
    rate: beside(rate, steady.rate),
    throughput: beside(throughput, steady.throughput),
    errors: beside(errors, steady.errors),
    response: latency(response, steady.response),
    requests: requests.map(({ name, ...request }) => {
      const formula = steady.requests.find((one) => one.name === name);
      return {
        name,
        answered: request.answered,
        rate: beside(request.rate, formula?.rate),
        errors: beside(request.errors, formula?.errors),
        response: latency(request.response, formula?.response),
      };
    }),
    components: components.map(({ path, ...component }) => {
      const formula = formulas.get(path);
      return {
        path,
        arrivalRate: beside(component.arrivalRate, formula?.arrivalRate),
        throughput: beside(component.throughput, formula?.throughput),
        refused: beside(component.refused, formula?.refused),
        resources: component.resources,
        waiting: component.waiting && beside(component.waiting, formula?.waiting),
        response: latency(component.response, formula?.response),
        inSystem: beside(component.inSystem, formula?.inSystem),
        queueLength: beside(component.queueLength),
      };
    }),
  });
}

/** The simulated figure, that of the formulas, and by which share of it they are apart. */
function beside({ value, halfWidth }: Estimate, formula?: number) {
  const difference = formula === undefined || value === 0 ? undefined : formula / value - 1;
  return { value, halfWidth, formula, difference: Number.isFinite(difference) ? difference : undefined };
}

function latency(simulated: SimulatedLatency | undefined, formula: Latency | undefined) {
  if (!simulated) return undefined;
  const { mean, p50, p90, p95, p99, p999 } = simulated;
  return {
    mean: beside(mean, formula?.mean),
    p50: beside(p50, formula?.p50),
    p90: beside(p90, formula?.p90),
    p95: beside(p95, formula?.p95),
    p99: beside(p99, formula?.p99),
    p999: beside(p999, formula?.p999),
  };
}

const estimate = (what: string) =>
  object(
    { value: number(what), halfWidth: unbounded('It is within so much of the value with 95 % confidence.') },
    what,
  );
const figure = (what: string) =>
  object(
    {
      value: number(what),
      halfWidth: unbounded('It is within so much of the value with 95 % confidence.'),
      'formula?': unbounded('What the steady state says of it.'),
      'difference?': number('Of the formula from the value, as a share of the value.'),
    },
    what,
  );
const latencies = object(
  {
    mean: figure('Mean, in seconds.'),
    p50: figure('Median, in seconds.'),
    p90: figure('90th percentile, in seconds.'),
    p95: figure('95th percentile, in seconds.'),
    p99: figure('99th percentile, in seconds.'),
    p999: figure('99.9th percentile, in seconds.'),
  },
  'Response time of what is answered. Percentiles are of the nearest rank, to 0.4 %.',
);

/** Schema of the report. */
export const eventsSchema = report('simulate --engine events', `A simulation request by request. ${UNITS}`, {
  ...figures,
  load: oneOf(['peak', 'mean'], 'The load that was simulated.'),
  seed: number('Of the random numbers; the same one gives the same document.'),
  replications: count('Independent runs whose results are merged.'),
  observed: count('Requests of users that were observed.'),
  seconds: seconds('Time in which they came, of all runs together'),
  warmUp: seconds('Time that each run was left alone before it was observed, the longest'),
  events: count('Events of all runs.'),
  ended: oneOf(
    ['precise', 'requests', 'idle', 'flooded'],
    'Precise enough, enough requests, no load, or more under way than can be kept.',
  ),
  precision: unbounded('Half of the interval of the mean response over the mean, of the class where it is largest.'),
  rate: figure('Requests per second.'),
  throughput: figure('Requests per second that are answered.'),
  errors: figure('Share of the requests that fails.'),
  'response?': latencies,
  requests: list(
    object({
      name: text('Request class.'),
      answered: count('Requests that were answered while they were observed.'),
      rate: figure('Requests per second.'),
      errors: figure('Share that fails or is refused.'),
      'response?': latencies,
    }),
    'By request class.',
  ),
  components: list(
    object({
      path: text('Qualified name.'),
      arrivalRate: figure('Operations per second that arrive, repeated tries included.'),
      throughput: figure('Operations per second that are served.'),
      refused: figure('Share of the arrivals that is refused.'),
      resources: list(
        object({
          resource,
          'part?': parts,
          utilization: estimate('Share in use, on average over time.'),
          available: number('How many there are.'),
          'waiting?': estimate('Mean wait for a thread or a connection, in seconds.'),
        }),
        'What it can run out of.',
      ),
      'waiting?': figure('Mean wait for a thread and a server, in seconds.'),
      'response?': latencies,
      inSystem: figure('Mean number of operations that wait or are served.'),
      queueLength: figure('Mean number of operations that wait.'),
    }),
    'In order of declaration, then hosts.',
  ),
  calls: list(
    object({
      id: text('Connection.'),
      rate: estimate('Calls per second, each with all its attempts.'),
      attempts: estimate('Attempts for each call.'),
      failures: estimate('Share of the calls that fail after the last attempt.'),
    }),
    'Calls with a time limit or retries.',
  ),
  accuracy: def('accuracy'),
  limits: list({ type: 'string' }, 'What the simulation does not know, or has assumed; sentences.'),
});
