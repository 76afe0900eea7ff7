import { automationFix, mainRoot, manyComponents, needsOperations } from './operations.ts';
import { componentsOf, ownComponents } from './query.ts';
import { defineRule } from './rule.ts';

export const noAutomation = defineRule({
  meta: {
    id: 'no-automation',
    title: 'No automation',
    section: '1-11',
    category: 'observability',
    severity: 'info',
    summary: 'A large design is built, tested and deployed by hand.',
    why: 'With many components and places, manual steps are forgotten in some of them, and problems of a change are found by users rather than by machines. The rule speaks from eight components that serve users or from two data centers on.',
    howToFix: 'Add an `automation` that builds, tests and deploys.',
    since: '0.1.0',
    options: {
      components: manyComponents,
    },
  },
  check({ architecture, option }, report) {
    if (!needsOperations(architecture, option('components')) || componentsOf(architecture, 'automation').length > 0)
      return;
    const at = mainRoot(architecture);
    if (!at) return;
    report({
      at,
      message: `Nothing builds, tests and deploys the ${ownComponents(architecture).length} components automatically.`,
      fixes: [automationFix(architecture)],
    });
  },
  examples: {
    violates: [
      `
users visitors { rate: 200/s }
dns domain { routing: geo }
dataCenter us {
//         ^^ info: Nothing builds, tests and deploys the 2 components automatically.
  server app { replicas: 8, serviceTime: 10ms }
}
dataCenter eu extends us { }
visitors -> domain
domain -> us.app, eu.app
`,
      `
users visitors { rate: 200/s }
loadBalancer lb { replicas: 2 }
//           ^^ info: Nothing builds, tests and deploys the 8 components automatically.
server web { replicas: 8, serviceTime: 10ms }
server api { replicas: 8, serviceTime: 10ms }
server mail { replicas: 2, serviceTime: 10ms }
database users { engine: dynamodb }
database orders { engine: dynamodb }
storage files { engine: s3 }
search index { engine: opensearchService }
visitors -> lb
lb -> web
web -> api : calls 1
api -> users, orders, files : reads 1
api -> index : reads 1
api -> mail : calls 0.1
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
automation ship { builds: true, tests: true, deploys: [us, eu] }
`,
      `
// Small enough to deploy by hand.
users visitors { rate: 20/s }
server app { serviceTime: 10ms }
database posts { engine: dynamodb }
visitors -> app
app -> posts : reads 3
`,
    ],
  },
});
