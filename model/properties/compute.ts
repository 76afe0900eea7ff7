/** Properties of what does work: servers, workers, functions, workflows. */
import { booleanOf, countOf, fractionOf, type PropertyTable, quantityOf } from '../properties.ts';

export const server: PropertyTable = {
  sessions: {
    type: {
      type: 'reference',
      kinds: ['cache', 'database', 'storage'],
      words: { none: 'No session state at all.', local: 'In the server’s own memory: the tier is stateful.' },
    },
    doc: 'Where the users’ session state is kept: `none`, `local`, or the store that keeps it.',
    example: 'sessions: sessionStore',
  },
  staticTime: quantityOf('time', 'Mean CPU time of one request for a static file on one core.', {
    default: 13.5e-6,
    source: 'NGINX serves 74,091 requests of 1 KB per second and core (F5, 2017): 1 / 74,091 s.',
    example: 'staticTime: 50us',
  }),
  threads: countOf(
    'Requests that one replica handles at the same time; a request holds its thread while it waits for an answer.',
  ),
  timeout: quantityOf('time', 'After this the client gives up.', { example: 'timeout: 2s' }),
  maxQueue: countOf('Requests that may wait for one replica; further ones are refused.', { min: 0 }),
};

export const worker: PropertyTable = {
  threads: server.threads!,
  batch: countOf('Messages taken at once.', { default: 1 }),
  idempotent: booleanOf('Handling a message twice does no harm.'),
};

export const serverlessFunction: PropertyTable = {
  engine: {
    type: { type: 'catalogue', table: 'engines' },
    doc: 'Product from the catalogue.',
    example: 'engine: lambda',
  },
  concurrency: countOf('Executions at the same time.', {
    default: 1000,
    source: 'Default quota of AWS Lambda per region (AWS Lambda developer guide).',
  }),
  coldStart: quantityOf('time', 'Extra time of an execution that needs a new environment.', { default: 0 }),
  coldRatio: fractionOf('Share of the executions that need a new environment.', { default: 0 }),
  timeout: server.timeout!,
  idempotent: worker.idempotent!,
};

export const workflow: PropertyTable = {
  engine: {
    type: { type: 'catalogue', table: 'engines' },
    doc: 'Product from the catalogue.',
    example: 'engine: stepFunctions',
  },
  retries: countOf('How often a failed step is tried again.', { default: 0, min: 0 }),
  steps: countOf('Steps of one run.', { default: 1 }),
};

export const external: PropertyTable = {
  latency: quantityOf('time', 'Mean time until it answers.', { example: 'latency: 120ms' }),
  availability: fractionOf('Its availability, from its contract.', { example: 'availability: 99.9%' }),
  rateLimit: quantityOf('rate', 'The most requests per second that it accepts.', { example: 'rateLimit: 100/s' }),
  variability: quantityOf('ratio', 'Coefficient of variation of its latency.', { default: 1, max: 100 }),
  price: quantityOf('moneyRate', 'What it costs.', { example: 'price: $500/month' }),
};
