import { type Architecture, type Component, isContainer, isDeclared, isInside, references } from '../../model/index.ts';
import { settingFix } from './fixes.ts';
import { componentAt, componentsOf, nameOf, ownComponents, partsOf, quoted } from './query.ts';
import { defineRule } from './rule.ts';

export const componentNotMonitored = defineRule({
  meta: {
    id: 'component-not-monitored',
    title: 'Something that serves users is not watched',
    section: '1-11',
    category: 'observability',
    severity: 'warning',
    summary: 'There is monitoring, but it does not watch something that serves users.',
    why: 'A failure or an overload there is first noticed by the users. Where there is no monitoring at all, see `no-metrics` and `no-logging`.',
    howToFix: 'Add it, or a container around it, to `watches`.',
    since: '0.1.0',
  },
  check({ architecture }, report) {
    const monitors = componentsOf(architecture, 'monitoring');
    const monitor = monitors.find((it) => isDeclared(it, 'watches')) ?? monitors[0];
    if (!monitor) return;
    const watched = monitors.flatMap((it) => references(it, 'watches'));
    const missing = ownComponents(architecture).filter(({ path }) => !watched.some((it) => isInside(path, it)));
    const forgotten = outermost(architecture, missing);
    const list = [...references(monitor, 'watches'), ...forgotten.map(({ path }) => path)].join(', ');
    const name = nameOf(architecture, monitor);
    const title = `Let '${name}' watch ${quoted(forgotten.map((it) => nameOf(architecture, it)))}`;
    for (const at of forgotten) {
      report({
        at,
        message: `'${name}' does not watch '${nameOf(architecture, at)}', which serves users.`,
        related: [{ message: 'What is watched is listed here.', at: monitor, property: 'watches' }],
        // All at once: fixes of one list each for itself would undo each other.
        fixes: [
          {
            ...settingFix(architecture, monitor, 'watches', `[${list}]`),
            title,
          },
        ],
      });
    }
  },
  examples: {
    violates: [
      `
users visitors { rate: 20/s }
server app { serviceTime: 10ms }
database posts { engine: dynamodb }
//       ^^^^^ warning: 'watch' does not watch 'posts', which serves users.
monitoring watch { logs: central, metrics: [host, aggregate, business], watches: [app] }
visitors -> app
app -> posts : reads 3
`,
      `
// Nothing in the second data center is watched: one finding for all of it.
users visitors { rate: 20/s }
dns domain { routing: geo }
dataCenter us {
  loadBalancer lb { replicas: 2 }
  server app { replicas: 2, serviceTime: 10ms }
  lb -> app
}
dataCenter eu extends us { }
//         ^^ warning: 'watch' does not watch 'eu', which serves users.
visitors -> domain
domain -> us.lb, eu.lb
monitoring watch { logs: central, metrics: [host, aggregate, business], watches: [us] }
`,
    ],
    passes: [
      `
users visitors { rate: 20/s }
tier everything {
  server app { serviceTime: 10ms }
  database posts { engine: dynamodb }
}
monitoring watch { logs: central, metrics: [host, aggregate, business], watches: [everything] }
visitors -> everything.app
everything.app -> everything.posts : reads 3
`,
      `
// What is not watched does not serve users.
users visitors { rate: 20/s }
server app { serviceTime: 10ms }
server experiment { serviceTime: 10ms }
monitoring watch { logs: central, metrics: [host, aggregate, business], watches: [app] }
visitors -> app
experiment -> app : calls 1
`,
    ],
  },
});

/** Containers of which nothing is watched stand for their parts, so that a forgotten data center is one finding. */
function outermost(architecture: Architecture, missing: readonly Component[]): readonly Component[] {
  const paths = new Set(missing.map(({ path }) => path));
  const own = new Set(ownComponents(architecture).map(({ path }) => path));
  const forgotten = new Map<string, boolean>();
  const isForgotten = (container: Component): boolean => {
    const known = forgotten.get(container.path);
    if (known !== undefined) return known;
    const answer = partsOf(architecture, container).every(({ path }) => paths.has(path) || !own.has(path));
    forgotten.set(container.path, answer);
    return answer;
  };
  const stands = (component: Component): Component => {
    const parent = component.parent === undefined ? undefined : componentAt(architecture, component.parent);
    return parent && isContainer(parent.kind) && isForgotten(parent) ? stands(parent) : component;
  };
  return [...new Set(missing.map(stands))];
}
