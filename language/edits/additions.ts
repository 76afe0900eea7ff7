/** What edits add to a body, before it is known where and how it is written. */

/** The formatter's line width. */
export const LINE_WIDTH = 120;
const STEP = '  ';

export interface Additions {
  /** By name; of two values for one name the later counts. */
  readonly properties: Map<string, string>;
  readonly blocks: Map<string, Additions>;
  readonly declarations: Map<string, AddedDeclaration>;
  /** Connections, as written. */
  readonly connections: string[];
}

export interface AddedDeclaration {
  /** `cache feed "Feed"`, all that stands before the body. */
  readonly head: string;
  readonly body: Additions;
  /** The whole text instead, line by line and not indented, of what is moved. */
  readonly lines?: readonly string[];
}

export function noAdditions(): Additions {
  return { properties: new Map(), blocks: new Map(), declarations: new Map(), connections: [] };
}

/** True if only properties and blocks are added, which may stand on one line. */
export function isFlat({ declarations, connections }: Additions): boolean {
  return declarations.size === 0 && connections.length === 0;
}

/** The additions of a block that is to be made, made at the first use. */
export function blockIn(additions: Additions, name: string): Additions {
  let block = additions.blocks.get(name);
  if (!block) {
    block = noAdditions();
    additions.blocks.set(name, block);
  }
  return block;
}

/** Adds a property; a dotted name reaches into a block. */
export function addProperty(additions: Additions, name: string, value: string): void {
  const [first = '', ...inner] = name.split('.');
  if (inner.length === 0) additions.properties.set(first, value);
  else addProperty(blockIn(additions, first), inner.join('.'), value);
}

/** Properties and blocks on one line: `ttl: 10m, failover { mode: automatic }`. */
export function inline({ properties, blocks }: Additions): string {
  return [
    ...[...properties].map(([name, value]) => `${name}: ${value}`),
    ...[...blocks].map(([name, body]) => `${name} { ${inline(body)} }`),
  ].join(', ');
}

/** Properties and blocks, one on each line. */
export function propertyLines({ properties, blocks }: Additions, indent: string): readonly string[] {
  return [
    ...[...properties].map(([name, value]) => `${indent}${name}: ${value}`),
    ...[...blocks].flatMap(([name, body]) => withBody(name, body, indent)),
  ];
}

/** Declarations, each on a line of its own if it fits. */
export function declarationLines({ declarations }: Additions, indent: string): readonly string[] {
  return [...declarations.values()].flatMap(({ head, body, lines }) =>
    lines ? lines.map((line) => (line === '' ? '' : indent + line)) : withBody(head, body, indent),
  );
}

export function connectionLines({ connections }: Additions, indent: string): readonly string[] {
  return connections.map((text) => indent + text);
}

/** A head and its body on one line if that is short enough, else over several. */
function withBody(head: string, body: Additions, indent: string): readonly string[] {
  const content = inline(body);
  if (isFlat(body) && !content) return [indent + head];
  const line = `${indent}${head} { ${content} }`;
  if (isFlat(body) && line.length <= LINE_WIDTH) return [line];
  const inner = indent + STEP;
  return [
    `${indent}${head} {`,
    ...propertyLines(body, inner),
    ...declarationLines(body, inner),
    ...connectionLines(body, inner),
    `${indent}}`,
  ];
}

/** ` { … }` behind a head that has no body yet; `indent` is that of its line, `width` the length of that line so far. */
export function newBody(additions: Additions, indent: string, width: number, lineBreak: string): string {
  const content = ` { ${inline(additions)} }`;
  if (isFlat(additions) && width + content.length <= LINE_WIDTH) return content;
  return ` ${withBody('', additions, indent).join(lineBreak).trimStart()}`;
}
