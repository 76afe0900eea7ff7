import {
  amount,
  type Component,
  digits,
  formatRate,
  formatTime,
  isDeclared,
  type Requirement,
  word,
} from '../../model/index.ts';
import { resultOf } from './figures.ts';
import { settingFix } from './fixes.ts';
import { isManaged, nameOf, servingComponents } from './query.ts';
import { defineRule, type RuleContext } from './rule.ts';

export const promotionLosesData = defineRule({
  meta: {
    id: 'promotion-loses-data',
    title: 'Promotion loses more than is allowed',
    section: '1-5',
    category: 'data',
    severity: 'warning',
    summary: 'A replica that may be promoted is further behind than `require rpo` allows.',
    why: 'With asynchronous replication a replica may not have the latest writes. When it is promoted, they are gone: the lag times the rate of the writes. The rule speaks only where an RPO is required and the lag is declared; what a provider runs is left to its contract.',
    howToFix:
      'Let the primary wait for one replica (`replication { mode: semiSync }`), reduce the lag, or relax the requirement.',
    since: '0.1.0',
  },
  check(context, report) {
    const { architecture, notEvaluated } = context;
    const promises = architecture.requirements.filter(
      ({ metric, operator }) => metric === 'rpo' && operator[0] === '<',
    );
    if (promises.length === 0) return;
    for (const database of servingComponents(architecture, 'database')) {
      if (isManaged(database) || (amount(database, 'readReplicas') ?? 0) < 1) continue;
      if (word(database, 'failover.mode') === 'none' || (word(database, 'replication.mode') ?? 'async') !== 'async')
        continue;
      const promise = strictest(promises, database);
      if (!promise) continue;
      if (!isDeclared(database, 'replication.lag')) {
        notEvaluated(database, 'replication.lag');
        continue;
      }
      const lag = amount(database, 'replication.lag') ?? 0;
      if (lag <= promise.limit) continue;
      report({
        at: database,
        property: 'replication.lag',
        message: `Promoting a replica of '${nameOf(architecture, database)}' loses the writes of the last ${formatTime(lag)}${lostWrites(context, database, lag)}, but the RPO is ${formatTime(promise.limit)}.`,
        related: [{ message: 'This much may be lost.', at: promise }],
        fixes: [settingFix(architecture, database, 'replication.mode', 'semiSync')],
      });
    }
  },
  examples: {
    violates: [
      `
users visitors { rate: 200/s }
server app { serviceTime: 2ms }
database posts {
  engine: mysql
  readReplicas: 1
  replication { mode: async, lag: 5s }
//                           ^^^^^^^ warning: Promoting a replica of 'posts' loses the writes of the last 5 s (500 of them at 100/s), but the RPO is 1 s.
  failover { mode: automatic }
}
visitors -> app
app -> posts : reads 3, writes 0.5
require rpo < 1s
`,
      `
users visitors { rate: 200/s }
server app { serviceTime: 2ms }
database posts { engine: mysql, readReplicas: 1, replication { lag: 2s }, failover { mode: automatic } }
database carts { engine: mysql, readReplicas: 1, replication { lag: 2s }, failover { mode: automatic } }
//                                                             ^^^^^^^ warning: Promoting a replica of 'carts' loses the writes of the last 2 s (400 of them at 200/s), but the RPO is 500 ms.
visitors -> app
app -> posts : reads 3
app -> carts : writes 1
require rpo of carts <= 500ms
`,
    ],
    passes: [
      `
users visitors { rate: 200/s }
server app { serviceTime: 2ms }
database posts {
  engine: mysql
  readReplicas: 1
  replication { mode: semiSync, lag: 5s }
  failover { mode: automatic }
}
visitors -> app
app -> posts : reads 3, writes 0.5
require rpo < 1s
`,
      `
// As far behind, but nobody has promised anything.
users visitors { rate: 200/s }
server app { serviceTime: 2ms }
database posts { engine: mysql, readReplicas: 1, replication { lag: 50s }, failover { mode: automatic } }
visitors -> app
app -> posts : reads 3, writes 0.5
`,
    ],
  },
});

function strictest(promises: readonly Requirement[], { path }: Component): Requirement | undefined {
  const own = promises.filter(({ of }) => !of || of.name === path);
  return own.toSorted((a, b) => a.limit - b.limit)[0];
}

function lostWrites({ analysis }: RuleContext, database: Component, lag: number): string {
  const writes = resultOf(analysis, database)?.rates.writes ?? 0;
  return writes > 0 ? ` (${digits(writes * lag)} of them at ${formatRate(writes)})` : '';
}
