import { words } from '../../model/index.ts';
import { settingFix } from './fixes.ts';
import { componentsOf, nameOf } from './query.ts';
import { defineRule } from './rule.ts';

/** The three levels of the chapter, and what nobody sees without them. */
const LEVELS = {
  host: 'a single machine that is out of CPU, memory or disk',
  aggregate: 'how a whole tier is doing',
  business: 'whether users stay and buy',
} as const;

export const metricsLevelMissing = defineRule({
  meta: {
    id: 'metrics-level-missing',
    title: 'A level of metrics is missing',
    section: '1-11',
    category: 'observability',
    severity: 'info',
    summary: 'There are metrics, but not at all three levels: hosts, whole tiers, and the business.',
    why: 'Each level answers another question: a single machine that is ill, a tier that fills up, and users who leave although all machines are well.',
    howToFix: 'Declare `metrics: [host, aggregate, business]` and measure what is missing.',
    since: '0.1.0',
  },
  check({ architecture }, report) {
    const monitors = componentsOf(architecture, 'monitoring').filter((it) => words(it, 'metrics').length > 0);
    const measured = new Set(monitors.flatMap((it) => words(it, 'metrics')));
    const [monitor] = monitors;
    const missing = Object.entries(LEVELS).filter(([level]) => !measured.has(level));
    if (!monitor || missing.length === 0) return;
    const unseen = missing.map(([, what]) => what).join(', and ');
    report({
      at: monitor,
      property: 'metrics',
      message: `'${nameOf(architecture, monitor)}' does not show ${unseen}: ${missing.map(([level]) => `'${level}'`).join(' and ')} ${missing.length === 1 ? 'is' : 'are'} missing.`,
      fixes: [settingFix(architecture, monitor, 'metrics', '[host, aggregate, business]')],
    });
  },
  examples: {
    violates: [
      `
users visitors { rate: 20/s }
server app { serviceTime: 10ms }
database posts { engine: dynamodb }
visitors -> app
app -> posts : reads 3
monitoring watch { logs: central, metrics: [host, aggregate], watches: [app, posts] }
//                                ^^^^^^^^^^^^^^^^^^^^^^^^^^ info: 'watch' does not show whether users stay and buy: 'business' is missing.
`,
      `
users visitors { rate: 20/s }
server app { serviceTime: 10ms }
database posts { engine: dynamodb }
visitors -> app
app -> posts : reads 3
monitoring watch {
  logs: central
  metrics: [business]
//^^^^^^^^^^^^^^^^^^^ info: 'watch' does not show a single machine that is out of CPU, memory or disk, and how a whole tier is doing: 'host' and 'aggregate' are missing.
  watches: [app, posts]
}
`,
    ],
    passes: [
      `
users visitors { rate: 20/s }
server app { serviceTime: 10ms }
database posts { engine: dynamodb }
visitors -> app
app -> posts : reads 3
monitoring watch { logs: central, metrics: [host, aggregate, business], watches: [app, posts] }
`,
      `
// Two systems that together have all three levels.
users visitors { rate: 20/s }
server app { serviceTime: 10ms }
database posts { engine: dynamodb }
visitors -> app
app -> posts : reads 3
monitoring machines { logs: central, metrics: [host, aggregate], watches: [app, posts] }
monitoring sales { metrics: [business], watches: [app] }
`,
    ],
  },
});
