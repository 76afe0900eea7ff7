import type { Architecture, Component, Path } from '../../model/index.ts';
import { isAwaited, printWay } from './chains.ts';
import type { Wiring } from './graph.ts';
import { componentAt, componentsOf, outgoing, wiringOf } from './query.ts';
import { defineRule } from './rule.ts';

/** An assumption: a page behind which five services wait for each other. */
const DEEPEST = 4;

export const syncChainTooDeep = defineRule({
  meta: {
    id: 'sync-chain-too-deep',
    title: 'A long chain of calls',
    section: 'beyond',
    category: 'calls',
    severity: 'warning',
    summary: 'More than four services wait for each other in a row while the user waits for the first.',
    why: 'The times of all of them add up, and the request fails when any of them does: five services with 99.9% each leave 99.5%. Load balancers, caches and stores are not counted.',
    howToFix:
      'Merge services that cannot work alone, copy the data that is asked for, or let the rest be done through a queue.',
    sources: ['AWS Well-Architected, Reliability pillar, REL04-BP02: implement loosely coupled dependencies.'],
    since: '0.1.0',
    options: {
      most: { type: 'integer', description: 'Services in a row that are not reported.', default: DEEPEST, minimum: 1 },
    },
  },
  check({ architecture, option }, report) {
    const chain = deepest(architecture).flatMap((path) => componentAt(architecture, path) ?? []);
    const most = option('most');
    const last = chain.at(-1);
    if (!last || chain.length <= most) return;
    report({
      at: last,
      message: `Users wait for ${chain.length} services in a row (${printWay(architecture, chain)}), more than ${most}: their times and their failures add up.`,
    });
  },
  examples: {
    violates: [
      `
users visitors { rate: 20/s }
server a { serviceTime: 2ms }
server b { serviceTime: 2ms }
server c { serviceTime: 2ms }
server d { serviceTime: 2ms }
server e { serviceTime: 2ms }
//     ^ warning: Users wait for 5 services in a row (a → b → c → d → e), more than 4: their times and their failures add up.
visitors -> a
a -> b : calls 1
b -> c : calls 1
c -> d : calls 1
d -> e : calls 1
`,
      `
users visitors { rate: 20/s }
loadBalancer lb { replicas: 2 }
function gateway { serviceTime: 2ms }
server orders { replicas: 2, serviceTime: 2ms }
server prices { replicas: 2, serviceTime: 2ms }
server taxes { replicas: 2, serviceTime: 2ms }
external rates { latency: 20ms }
//       ^^^^^ warning: Users wait for 5 services in a row (gateway → orders → prices → taxes → rates), more than 4: their times and their failures add up.
visitors -> lb
lb -> gateway
gateway -> orders : calls 1
orders -> prices : calls 2
prices -> taxes : calls 1
taxes -> rates : calls 1 { timeout: 1s }
`,
    ],
    passes: [
      `
users visitors { rate: 20/s }
server a { serviceTime: 2ms }
server b { serviceTime: 2ms }
server c { serviceTime: 2ms }
server d { serviceTime: 2ms }
visitors -> a
a -> b : calls 1
b -> c : calls 1
c -> d : calls 1
`,
      `
// As many services, but side by side.
users visitors { rate: 20/s }
server a { serviceTime: 2ms }
server b { serviceTime: 2ms }
server c { serviceTime: 2ms }
server d { serviceTime: 2ms }
server e { serviceTime: 2ms }
visitors -> a
a -> b : calls 1
a -> c : calls 1
a -> d : calls 1
a -> e : calls 1
`,
    ],
  },
});

/** It follows from what is connected with what. */
function deepest(architecture: Architecture): readonly Path[] {
  const wiring = wiringOf(architecture);
  const found = known.get(wiring) ?? deepestIn(architecture);
  known.set(wiring, found);
  return found;
}

const known = new WeakMap<Wiring, readonly Path[]>();

/** Services in a row from one on, and the first of them. */
interface Row {
  readonly length: number;
  readonly service?: Path;
  readonly next?: Row;
}

/** The longest row of services that wait for each other behind any users; circles are cut. */
function deepestIn(architecture: Architecture): readonly Path[] {
  const rows = new Map<Path, Row>();
  const below = (component: Component): Row => {
    const found = rows.get(component.path);
    if (found) return found;
    rows.set(component.path, none);
    let longest = none;
    for (const connection of outgoing(architecture, component)) {
      const next = isAwaited(architecture, connection) ? componentAt(architecture, connection.to) : undefined;
      if (next) longest = longer(longest, below(next));
    }
    const own = ['server', 'function', 'workflow', 'external'].includes(component.kind);
    const row = own ? { length: longest.length + 1, service: component.path, next: longest } : longest;
    rows.set(component.path, row);
    return row;
  };
  const chain: Path[] = [];
  let row: Row | undefined = componentsOf(architecture, 'users').map(below).reduce(longer, none);
  for (; row?.service !== undefined; row = row.next) chain.push(row.service);
  return chain;
}

const none: Row = { length: 0 };

/** The first, if both are as long. */
function longer(one: Row, other: Row): Row {
  return other.length > one.length ? other : one;
}
