import { isInside, references } from '../../model/index.ts';
import { settingFix } from './fixes.ts';
import { componentsOf, nameOf, partsOf, quoted, servingDataCenters } from './query.ts';
import { defineRule } from './rule.ts';

export const deploysToSomeDataCenters = defineRule({
  meta: {
    id: 'deploys-to-some-data-centers',
    title: 'Deployment misses a data center',
    section: '1-9',
    category: 'observability',
    severity: 'warning',
    summary: 'Automated deployment reaches some data centers and leaves out others.',
    why: 'Services that are deployed by hand in one place and by machines in the others drift apart, and the difference shows on the day when all users are sent there.',
    howToFix: 'Name all data centers in `deploys`.',
    since: '0.1.0',
  },
  check({ architecture }, report) {
    const centers = servingDataCenters(architecture);
    const automations = componentsOf(architecture, 'automation');
    const deployed = automations.flatMap((it) => references(it, 'deploys'));
    const reaches = (path: string) => deployed.some((it) => isInside(path, it) || isInside(it, path));
    const missing = centers.filter(({ path }) => !reaches(path));
    const automation = automations.find((it) => references(it, 'deploys').length > 0);
    if (!automation || missing.length === 0 || missing.length === centers.length) return;
    const list = [...references(automation, 'deploys'), ...missing.map(({ path }) => path)].join(', ');
    const parts = missing.flatMap((center) => partsOf(architecture, center)).length;
    report({
      at: automation,
      property: 'deploys',
      message: `'${nameOf(architecture, automation)}' does not deploy to ${quoted(missing.map((it) => nameOf(architecture, it)))}, where ${parts} ${parts === 1 ? 'component has' : 'components have'} to be kept up to date by hand.`,
      fixes: [settingFix(architecture, automation, 'deploys', `[${list}]`)],
    });
  },
  examples: {
    violates: [
      `
users visitors { rate: 200/s }
dns domain { routing: geo }
dataCenter us {
  server app { replicas: 8, serviceTime: 10ms }
}
dataCenter eu extends us { }
visitors -> domain
domain -> us.app, eu.app
automation ship { builds: true, tests: true, deploys: [us] }
//                                           ^^^^^^^^^^^^^ warning: 'ship' does not deploy to 'eu', where 1 component has to be kept up to date by hand.
`,
      `
users visitors { rate: 200/s }
dns domain { routing: geo }
dataCenter us {
  server app { replicas: 8, serviceTime: 10ms }
}
dataCenter eu extends us { }
dataCenter asia extends us { }
visitors -> domain
domain -> us.app, eu.app, asia.app
automation ship {
  builds: true
  tests: true
  deploys: [eu.app, us]
//^^^^^^^^^^^^^^^^^^^^^ warning: 'ship' does not deploy to 'asia', where 1 component has to be kept up to date by hand.
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
automation ship { builds: true, tests: true, deploys: [us, eu] }
`,
      `
// It deploys nothing by itself yet.
users visitors { rate: 200/s }
dns domain { routing: geo }
dataCenter us {
  server app { replicas: 8, serviceTime: 10ms }
}
dataCenter eu extends us { }
visitors -> domain
domain -> us.app, eu.app
automation ship { builds: true, tests: true }
`,
    ],
  },
});
