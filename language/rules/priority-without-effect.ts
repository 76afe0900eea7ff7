import { type Architecture, type Component, type RequestClass, word } from '../../model/index.ts';
import { settingFix } from './fixes.ts';
import { containerOf, nameOf, servingComponents, usersReach } from './query.ts';
import { defineRule } from './rule.ts';

export const priorityWithoutEffect = defineRule({
  meta: {
    id: 'priority-without-effect',
    title: 'A priority that changes nothing',
    section: 'beyond',
    category: 'promises',
    severity: 'warning',
    summary: 'Requests have a priority that no queue looks at, or a queue looks at priorities that are all the same.',
    why: 'Who declares a priority expects the urgent requests to stay fast when the rest is slow. Where every queue takes requests as they come, they wait with all the others; where all requests have the same priority, sorting them changes nothing.',
    howToFix:
      'Give the component where they wait `discipline: priority`, or `preemptivePriority` where it can interrupt; or declare the `priority` of the request classes that matter more, or less.',
    sources: ['Beyer et al., "Site Reliability Engineering", chapter 21: criticality of requests.'],
    since: '0.1.0',
  },
  check({ architecture }, report) {
    const sorting = architecture.components.filter(sortsByPriority);
    const ranked = architecture.requests.filter((request) => priorityOf(request) !== 0);
    if (sorting.length === 0)
      for (const request of ranked)
        report({
          at: request,
          property: 'priority',
          message: `'${request.name}' has priority ${priorityOf(request)}, but no component takes requests by priority.`,
          fixes: firstServer(architecture).map((component) =>
            settingFix(architecture, component, 'discipline', 'priority'),
          ),
        });
    if (ranked.length > 0) return;
    for (const component of sorting)
      report({
        at: component,
        property: 'discipline',
        message: `'${nameOf(architecture, component)}' takes requests by priority, but all of them have the same.`,
      });
  },
  examples: {
    violates: [
      `
users visitors { rate: 20/s }
server app { replicas: 2, serviceTime: 10ms, exposure: public }
visitors -> app
request checkout {
  share: 5%
  priority: 10
//^^^^^^^^^^^^ warning: 'checkout' has priority 10, but no component takes requests by priority.
}
`,
      `
users visitors { rate: 20/s }
server app { replicas: 2, serviceTime: 10ms, exposure: public, discipline: priority }
//                                                             ^^^^^^^^^^^^^^^^^^^^ warning: 'app' takes requests by priority, but all of them have the same.
visitors -> app
request checkout { share: 5% }
`,
    ],
    passes: [
      `
users visitors { rate: 20/s }
server app { replicas: 2, serviceTime: 10ms, exposure: public, discipline: priority }
visitors -> app
request checkout { share: 5%, priority: 10 }
`,
      `
// Reports stand behind everything else, on the one machine that both parts share.
users visitors { rate: 20/s }
host box {
  cores: 2
  discipline: preemptivePriority
  server app { serviceTime: 10ms, exposure: public }
}
visitors -> box.app
request report { share: 5%, priority: -1 }
`,
    ],
  },
});

function sortsByPriority(component: Component): boolean {
  const discipline = word(component, 'discipline');
  return discipline === 'priority' || discipline === 'preemptivePriority';
}

function priorityOf({ properties: { priority } }: RequestClass): number {
  return priority?.value.type === 'quantity' ? priority.value.amount : 0;
}

/** The first server that has cores of its own for the users' requests. */
function firstServer(architecture: Architecture): readonly Component[] {
  const servers = servingComponents(architecture, 'server');
  const found = servers.find(
    (server) => usersReach(architecture).has(server.path) && !containerOf(architecture, server, 'host'),
  );
  return found ? [found] : [];
}
