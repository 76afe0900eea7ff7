/**
 * Equal models in several languages for measurements: N components in nested groups of about ten, 1.5 relations for each, two
 * promises. The same N always gives the same text. `node scripts/bench/generate.ts 1000 [likec4|mermaid]` prints one.
 */
import { argv } from 'node:process';

export interface Element {
  /** Dotted path from the top. */
  readonly path: string;
  readonly name: string;
  readonly kind: 'server' | 'cache' | 'database' | 'loadBalancer';
}

export interface Relation {
  readonly from: Element;
  readonly to: Element;
}

/** A group of components; groups of groups nest two deep. */
export interface Group {
  readonly name: string;
  readonly groups: readonly Group[];
  readonly elements: readonly Element[];
}

export interface Model {
  readonly groups: readonly Group[];
  readonly elements: readonly Element[];
  readonly relations: readonly Relation[];
}

/** Components in a group, and groups in a group of groups. */
const GROUP = 10;
const RELATIONS_PER_ELEMENT = 1.5;

/** A model of `count` components. Relations lead from earlier to later components only, so no load goes in circles. */
export function generateModel(count: number): Model {
  const elements: Element[] = [];
  const zones: Group[] = [];
  for (let zone = 0; elements.length < count; zone++) {
    const groups: Group[] = [];
    for (let tier = 0; tier < GROUP && elements.length < count; tier++) {
      const size = Math.min(GROUP, count - elements.length);
      const own = Array.from({ length: size }, (_, i) => elementAt(elements.length + i, `zone${zone}.tier${tier}`));
      elements.push(...own);
      groups.push({ name: `tier${tier}`, groups: [], elements: own });
    }
    zones.push({ name: `zone${zone}`, groups, elements: [] });
  }
  return { groups: zones, elements, relations: relationsOf(elements) };
}

function elementAt(index: number, group: string): Element {
  const kind = index === 0 ? 'loadBalancer' : index % 10 === 7 ? 'cache' : index % 10 > 7 ? 'database' : 'server';
  const name = `c${index}`;
  return { path: `${group}.${name}`, name, kind };
}

/**
 * Every component but the first is called by one of those before it that call others; the rest of the relations are
 * drawn at random, mostly near by, as in real systems.
 */
function relationsOf(elements: readonly Element[]): readonly Relation[] {
  const random = randomNumbers(elements.length);
  const relations: Relation[] = [];
  const known = new Set<string>();
  const callers = elements.map((element, index) => ({ element, index })).filter(({ element }) => calls(element));
  const add = (index: number) => {
    const earlier = callers.findLastIndex((caller) => caller.index < index);
    const from = callers[Math.max(0, earlier - Math.floor(random() * Math.min(earlier + 1, 2 * GROUP)))]!.element;
    const to = elements[index]!;
    if (known.has(`${from.path} ${to.path}`)) return;
    known.add(`${from.path} ${to.path}`);
    relations.push({ from, to });
  };
  for (let index = 1; index < elements.length; index++) add(index);
  const wanted = Math.round(elements.length * RELATIONS_PER_ELEMENT);
  for (let tries = 0; relations.length < wanted && tries < 10 * wanted; tries++)
    add(1 + Math.floor(random() * (elements.length - 1)));
  return relations;
}

function calls({ kind }: Element): boolean {
  return kind === 'server' || kind === 'loadBalancer';
}

/** Numbers in [0, 1) that are the same for the same seed (mulberry32, Tommy Ettinger, public domain). */
function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** The languages that a model can be written in. */
export const writers = { loadpath, likec4, mermaid } as const satisfies Record<string, (model: Model) => string>;

/** Properties that give every component work to do and a price for none. */
const properties: Readonly<Record<Element['kind'], readonly string[]>> = {
  server: ['replicas: 4', 'cores: 4', 'serviceTime: 5ms', 'exposure: private'],
  cache: ['engine: redis', 'memory: 8GB', 'hitRatio: 90%', 'ttl: 10m', 'eviction: lru'],
  database: ['engine: postgresql', 'readTime: 2ms', 'writeTime: 5ms', 'readReplicas: 1'],
  loadBalancer: ['replicas: 2', 'cores: 8', 'exposure: public'],
};

/** For `loadpath check`. */
export function loadpath({ groups, elements, relations }: Model): string {
  const declare = ({ kind, name }: Element, indent: string) =>
    [`${indent}${kind} ${name} "${name}" {`, ...properties[kind].map((it) => `${indent}  ${it}`), `${indent}}`].join(
      '\n',
    );
  return `architecture "Bench ${elements.length}"

users people {
  population: 10k
  requests: 20/day
  peak: 2x
}

${written(groups, declare, (name) => `group ${name} "${name}" {`)}

people -> ${elements[0]!.path}
${relations.map(({ from, to }) => `${from.path} -> ${to.path} : ${flowOf(to)}`).join('\n')}

require p99 < 10s
require availability > 90%
`;
}

/** A chain of `count` servers at three quarters of what they can do, with a promise about p99 that any failure breaks. */
export function tightChain(count: number): string {
  const servers = Array.from({ length: count }, (_, i) => `server s${i} { replicas: 4, cores: 4, serviceTime: 2.9ms }`);
  const calls = Array.from({ length: count - 1 }, (_, i) => `s${i} -> s${i + 1}`);
  // Just above the p99: 4.7 ms a stage on average, and a deviation that grows with the root of their number.
  const limit = Math.ceil(4.7 * count + 5.5 * Math.sqrt(count) + 18);
  return `architecture "Chain of ${count}"

users people {
  population: 10k
  requests: 18k/day
  peak: 2x
}

${servers.join('\n')}

people -> s0
${calls.join('\n')}

require p99 < ${limit}ms
`;
}

/** Less than one call each, so that the load stays bounded in a deep model. */
function flowOf({ kind }: Element): string {
  if (kind === 'server') return 'calls 0.3';
  return kind === 'cache' ? 'reads 0.3' : 'reads 0.3, writes 0.1';
}

/** For `likec4 validate`: the same names, nesting, titles and relations, and properties as metadata. */
export function likec4({ groups, relations }: Model): string {
  const declare = ({ kind, name }: Element, indent: string) => {
    const data = properties[kind].map((it) => {
      const [key, value] = it.split(': ');
      return `${indent}    ${key} '${value}'`;
    });
    return `${indent}${name} = ${kind} '${name}' {\n${indent}  metadata {\n${data.join('\n')}\n${indent}  }\n${indent}}`;
  };
  return `specification {
${['group', ...Object.keys(properties)].map((kind) => `  element ${kind}`).join('\n')}
}
model {
${written(groups, declare, (name) => `${name} = group '${name}' {`, '  ')}
${relations.map(({ from, to }) => `  ${from.path} -> ${to.path} '${flowOf(to)}'`).join('\n')}
}
views {
  view index {
    include *
  }
}
`;
}

/** For `mermaid.parse`. */
export function mermaid({ groups, relations }: Model): string {
  return `flowchart TD
${written(
  groups,
  ({ name }, indent) => `${indent}${name}[${name}]`,
  (name, path) => `subgraph ${path}[${name}]`,
  '  ',
  'end',
)}
${relations.map(({ from, to }) => `  ${from.name} -->|${flowOf(to)}| ${to.name}`).join('\n')}
`;
}

function written(
  groups: readonly Group[],
  element: (element: Element, indent: string) => string,
  open: (name: string, path: string) => string,
  indent = '',
  close = '}',
  around = '',
): string {
  return groups
    .map(({ name, groups: inner, elements }) => {
      const path = around ? `${around}_${name}` : name;
      const inside = [
        ...(inner.length > 0 ? [written(inner, element, open, `${indent}  `, close, path)] : []),
        ...elements.map((each) => element(each, `${indent}  `)),
      ];
      return `${indent}${open(name, path)}\n${inside.join('\n')}\n${indent}${close}`;
    })
    .join('\n');
}

if (import.meta.main) {
  const [, , count = '1000', language = 'loadpath'] = argv;
  const writer = Object.entries(writers).find(([name]) => name === language)?.[1];
  if (!writer || !(Number(count) > 0)) throw new Error(`Usage: generate.ts COUNT [${Object.keys(writers).join('|')}]`);
  console.log(writer(generateModel(Number(count))));
}
