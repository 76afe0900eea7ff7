import { type Architecture, type Component, type Connection, type Path, synchronousFlows } from '../../model/index.ts';
import type { Wiring } from './graph.ts';
import { componentAt, componentsOf, nameOf, outgoing, wiringOf } from './query.ts';
import { defineRule } from './rule.ts';

export const syncDependencyCycle = defineRule({
  meta: {
    id: 'sync-dependency-cycle',
    title: 'A circle of calls',
    section: 'beyond',
    category: 'calls',
    severity: 'warning',
    summary: 'Components wait for each other in a circle.',
    why: 'Each holds a thread while it waits for the next, so under load all threads of all of them can be waiting with nobody left to answer. None of them can start, be deployed or recover alone.',
    howToFix: 'Let one of the calls become a message in a queue, or move what both need into a third component.',
    sources: [
      'Beyer et al., "Site Reliability Engineering", chapter 22: always go downward in the stack.',
      'Taibi et al., "Microservices Anti-Patterns: A Taxonomy", arXiv 1908.04101: cyclic dependency.',
    ],
    since: '0.1.0',
  },
  check({ architecture }, report) {
    for (const circle of circles(architecture)) {
      const names = circle.map(({ from }) => from);
      const components = names.flatMap((path) => componentAt(architecture, path) ?? []);
      const way = [...components, components[0]!].map((it) => `'${nameOf(architecture, it)}'`).join(' -> ');
      report({
        at: circle.at(-1)!,
        message: `${way} wait for each other in a circle.`,
        related: circle.slice(0, -1).map((at) => ({ message: 'This call is part of the circle.', at })),
      });
    }
  },
  examples: {
    violates: [
      `
users visitors { rate: 20/s }
server shop { serviceTime: 10ms }
server stock { serviceTime: 10ms }
visitors -> shop
shop -> stock : calls 1
stock -> shop : calls 0.1
//       ^^^^ warning: 'shop' -> 'stock' -> 'shop' wait for each other in a circle.
`,
      `
users visitors { rate: 20/s }
server one { serviceTime: 1ms }
server two { serviceTime: 1ms }
server three { serviceTime: 1ms }
visitors -> one
one -> two
two -> three
three -> one : reads 0.2
//       ^^^ warning: 'one' -> 'two' -> 'three' -> 'one' wait for each other in a circle.
`,
    ],
    passes: [
      `
users visitors { rate: 20/s }
server shop { serviceTime: 10ms }
server stock { serviceTime: 10ms }
database goods { engine: dynamodb }
visitors -> shop
shop -> stock : calls 1
shop -> goods : reads 1
stock -> goods : reads 1
`,
      `
// The way back goes through a queue: nobody waits.
users visitors { rate: 20/s }
server shop { serviceTime: 10ms }
server stock { serviceTime: 10ms }
queue changes { engine: sqs, deadLetter: true }
visitors -> shop
shop -> stock : calls 1
stock -> changes : publishes 0.1
changes -> shop
`,
    ],
  },
});

/** Circles follow from what is connected with what. */
function circles(architecture: Architecture): readonly (readonly Connection[])[] {
  const wiring = wiringOf(architecture);
  const found = known.get(wiring) ?? circlesIn(architecture);
  known.set(wiring, found);
  return found;
}

const known = new WeakMap<Wiring, readonly (readonly Connection[])[]>();

/** One circle for each call that leads back into the path that led to it: depth-first search, each call looked at once. */
function circlesIn(architecture: Architecture): readonly (readonly Connection[])[] {
  const found: Connection[][] = [];
  const done = new Set<Path>();
  const path: Connection[] = [];
  const position = new Map<Path, number>();
  for (const start of componentsOf(architecture)) visit(start);
  return found;

  function visit(component: Component): void {
    if (done.has(component.path)) return;
    position.set(component.path, path.length);
    for (const connection of outgoing(architecture, component)) {
      const next = componentAt(architecture, connection.to);
      if (!next || !waits(component, connection)) continue;
      const at = position.get(next.path);
      path.push(connection);
      if (at === undefined) visit(next);
      else found.push(path.slice(at));
      path.pop();
    }
    position.delete(component.path);
    done.add(component.path);
  }
}

function waits(source: Component, { flows }: Connection): boolean {
  if (source.kind === 'queue') return false;
  return flows.length === 0 || flows.some(({ type }) => synchronousFlows.includes(type) || type === 'share');
}
