/** Properties of connections. */
import { booleanOf, countOf, type PropertyTable, quantityOf, textOf, wordOf } from '../properties.ts';
import { encrypted } from './common.ts';

export const connection: PropertyTable = {
  timeout: quantityOf(
    'time',
    'After this the source gives up; by default the `timeout` of the target. The work goes on, nobody waits for it.',
    { example: 'timeout: 500ms' },
  ),
  retries: countOf('How often a call that failed or timed out is tried again.', { default: 0, min: 0 }),
  backoff: wordOf(
    {
      none: 'At once.',
      fixed: 'After a fixed pause.',
      exponential: 'After pauses that double.',
      jittered: 'After doubling pauses with a random part.',
    },
    'Pause before the next try.',
  ),
  pause: quantityOf('time', 'Pause of `backoff` before the first retry; with `jittered` the longest it may be.', {
    default: 0.1,
    source: 'initialBackoff of the examples in gRPC proposal A6, client retries (recalled).',
    example: 'pause: 50ms',
  }),
  parallel: booleanOf(
    'The source makes these calls at the same time as its other `parallel` calls, and waits for the last answer.',
    { default: false },
  ),
  circuitBreaker: booleanOf(
    'Calls stop for a while when too many fail (half of them), so that retries cannot keep the target overloaded.',
    { default: false },
  ),
  rateLimit: quantityOf('rate', 'The most requests per second that pass.', { example: 'rateLimit: 1000/s' }),
  pool: countOf('Connections that one replica of the source keeps; a call waits when all are in use.'),
  protocol: textOf('Protocol, such as "HTTPS" or "gRPC".'),
  encrypted,
  latency: quantityOf('time', 'Round-trip time of the network. By default from the regions and zones of both ends.', {
    example: 'latency: 2ms',
  }),
  payload: quantityOf('data', 'Mean size of request and answer together.', { example: 'payload: 20KB' }),
  mode: wordOf(
    { async: 'The source does not wait.', semiSync: 'The source waits for one.', sync: 'The source waits for all.' },
    'Of `replicates`: whether a write waits for the other side.',
  ),
  lag: quantityOf('time', 'Of `replicates`: how far the other side is behind.'),
  fallback: booleanOf('The source can answer without it when it is down.', { default: false }),
  idempotent: booleanOf('Doing it twice does no harm.'),
  label: textOf('Text on the arrow instead of the flow.'),
};

/** Properties of a request class. */
export const request: PropertyTable = {
  share: quantityOf('ratio', 'Share of the users’ requests.', { max: 1, example: 'share: 5%' }),
  payload: quantityOf('data', 'Mean size of request and answer together.'),
  priority: quantityOf(
    'count',
    'How urgent these requests are where the `discipline` is `priority` or `preemptivePriority`: the higher number first, as in Kubernetes and RabbitMQ. The default class has 0, and a negative number stands behind it.',
    { default: 0, min: -1000, max: 1000, integer: true, example: 'priority: 10' },
  ),
};

export const scenario: PropertyTable = {
  duration: quantityOf('time', 'How long it lasts.', {
    default: 3600,
    source: 'An assumption: one busy hour.',
    example: 'duration: 20m',
  }),
};
