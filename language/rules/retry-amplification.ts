import { type Architecture, amount, type Component, type Connection, type Path } from '../../model/index.ts';
import { isAwaited } from './chains.ts';
import { allConnections, componentAt, incoming } from './query.ts';
import { defineRule } from './rule.ts';

/** Two layers of three attempts make nine. An assumption: more than eightfold load on what is failing already. */
const MOST = 8;

export const retryAmplification = defineRule({
  meta: {
    id: 'retry-amplification',
    title: 'Retries on top of retries',
    section: 'beyond',
    category: 'calls',
    severity: 'warning',
    summary: 'Several layers of a chain of calls try again, and their attempts multiply.',
    why: 'If each of three layers makes three attempts, the lowest gets 27 calls for one request, just when it cannot answer. One layer that tries again is enough; the others pass the failure on.',
    howToFix: 'Try again in one layer only, best in the one right above what fails, or limit the share of retries.',
    sources: ['Beyer et al., "Site Reliability Engineering", chapter 22: retries.'],
    since: '0.1.0',
    options: {
      most: {
        type: 'integer',
        description: 'Attempts of one request at the end of a chain that are not reported.',
        default: MOST,
        minimum: 1,
      },
    },
  },
  check({ architecture, option }, report) {
    const most = option('most');
    const chainInto = worstChains(architecture);
    for (const last of allConnections(architecture)) {
      if (attemptsOf(last) < 2 || !isAwaited(architecture, last)) continue;
      const source = componentAt(architecture, last.from);
      if (!source) continue;
      const chain = [...chainInto(source), last];
      const attempts = product(chain);
      if (chain.length < 2 || attempts <= most) continue;
      report({
        at: last,
        property: 'retries',
        message: `One request may become ${attempts} calls of '${last.to}': ${chain.length} layers try again (${chain.map(attemptsOf).join(' × ')}).`,
        related: chain
          .filter((it) => it !== last)
          .map((at) => ({ message: `Here are ${attemptsOf(at)} attempts.`, at, property: 'retries' })),
      });
    }
  },
  examples: {
    violates: [
      `
users visitors { rate: 20/s }
server app { serviceTime: 10ms }
server api { serviceTime: 10ms }
database posts { engine: dynamodb }
visitors -> app
app -> api : calls 1 { timeout: 5s, retries: 2, backoff: jittered }
api -> posts : reads 1 { timeout: 1s, retries: 2, backoff: jittered }
//                                    ^^^^^^^^^^ warning: One request may become 9 calls of 'posts': 2 layers try again (3 × 3).
`,
      `
users visitors { rate: 20/s }
server app { serviceTime: 10ms }
server api { serviceTime: 10ms }
server core { serviceTime: 10ms }
external payments { latency: 100ms }
visitors -> app
app -> api : calls 1 { timeout: 50s, retries: 1, backoff: jittered }
api -> core : calls 1 { timeout: 20s, retries: 1, backoff: jittered }
core -> payments : calls 1 { timeout: 2s, retries: 3, backoff: jittered }
//                                        ^^^^^^^^^^ warning: One request may become 16 calls of 'payments': 3 layers try again (2 × 2 × 4).
`,
    ],
    passes: [
      `
users visitors { rate: 20/s }
server app { serviceTime: 10ms }
server api { serviceTime: 10ms }
database posts { engine: dynamodb }
visitors -> app
app -> api : calls 1 { timeout: 5s }
api -> posts : reads 1 { timeout: 1s, retries: 3, backoff: jittered }
`,
      `
// The queue takes the first attempts out of the way.
users visitors { rate: 20/s }
server app { serviceTime: 10ms }
server api { serviceTime: 10ms }
queue jobs { engine: sqs, deadLetter: true }
worker sender { replicas: 2, serviceTime: 10ms, idempotent: true }
external mails { latency: 50ms }
visitors -> app
app -> api : calls 1 { timeout: 5s, retries: 2, backoff: jittered }
api -> jobs : publishes 1
jobs -> sender
sender -> mails : calls 1 { timeout: 1s, retries: 3, backoff: jittered }
`,
    ],
  },
});

function attemptsOf(connection: Connection): number {
  return (amount(connection, 'retries') ?? 0) + 1;
}

/** For each component the calls that lead to it whose attempts multiply to the most; circles are cut. */
function worstChains(architecture: Architecture): (component: Component) => readonly Connection[] {
  const known = new Map<Path, readonly Connection[]>();
  const into = (component: Component): readonly Connection[] => {
    const found = known.get(component.path);
    if (found) return found;
    known.set(component.path, []);
    let worst: readonly Connection[] = [];
    for (const connection of incoming(architecture, component)) {
      const source = isAwaited(architecture, connection) && componentAt(architecture, connection.from);
      if (!source) continue;
      const chain = attemptsOf(connection) > 1 ? [...into(source), connection] : into(source);
      if (product(chain) > product(worst)) worst = chain;
    }
    known.set(component.path, worst);
    return worst;
  };
  return into;
}

function product(chain: readonly Connection[]): number {
  return chain.reduce((all, connection) => all * attemptsOf(connection), 1);
}
