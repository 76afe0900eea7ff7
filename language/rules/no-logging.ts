import { word } from '../../model/index.ts';
import { settingFix } from './fixes.ts';
import { mainRoot, manyComponents, monitoringFix, needsOperations } from './operations.ts';
import { componentsOf, nameOf, ownComponents } from './query.ts';
import { defineRule } from './rule.ts';

export const noLogging = defineRule({
  meta: {
    id: 'no-logging',
    title: 'No central logs',
    section: '1-11',
    category: 'observability',
    severity: 'warning',
    summary: 'A large design does not collect its logs in one place.',
    why: 'An error that concerns several machines can only be understood when their logs can be searched together. On a handful of machines one can still look at each, so the rule speaks from eight components that serve users or from two data centers on.',
    howToFix: 'Add a `monitoring` with `logs: central`.',
    since: '0.1.0',
    options: {
      components: manyComponents,
    },
  },
  check({ architecture, option }, report) {
    const monitors = componentsOf(architecture, 'monitoring');
    if (!needsOperations(architecture, option('components')) || monitors.some((it) => word(it, 'logs') === 'central'))
      return;
    const parts = ownComponents(architecture).length;
    const [monitor] = monitors;
    const at = monitor ?? mainRoot(architecture);
    if (!at) return;
    report({
      at,
      ...(monitor ? { property: 'logs' } : {}),
      message: monitor
        ? `'${nameOf(architecture, monitor)}' does not collect the logs of ${parts} components in one place.`
        : `Nothing collects the logs of ${parts} components in one place.`,
      fixes: [monitor ? settingFix(architecture, monitor, 'logs', 'central') : monitoringFix(architecture)],
    });
  },
  examples: {
    violates: [
      `
users visitors { rate: 200/s }
dns domain { routing: geo }
dataCenter us {
//         ^^ warning: Nothing collects the logs of 2 components in one place.
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
monitoring watch {
  logs: perServer
//^^^^^^^^^^^^^^^ warning: 'watch' does not collect the logs of 2 components in one place.
  metrics: [host, aggregate, business]
  watches: [us, eu]
}
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
monitoring watch { logs: central, metrics: [host, aggregate, business], watches: [us, eu] }
`,
      `
// Small enough to look at each log.
users visitors { rate: 20/s }
server app { serviceTime: 10ms }
database posts { engine: dynamodb }
visitors -> app
app -> posts : reads 3
`,
    ],
  },
});
