/** JSON Schemas (draft-07) of the JSON reports, beside the code that writes them; `npm run docs` writes them to `docs/schema/`. */
import { severities } from '../../model/index.ts';
import { eventsSchema } from './events-json.ts';
import { diffSchema } from './questions/difference-json.ts';
import { explainSchema } from './questions/explanation.ts';
import { failSchema } from './questions/failures-json.ts';
import { growSchema } from './questions/growth-json.ts';
import { planSchema } from './questions/plan-json.ts';
import { reshardSchema } from './questions/resharding.ts';
import { scenarioSchema } from './scenario-json.ts';
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
  requirements,
  resource,
  type Schema,
  seconds,
  text,
  UNITS,
  unbounded,
} from './schema.ts';

const finding = {
  rule: text('Id of the rule, or of the kind of problem.'),
  severity: oneOf(severities, 'How bad it is.'),
  message: text('One sentence.'),
  'subject?': text('Path of the component, or id of the connection, that it is about.'),
  place: def('place'),
  related: list(object({ message: text('One sentence.'), place: def('place') }), 'Other places that are involved.'),
  fixes: list(
    object({ title: text('What it does.'), preferred: { type: 'boolean', description: 'The one to take.' } }),
    'Changes that remove the finding.',
  ),
};

const component = object({
  path: text('Qualified name.'),
  arrivalRate: number('Operations per second that arrive.'),
  throughput: number('Of these, per second: done here.'),
  rates: object({
    calls: number('Per second.'),
    reads: number('Per second.'),
    writes: number('Per second.'),
    static: number('Per second.'),
    messages: number('Per second.'),
  }),
  'utilization?': unbounded('The highest of its resources, as a fraction.'),
  resources: list(
    object({
      resource,
      utilization: unbounded('Fraction of what is there; above 1, demand exceeds it.'),
      available: unbounded('Units that are there: cores, bytes per second, threads, requests per second, bytes.'),
      'part?': parts,
    }),
    'Everything it can run out of.',
  ),
  'waiting?': seconds('Mean time until service'),
  'response?': def('latency'),
  'inSystem?': unbounded('Mean number of requests here.'),
  refused: number('Fraction of the arrivals that is refused.'),
  'hitRatio?': number('Of caches and CDNs: share answered here.'),
  'backlogGrowth?': number('Of queues: messages per second that pile up.'),
  'saturatesAt?': unbounded('Multiple of the load at which the first of its resources saturates.'),
  'replicasNeeded?': unbounded('Replicas that the load needs.'),
  accuracy: def('accuracy'),
  loadAccuracy: def('accuracy'),
});

const solution = object(
  {
    users: number('Users of all sources.'),
    rate: number('Requests per second.'),
    throughput: number('Requests per second that are answered.'),
    errors: number('Fraction of the requests that fails.'),
    response: def('latency'),
    requests: list(
      object({
        name: text('Of the request class; `default` is the rest of the mix.'),
        rate: number('Requests per second.'),
        response: def('latency'),
        errors: number('Fraction that fails.'),
        breakdown: list(
          object({ path: text('Component.'), seconds: seconds('Of the mean') }),
          'Where the mean time goes, the largest part first.',
        ),
        accuracy: def('accuracy'),
      }),
      'By request class.',
    ),
    components: list(component, 'In order of declaration.'),
    connections: list(
      object({
        id: text('`from -> to`.'),
        rate: number('Operations per second.'),
        visits: number('Operations per request of the users.'),
        'attempts?': number('Attempts for each call, where some are tried again.'),
        'failures?': number('Share of the calls that have failed or timed out after the last attempt.'),
      }),
      'In order of declaration.',
    ),
    accuracy: def('accuracy'),
    loadAccuracy: def('accuracy'),
  },
  'The steady state under the load.',
);

const availability = object({
  value: number('Fraction of time for which the whole serves its users.'),
  downtime: number('Seconds a year.'),
  requests: list(object({ name: text('Request class.'), value: number('Fraction.') }), 'By request class.'),
  contributions: list(
    object({
      path: text('Component.'),
      unavailability: number('Fraction of time lost by it.'),
      why: text('The reason.'),
    }),
    'The worst first.',
  ),
  singlePoints: list(
    object({ path: text('Component.'), lost: number('Share of the requests lost while it is down.') }),
    'Failures that alone lose requests.',
  ),
  accuracy: def('accuracy'),
});

const recoveryFigure = (what: string) =>
  object(
    {
      'seconds?': seconds('Absent where too little is declared'),
      why: text('What decides it, or why it is not known.'),
      'store?': text('The store that decides it.'),
    },
    what,
  );
const recovery = list(
  object({
    path: text('A data store or a data center.'),
    kind: oneOf(['store', 'dataCenter'], 'Of a store its primary machine is lost, of a data center all of it.'),
    rpo: recoveryFigure('The latest writes that are lost.'),
    rto: recoveryFigure('Until another machine or data center serves.'),
  }),
  'What the loss of each data store and each data center costs.',
);

const bandwidth = (what: string) => object({ in: number('Bytes per second.'), out: number('Bytes per second.') }, what);
const envelope = object(
  {
    storage: list(
      object({
        path: text('A data store, or a queue that keeps messages.'),
        writes: number('Writes or messages per second, at the mean load.'),
        copies: count('Replicas that each keep all of it.'),
        'perYear?': number('Bytes that are added in a year; absent where the size of a write is not known.'),
        'perYearInAll?': number('The same in all copies.'),
        'now?': number('Bytes stored now, in one copy.'),
        'inAYear?': number('Bytes stored after a year, in all copies.'),
        'retained?': number('Of a queue: bytes sent within its retention, in all copies.'),
      }),
      'Storage that is needed.',
    ),
    traffic: object({
      edge: object(
        { peak: number('Bytes per second.'), mean: number('Bytes per second.') },
        'Between the users and the system.',
      ),
      places: list(
        object({
          path: text('A data center, or a component.'),
          peak: bandwidth('At peak.'),
          mean: bandwidth('On average.'),
        }),
        'Of a data center across its border; of a component with its callers (in) and with what it calls (out).',
      ),
      unknown: list({ type: 'string' }, 'Connections that carry something of unknown size, which is not counted.'),
    }),
    memory: list(
      object({
        path: text('A cache.'),
        readsPerDay: number('At the mean load.'),
        itemSize: number('Bytes.'),
        needed: number('Bytes of the working set.'),
        'contents?': number('Bytes of everything that is ever asked for.'),
        'available?': number('Bytes that it has.'),
        'hitRatio?': number('Share of the reads that a memory of the needed size answers.'),
      }),
      'Memory that is needed.',
    ),
  },
  'Storage, bandwidth and memory that the load needs, by rates and declared sizes.',
);

const energy = object(
  {
    places: list(
      object({
        'path?': text('The data center; absent for what is in none.'),
        power: number('Mean electrical power of machines and disks, in watts.'),
        pue: number('Power usage effectiveness of the building.'),
        pueFrom: oneOf(['declared', 'provider', 'average'], 'Where it comes from.'),
        energy: number('Kilowatt-hours a year, the building included.'),
        'intensity?': number('Kilograms of CO2 equivalent for a kilowatt-hour of the grid there.'),
        'carbon?': number('Kilograms of CO2 equivalent a year.'),
        'saving?': object(
          {
            temperature: number('Degrees Celsius, as declared.'),
            to: number('The upper end of the recommended range.'),
            least: number('Kilowatt-hours a year.'),
            most: number('Kilowatt-hours a year.'),
          },
          'What a warmer inlet would save.',
        ),
      }),
      'Data centers in their order, then what is in none of them.',
    ),
    energy: number('Kilowatt-hours a year.'),
    'carbon?': number('Kilograms of CO2 equivalent a year, where the grid is known.'),
    unknown: list({ type: 'string' }, 'Components whose machines are not known.'),
    accuracy: def('accuracy'),
  },
  'Electricity of machines and disks, and the carbon dioxide of making it.',
);

const cost = object({
  perHour: number('USD per hour; a month has 730 hours.'),
  lines: list(
    object({
      path: text('Component.'),
      perHour: number('USD per hour.'),
      why: text('How it was computed.'),
      'source?': text('Id of the source of the price.'),
    }),
    'What it consists of.',
  ),
  unknown: list({ type: 'string' }, 'Components whose price is not known.'),
});

/** By the name of the command; `scenario` is that of `simulate --scenario`, `events` that of `simulate --engine events`. */
export const schemas: Readonly<Record<string, Schema>> = {
  check: report('check', `Findings, and the figures of each architecture. ${UNITS}`, {
    files: list({ type: 'string' }, 'Relative paths of all files that were checked.'),
    findings: list(object(finding), 'Sorted by file, line, column and rule.'),
    suppressed: list(
      object({ ...finding, reason: text('What the comment says.') }),
      'What would have been found without `arch-ignore` comments.',
    ),
    notEvaluated: list(
      object({
        rule: text('Id.'),
        subject: text('Path of the component.'),
        missing: list({ type: 'string' }, 'Properties that it would need.'),
      }),
      'What could not be judged because the file does not say enough.',
    ),
    architectures: list(
      object({
        ...figures,
        headline: text('The figures in one line.'),
        users: number('Declared.'),
        rate: number('Requests per second at peak.'),
        response: def('latency'),
        errors: number('Fraction of the requests that fails.'),
        capacity: def('capacity'),
        availability: number('Fraction of time.'),
        costPerHour: number('USD per hour; a month has 730 hours.'),
        requirements,
      }),
      'One for each root file that declares load.',
    ),
    summary: object({
      files: count('Files checked.'),
      errors: count('Findings of that severity.'),
      warnings: count('Findings of that severity.'),
      infos: count('Findings of that severity.'),
      suppressed: count('Findings silenced by comments.'),
      'inBaseline?': count('Findings that the baseline knows.'),
      'stale?': count('Findings of the baseline that are not there any more.'),
    }),
  }),
  simulate: report('simulate', `The steady state and what follows from it. ${UNITS}`, {
    ...figures,
    load: oneOf(['peak', 'mean'], 'The load that was solved for.'),
    solution,
    capacity: def('capacity'),
    availability,
    recovery,
    envelope,
    energy,
    cost,
    requirements,
    storms: list(
      object({
        path: text('Component.'),
        utilization: unbounded('As it is.'),
        during: unbounded('As long as retries beget retries.'),
      }),
      'What retries would keep overloaded after a disturbance.',
    ),
  }),
  capacity: report('capacity', `How much load it carries, and what breaks in which order. ${UNITS}`, {
    ...figures,
    capacity: def('capacity'),
    requirements,
  }),
  scenario: scenarioSchema,
  events: eventsSchema,
  fail: failSchema,
  grow: growSchema,
  diff: diffSchema,
  plan: planSchema,
  reshard: reshardSchema,
  explain: explainSchema,
};
