import { items } from '../../model/index.ts';
import { settingFix } from './fixes.ts';
import { mainRoot, manyComponents, monitoringFix, needsOperations } from './operations.ts';
import { componentsOf, nameOf, ownComponents } from './query.ts';
import { defineRule } from './rule.ts';

export const noMetrics = defineRule({
  meta: {
    id: 'no-metrics',
    title: 'No metrics',
    section: '1-11',
    category: 'observability',
    severity: 'warning',
    summary: 'A large design measures nothing.',
    why: 'Without metrics nobody sees a tier fill up before it is full, or knows whether a change has helped. The rule speaks from eight components that serve users or from two data centers on.',
    howToFix: 'Add a `monitoring` with `metrics: [host, aggregate, business]`.',
    since: '0.1.0',
    options: {
      components: manyComponents,
    },
  },
  check({ architecture, option }, report) {
    const monitors = componentsOf(architecture, 'monitoring');
    if (!needsOperations(architecture, option('components')) || monitors.some((it) => items(it, 'metrics').length > 0))
      return;
    const parts = ownComponents(architecture).length;
    const [monitor] = monitors;
    const at = monitor ?? mainRoot(architecture);
    if (!at) return;
    report({
      at,
      ...(monitor ? { property: 'metrics' } : {}),
      message: monitor
        ? `'${nameOf(architecture, monitor)}' measures nothing of the ${parts} components that serve users.`
        : `Nothing measures the ${parts} components that serve users.`,
      fixes: [
        monitor
          ? settingFix(architecture, monitor, 'metrics', '[host, aggregate, business]')
          : monitoringFix(architecture),
      ],
    });
  },
  examples: {
    violates: [
      `
users visitors { rate: 200/s }
dns domain { routing: geo }
dataCenter us {
//         ^^ warning: Nothing measures the 2 components that serve users.
  server app { replicas: 8, serviceTime: 10ms }
}
dataCenter eu extends us { }
visitors -> domain
domain -> us.app, eu.app
`,
      `
users visitors { rate: 200/s }
dns domain { routing: geo }
dataCenter us {
  server app { replicas: 8, serviceTime: 10ms }
}
dataCenter eu extends us { }
visitors -> domain
domain -> us.app, eu.app
monitoring watch { logs: central, watches: [us, eu] }
//         ^^^^^ warning: 'watch' measures nothing of the 2 components that serve users.
`,
    ],
    passes: [
      `
users visitors { rate: 200/s }
dns domain { routing: geo }
dataCenter us {
  server app { replicas: 8, serviceTime: 10ms }
}
dataCenter eu extends us { }
visitors -> domain
domain -> us.app, eu.app
monitoring watch { logs: central, metrics: [host], watches: [us, eu] }
`,
      `
// Small enough to look at each machine.
users visitors { rate: 20/s }
server app { serviceTime: 10ms }
database posts { engine: dynamodb }
visitors -> app
app -> posts : reads 3
`,
    ],
  },
});
