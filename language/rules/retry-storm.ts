import { type Architecture, amount, type Connection, flag, formatPercent, type Path } from '../../model/index.ts';
import { isAwaited } from './chains.ts';
import { allConnections, carriesRequests, componentAt, nameOf } from './query.ts';
import { defineRule } from './rule.ts';

export const retryStorm = defineRule({
  meta: {
    id: 'retry-storm',
    title: 'A storm of retries that does not end',
    section: 'beyond',
    category: 'calls',
    severity: 'warning',
    summary: 'Once disturbed, a component stays overloaded by nothing but retries.',
    why: 'While a component is slow, callers give up and try again, and it does the work of every attempt although nobody waits for the answer any more. With enough attempts that alone is more than it can do: it stays slow after whatever disturbed it has gone, until somebody takes the load away. The share of work with every attempt made is computed at the declared load; it is reported from 100% on.',
    howToFix: 'Declare `circuitBreaker: true`, try fewer times, or leave enough room for all attempts.',
    sources: [
      'Bronson et al., "Metastable failures in distributed systems", HotOS 2021.',
      'Beyer et al., "Site Reliability Engineering", chapter 22: addressing cascading failures.',
    ],
    since: '0.1.0',
  },
  check({ architecture, analysis }, report) {
    for (const { path, utilization, during } of analysis.storms) {
      const component = componentAt(architecture, path);
      if (!component) continue;
      const name = nameOf(architecture, component);
      const retried = retriedWaysTo(architecture, path);
      const open = retried.filter((connection) => flag(connection, 'circuitBreaker') !== true);
      report({
        at: component,
        message:
          utilization >= 1
            ? `Retries overload '${name}': ${formatPercent(during)} busy with all attempts.`
            : `After a disturbance retries keep '${name}' overloaded: ${formatPercent(during)} busy instead of ${formatPercent(utilization)}.`,
        related: retried.map((at) => ({
          message: `Here a call is tried up to ${(amount(at, 'retries') ?? 0) + 1} times.`,
          at,
          property: 'retries',
        })),
        fixes:
          open.length === 0 || utilization >= 1
            ? []
            : [
                {
                  title: `Set 'circuitBreaker: true' on ${open.map(({ from, to }) => `'${from} -> ${to}'`).join(', ')}`,
                  edits: open.map(({ id }) => ({
                    type: 'setConnectionProperty' as const,
                    connection: id,
                    name: 'circuitBreaker',
                    value: 'true',
                  })),
                },
              ],
      });
    }
  },
  examples: {
    violates: [
      `
users visitors { rate: 50/s }
server app { serviceTime: 1ms }
server api { serviceTime: 10ms }
//     ^^^ warning: After a disturbance retries keep 'api' overloaded: 150% busy instead of 51%.
visitors -> app
app -> api : calls 1 { timeout: 80ms, retries: 2, backoff: jittered }
`,
      `
users visitors { rate: 80/s }
server app { serviceTime: 1ms }
server api { serviceTime: 10ms }
//     ^^^ warning: Retries overload 'api': 160% busy with all attempts.
visitors -> app
app -> api : calls 1 { timeout: 40ms, retries: 1, backoff: exponential }
`,
    ],
    passes: [
      `
// The breaker opens, and the load goes away.
users visitors { rate: 50/s }
server app { serviceTime: 1ms }
server api { serviceTime: 10ms }
visitors -> app
app -> api : calls 1 { timeout: 80ms, retries: 2, backoff: jittered, circuitBreaker: true }
`,
      `
// There is room for all attempts.
users visitors { rate: 30/s }
server app { serviceTime: 1ms }
server api { serviceTime: 10ms }
visitors -> app
app -> api : calls 1 { timeout: 80ms, retries: 2, backoff: jittered }
`,
    ],
  },
});

/** The calls with retries whose work reaches a component. */
function retriedWaysTo(architecture: Architecture, path: Path): readonly Connection[] {
  const all = allConnections(architecture).filter(carriesRequests);
  return all.filter(
    (connection) =>
      (amount(connection, 'retries') ?? 0) > 0 &&
      isAwaited(architecture, connection) &&
      leadsTo(all, connection.to, path),
  );
}

function leadsTo(all: readonly Connection[], from: Path, goal: Path): boolean {
  const seen = new Set<Path>([from]);
  for (const path of seen) {
    if (path === goal) return true;
    for (const connection of all) if (connection.from === path) seen.add(connection.to);
  }
  return false;
}
