/**
 * A further data center (1-9): a copy of the one there is, geoDNS in front of both, and the stores replicated between them. Where no data
 * center is declared, everything that serves is put into one first.
 */
import {
  type Architecture,
  type Component,
  type Connection,
  type Edit,
  indexByPath,
  isInside,
  type Path,
  references,
  word,
} from '../../model/index.ts';
import { pathIn } from './moves.ts';
import type { Remedy } from './remedy.ts';
import { freeName, namesParts, rehomed } from './splits.ts';
import { writtenProperties } from './written.ts';

/** No more data centers than this are proposed. An assumption. */
const MOST_CENTERS = 8;
/** What stands outside of every data center: those who ask, what others run for everybody, and what only watches. */
const outside = new Set<string>(['users', 'dns', 'cdn', 'external', 'monitoring', 'automation']);

/** One more data center; none where the model has no edit that does it. */
export function anotherDataCenter(architecture: Architecture): readonly Remedy[] {
  const centers = architecture.components.filter(({ kind }) => kind === 'dataCenter');
  if (centers.length >= MOST_CENTERS) return [];
  const wrapped = centers.length === 0 ? wrap(architecture) : { center: centers[0]!.path, edits: [], within };
  const edits = wrapped && [...wrapped.edits, ...(copyEdits(architecture, centers, wrapped) ?? [])];
  if (!wrapped || !edits || edits.length === wrapped.edits.length) return [];
  const first = wrapped.edits.length > 0 ? `Put everything into a data center, and add a second one` : undefined;
  return [
    {
      section: '1-9',
      sizes: [1],
      partial: true,
      make: () => ({
        title: `${first ?? `Add a data center like '${wrapped.center}'`}, with geoDNS in front`,
        edits,
      }),
    },
  ];
}

interface Center {
  /** Path of the data center to copy. */
  readonly center: Path;
  /** What puts everything into it. */
  readonly edits: readonly Edit[];
  /** Where something is after that; undefined for what stays outside. */
  readonly within: (path: Path, center: Path) => Path | undefined;
}

function within(path: Path, center: Path): Path | undefined {
  return isInside(path, center) ? path : undefined;
}

/** Everything at the top level that serves moves into a new data center, and the connections inside of it with it. */
function wrap(architecture: Architecture): Center | undefined {
  const roots = architecture.components.filter(({ kind, parent }) => parent === undefined && !outside.has(kind));
  const isGlobal = ({ kind, path }: Component) => kind === 'storage' && isOfCdn(architecture, path);
  const moving = roots.filter((one) => !isGlobal(one));
  const center = freeName(architecture, undefined, 'main');
  const isMoving = (path: Path) => moving.some((root) => isInside(path, root.path));
  const inner = architecture.connections.filter(
    (one) => isMoving(one.from) && isMoving(one.to) && !moving.some((root) => isWrittenIn(root, one)),
  );
  const again = inner.map((connection) => rehomed(connection, undefined, center));
  if (moving.length === 0 || again.includes(undefined)) return undefined;
  if (moving.some(({ path, inherited }) => inherited || namesParts(architecture, path))) return undefined;
  return {
    center,
    edits: [
      ...inner.map(({ id }): Edit => ({ type: 'removeConnection', connection: id })),
      { type: 'addComponent', kind: 'dataCenter', name: center, properties: [] },
      ...moving.map(({ path }): Edit => ({ type: 'moveComponent', component: path, container: center })),
      ...again.flatMap((edit) => edit ?? []),
    ],
    within: (path) => (isMoving(path) ? pathIn(center, path) : undefined),
  };
}

/** Connections that are written inside of something move with it. */
function isWrittenIn({ span }: Component, connection: Connection): boolean {
  const { file, start, end } = connection.span;
  return file === span.file && start.offset >= span.start.offset && end.offset <= span.end.offset;
}

/** Files behind a CDN are asked for from everywhere; they stay where they are. */
function isOfCdn(architecture: Architecture, path: Path): boolean {
  const index = indexByPath(architecture);
  const leading = architecture.connections.filter(({ to }) => to === path);
  return leading.length > 0 && leading.every(({ from }) => index.get(from)?.kind === 'cdn');
}

function copyEdits(
  architecture: Architecture,
  centers: readonly Component[],
  { center, within: placeIn }: Center,
): readonly Edit[] | undefined {
  const index = indexByPath(architecture);
  const name = freeName(architecture, undefined, centers[0]?.parent === undefined ? nextName(center, centers) : center);
  if (centers.some(({ parent }) => parent !== undefined) || namesParts(architecture, center)) return undefined;
  const copyOf = (path: Path) => name + path.slice(center.length);
  const isEntry = ({ from, to }: Connection) => {
    const kind = index.get(from)?.kind;
    return placeIn(to, center) !== undefined && (kind === 'users' || kind === 'dns');
  };
  const entries = architecture.connections.filter(isEntry);
  const targets = [...new Set(entries.flatMap(({ to }) => placeIn(to, center) ?? []))];
  if (targets.length === 0) return undefined;
  const overrides = overrideEdits(architecture, center, placeIn, copyOf);
  const region = regionElsewhere(architecture, index.get(center));
  return (
    overrides && [
      {
        type: 'addComponent',
        kind: 'dataCenter',
        name,
        extends: center,
        properties: region === undefined ? [] : [['region', JSON.stringify(region)]],
      },
      ...dnsEdits(architecture, entries, targets, copyOf),
      ...replicationEdits(architecture, centers, { center, placeIn, copyOf }),
      ...overrides,
      ...listEdits(architecture, center, name),
    ]
  );
}

/** `us2` beside `us`; `us3` when there are two. */
function nextName(center: Path, centers: readonly Component[]): string {
  return `${center}${Math.max(2, centers.length + 1)}`;
}

/** Where users are that the data center is not near to. */
function regionElsewhere({ components }: Architecture, center: Component | undefined): string | undefined {
  const own = center && word(center, 'region');
  return components
    .filter(({ kind }) => kind === 'users')
    .map((users) => word(users, 'region'))
    .find((region) => region !== undefined && region !== own);
}

/** The DNS that leads there also leads to the copy; where users come directly, a DNS is put in between. */
function dnsEdits(
  architecture: Architecture,
  entries: readonly Connection[],
  targets: readonly Path[],
  copyOf: (path: Path) => Path,
): readonly Edit[] {
  const { components, connections } = architecture;
  const kindOf = (path: Path) => indexByPath(architecture).get(path)?.kind;
  const known = components.find(({ kind, path }) => kind === 'dns' && entries.some(({ from }) => from === path));
  const direct = entries.filter(({ from }) => kindOf(from) === 'users');
  const name = known?.path ?? freeName(architecture, undefined, 'geo');
  const add: readonly Edit[] = known
    ? [setting(name, 'routing', 'geo'), setting(name, 'healthCheck', 'true')]
    : [
        {
          type: 'addComponent',
          kind: 'dns',
          name,
          properties: [
            ['engine', 'route53'],
            ['routing', 'geo'],
            ['healthCheck', 'true'],
          ],
        },
      ];
  const isKnown = (target: Path) =>
    known !== undefined && connections.some(({ from, to }) => from === name && target.endsWith(to));
  return [
    ...add,
    // What users ask besides their requests goes the same way.
    ...direct.map(({ id }): Edit => ({ type: 'reconnect', connection: id, end: 'to', component: name })),
    ...targets.flatMap((target): Edit[] => [
      ...(isKnown(target) ? [] : [{ type: 'addConnection', from: name, to: target } as const]),
      { type: 'addConnection', from: name, to: copyOf(target) },
    ]),
  ];
}

interface Copying {
  readonly center: Path;
  readonly placeIn: Center['within'];
  readonly copyOf: (path: Path) => Path;
}

/** Every store that keeps data sends its writes to the same store elsewhere, and gets theirs. */
function replicationEdits(
  { components }: Architecture,
  centers: readonly Component[],
  { center, placeIn, copyOf }: Copying,
): readonly Edit[] {
  const stores = components.filter(({ kind }) => kind === 'database' || kind === 'search' || kind === 'storage');
  return stores.flatMap(({ path }) => {
    const place = placeIn(path, center);
    if (place === undefined) return [];
    const others = centers.slice(1).map((other) => other.path + place.slice(center.length));
    return [place, ...others].flatMap((other): Edit[] => [
      { type: 'addConnection', from: other, to: copyOf(place), flow: 'replicates' },
      { type: 'addConnection', from: copyOf(place), to: other, flow: 'replicates' },
    ]);
  });
}

/** What a class of requests needs of a component it also needs of the copy; undefined if that cannot be written. */
function overrideEdits(
  { requests }: Architecture,
  center: Path,
  placeIn: Center['within'],
  copyOf: (path: Path) => Path,
): readonly Edit[] | undefined {
  const edits: Edit[] = [];
  for (const request of requests)
    for (const override of request.overrides) {
      const place = placeIn(override.component, center);
      if (place === undefined) continue;
      const properties = writtenProperties(override);
      if (!properties) return undefined;
      for (const [name, value] of properties)
        edits.push({ type: 'setProperty', component: copyOf(place), name, value, request: request.name });
    }
  return edits;
}

/** What watches or deploys the first also watches or deploys the copy. */
function listEdits({ components }: Architecture, center: Path, name: string): readonly Edit[] {
  return components.flatMap((component) =>
    ['watches', 'deploys'].flatMap((property) => {
      const named = references(component, property);
      if (!named.includes(center)) return [];
      return [setting(component.path, property, `[${[...named, name].join(', ')}]`)];
    }),
  );
}

function setting(component: Path, name: string, value: string): Edit {
  return { type: 'setProperty', component, name, value };
}
