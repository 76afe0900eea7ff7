/** Which findings are about a change: what is declared on changed lines, and what refers to it. */
import { fileURLToPath } from 'node:url';
import { type Architecture, type Finding, isInside, type Property, type Span, type Value } from '../model/index.ts';
import { type Changes, type LineRange, touchesLines } from './git-changes.ts';

/** True for a finding that stands on a changed line, or whose subject has changed or is connected to or refers to what has. */
export function affectedBy(changes: Changes, architectures: readonly Architecture[]): (finding: Finding) => boolean {
  const isChanged = spanTest(changes);
  const known = architectures.map((architecture) => ({
    files: new Set(architecture.files),
    // A param can be in any figure.
    everything: architecture.params.some(({ span }) => isChanged(span)),
    affected: affectedIn(architecture, isChanged),
  }));
  return ({ span, subject, related = [] }) => {
    if (isChanged(span)) return true;
    const own = known.filter(({ files }) => files.has(span.file));
    if (own.some(({ everything }) => everything)) return true;
    return subject === undefined
      ? related.some((place) => isChanged(place.span))
      : own.some(({ affected }) => affected.has(subject));
  };
}

type SpanTest = (span: Span) => boolean;

function spanTest(changes: Changes): SpanTest {
  const byUri = new Map<string, readonly LineRange[] | undefined>();
  return ({ file, start, end }) => {
    if (!byUri.has(file)) byUri.set(file, changes.get(pathOf(file)));
    const ranges = byUri.get(file);
    return ranges !== undefined && touchesLines(ranges, start.line, end.line);
  };
}

function pathOf(uri: string): string {
  return uri.startsWith('file:') ? fileURLToPath(uri) : uri;
}

/** Paths of components and ids of connections. */
function affectedIn(architecture: Architecture, isChanged: SpanTest): ReadonlySet<string> {
  const { components, connections, requests } = architecture;
  const changed = new Set(components.filter(({ span }) => isChanged(span)).map(({ path }) => path));
  // A container whose contents alone have changed is not changed itself.
  const containers = new Set(components.flatMap(({ parent }) => parent ?? []));
  for (const component of components) {
    const { path, nameSpan, properties } = component;
    if (!containers.has(path) || !changed.has(path)) continue;
    const own = [nameSpan, ...Object.values(properties).map(({ span }) => span)].some(isChanged);
    if (!own) changed.delete(path);
  }
  for (const { path } of components)
    if ([...containers].some((container) => changed.has(container) && isInside(path, container))) changed.add(path);
  const all = [...connections, ...requests.flatMap((request) => request.connections)];
  const ofConnections = all.filter(({ span }) => isChanged(span));
  for (const { from, to } of ofConnections) for (const end of [from, to]) changed.add(end);
  const neighbours = all.flatMap(({ from, to }) => (changed.has(to) ? [from] : changed.has(from) ? [to] : []));
  const referring = components.filter(
    (it) => (it.extends && changed.has(it.extends)) || referencesOf(it.properties).some((path) => changed.has(path)),
  );
  const affected = new Set([...changed, ...neighbours, ...referring.map(({ path }) => path)]);
  for (const { id, from, to } of all) if (changed.has(from) || changed.has(to)) affected.add(id);
  for (const { name, span } of requests) if (isChanged(span)) affected.add(name);
  return affected;
}

function referencesOf(properties: Readonly<Record<string, Property>>): readonly string[] {
  return Object.values(properties).flatMap(({ value }) => pathsIn(value));
}

function pathsIn(value: Value): readonly string[] {
  if (value.type === 'reference') return [value.path];
  return value.type === 'list' ? value.items.flatMap(pathsIn) : [];
}
