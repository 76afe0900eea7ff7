import { flag, items } from '../../model/index.ts';
import { settingFix } from './fixes.ts';
import { componentsOf, nameOf } from './query.ts';
import { defineRule } from './rule.ts';

export const deploysWithoutTests = defineRule({
  meta: {
    id: 'deploys-without-tests',
    title: 'Deployment without tests',
    section: '1-11',
    category: 'observability',
    severity: 'warning',
    summary: 'Changes are built or deployed by machines, but nothing tests them.',
    why: 'Automation without tests carries a mistake to every machine faster than a person could. Continuous integration verifies each change first.',
    howToFix: 'Test each change before it is deployed, and declare `tests: true`.',
    since: '0.1.0',
  },
  check({ architecture }, report) {
    const automations = componentsOf(architecture, 'automation');
    if (automations.some((it) => flag(it, 'tests'))) return;
    for (const automation of automations) {
      const deploys = items(automation, 'deploys').length > 0;
      if (!deploys && !flag(automation, 'builds')) continue;
      report({
        at: automation,
        property: 'tests',
        message: `'${nameOf(architecture, automation)}' ${deploys ? 'deploys' : 'builds'} changes that nothing has tested.`,
        fixes: [settingFix(architecture, automation, 'tests', 'true')],
      });
    }
  },
  examples: {
    violates: [
      `
users visitors { rate: 20/s }
server app { serviceTime: 10ms }
database posts { engine: dynamodb }
visitors -> app
app -> posts : reads 3
automation ship { builds: true, deploys: [app] }
//         ^^^^ warning: 'ship' deploys changes that nothing has tested.
`,
      `
users visitors { rate: 20/s }
server app { serviceTime: 10ms }
database posts { engine: dynamodb }
visitors -> app
app -> posts : reads 3
automation ship {
  builds: true
  tests: false
//^^^^^^^^^^^^ warning: 'ship' builds changes that nothing has tested.
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
automation ship { builds: true, tests: true, deploys: [app] }
`,
      `
// One system tests, another deploys.
users visitors { rate: 20/s }
server app { serviceTime: 10ms }
database posts { engine: dynamodb }
visitors -> app
app -> posts : reads 3
automation verify { builds: true, tests: true }
automation ship { deploys: [app] }
`,
    ],
  },
});
