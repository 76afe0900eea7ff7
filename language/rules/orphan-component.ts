import type { Architecture, Component, Path, Value } from '../../model/index.ts';
import { componentsOf, incoming, nameOf, outgoing } from './query.ts';
import { defineRule } from './rule.ts';

export const orphanComponent = defineRule({
  meta: {
    id: 'orphan-component',
    title: 'Nothing is connected to it',
    section: 'beyond',
    category: 'structure',
    severity: 'warning',
    summary: 'A component has no connection, and nothing refers to it.',
    why: 'It is forgotten or dead: no load reaches it, and no figure of the design contains it. Monitoring, automation and a component that stands alone in its file are left alone.',
    howToFix: 'Connect it, or remove it.',
    sources: ['Structurizr inspection model.element.disconnected; dependency-cruiser rule no-orphans.'],
    since: '0.1.0',
  },
  check({ architecture }, report) {
    const components = componentsOf(architecture).filter(({ kind }) => kind !== 'monitoring' && kind !== 'automation');
    if (components.length < 2) return;
    const referred = referredPaths(architecture);
    for (const component of components) {
      if (incoming(architecture, component).length > 0 || outgoing(architecture, component).length > 0) continue;
      if (referred.has(component.path)) continue;
      report({
        at: component,
        message: `Nothing is connected to '${nameOf(architecture, component)}', so no load ever reaches it.`,
      });
    }
  },
  examples: {
    violates: [
      `
users visitors { rate: 20/s }
server app { serviceTime: 10ms }
cache feed { replicas: 2, ttl: 10m }
//    ^^^^ warning: Nothing is connected to 'feed', so no load ever reaches it.
visitors -> app
`,
      `
users visitors { rate: 20/s }
tier web {
  server app { serviceTime: 10ms }
  server old { serviceTime: 10ms }
//       ^^^ warning: Nothing is connected to 'old', so no load ever reaches it.
}
visitors -> web.app
monitoring watch { logs: central, metrics: [host, aggregate, business], watches: [web.old, web.app] }
`,
    ],
    passes: [
      `
users visitors { rate: 20/s }
server app { serviceTime: 10ms }
cache feed { replicas: 2, ttl: 10m }
visitors -> app
app -> feed : reads 1
`,
      `
// Backups go there, without an arrow.
users visitors { rate: 20/s }
server app { serviceTime: 10ms }
database posts { engine: dynamodb, backup { every: 1h, to: vault } }
storage vault { engine: s3 }
visitors -> app
app -> posts : reads 1
`,
    ],
  },
});

/** What properties refer to, except those that only watch or deploy. */
function referredPaths(architecture: Architecture): ReadonlySet<Path> {
  const owners: readonly Component[] = architecture.components.filter(
    ({ kind }) => kind !== 'monitoring' && kind !== 'automation',
  );
  return new Set(owners.flatMap(({ properties }) => Object.values(properties).flatMap(({ value }) => paths(value))));
}

function paths(value: Value): readonly Path[] {
  if (value.type === 'reference') return [value.path];
  return value.type === 'list' ? value.items.flatMap(paths) : [];
}
