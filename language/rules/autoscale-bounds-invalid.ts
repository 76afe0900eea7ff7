import { declared, replicaRange } from '../../model/index.ts';
import { componentsOf, nameOf } from './query.ts';
import { defineRule } from './rule.ts';

export const autoscaleBoundsInvalid = defineRule({
  meta: {
    id: 'autoscale-bounds-invalid',
    title: 'Autoscaling without room',
    section: 'beyond',
    category: 'scaling',
    severity: 'warning',
    summary: 'A component has `autoscale`, but its number of replicas cannot change.',
    why: 'An autoscaler between equal bounds never acts, so the design counts on capacity that never comes. (A range without `autoscale` is an error of the language itself.)',
    howToFix: 'Declare both: `replicas: 2..20` and `autoscale { target: 60% }`.',
    sources: ['Microsoft Azure Well-Architected Framework, RE:06: scaling.'],
    since: '0.1.0',
  },
  check({ architecture }, report) {
    for (const component of componentsOf(architecture)) {
      const scales = declared(component, 'autoscale') !== undefined;
      const { from, to } = replicaRange(component);
      const name = nameOf(architecture, component);
      if (scales && from === to) {
        report({
          at: component,
          property: 'autoscale',
          message: `'${name}' has 'autoscale', but its number of replicas is fixed at ${from}.`,
        });
      }
    }
  },
  examples: {
    violates: [
      `
server app { replicas: 4, serviceTime: 10ms, autoscale { target: 60% } }
//                                           ^^^^^^^^^ warning: 'app' has 'autoscale', but its number of replicas is fixed at 4.
`,
      `
server app {
  serviceTime: 10ms
  autoscale { target: 60%, boot: 2min }
//^^^^^^^^^ warning: 'app' has 'autoscale', but its number of replicas is fixed at 1.
}
`,
    ],
    passes: [
      `
server app { replicas: 2..20, serviceTime: 10ms, autoscale { target: 60% } }
`,
      `
// Fixed, and nothing claims otherwise.
server app { replicas: 4, serviceTime: 10ms }
`,
    ],
  },
});
