/**
 * Edits applied to the model instead of the text, so that their effect can be computed before anybody sees them. A component and its
 * copies by `extends` share their text, so what is set on one is set on all that have not overridden it.
 */
import {
  type Architecture,
  type Component,
  type Connection,
  connectionProperties,
  type Edit,
  type Flow,
  flowTypes,
  indexByPath,
  type Path,
  type Property,
  type PropertyType,
  parseQuantity,
  propertySpec,
  type Span,
  specIn,
  type Value,
} from '../../model/index.ts';
import { extended, moved, withoutEmpty } from './moves.ts';

/** The architecture with the edits made. What is about something that does not exist, or is a change of text alone, changes nothing. */
export function withEdits(architecture: Architecture, edits: readonly Edit[]): Architecture {
  return edits.reduce(withEdit, architecture);
}

/** The component in whose text a component is written: itself, or what it was copied from. */
export function originOf(architecture: Architecture, path: Path): Component | undefined {
  const component = indexByPath(architecture).get(path);
  if (!component?.inherited) return component;
  return architecture.components.find((other) => !other.inherited && isSame(other.span, component.span)) ?? component;
}

/** A component and those that share its text: copies by `extends`, or what it was copied from. */
export function sharing(architecture: Architecture, component: Component): readonly Component[] {
  return architecture.components.filter((other) => other === component || isSame(other.span, component.span));
}

function withEdit(architecture: Architecture, edit: Edit): Architecture {
  switch (edit.type) {
    case 'setProperty':
      return edit.request === undefined ? setProperty(architecture, edit) : setOverride(architecture, edit);
    case 'setConnectionProperty':
      return setConnectionProperty(architecture, edit);
    case 'moveComponent':
      return moved(architecture, edit.component, edit.container);
    case 'removeComponent':
      return withoutEmpty(architecture, edit.component);
    case 'addComponent':
      return addComponent(architecture, edit);
    case 'addConnection':
      return addConnection(architecture, edit);
    case 'removeConnection':
      return onConnections(architecture, (all) => all.filter(({ id }) => id !== edit.connection));
    case 'reconnect':
      return onConnections(architecture, (all) =>
        renumbered(all.map((one) => (one.id === edit.connection ? { ...one, [edit.end]: edit.component } : one))),
      );
    default:
      return architecture;
  }
}

function setProperty(
  architecture: Architecture,
  { component: path, name, value }: Extract<Edit, { type: 'setProperty' }>,
): Architecture {
  const target = indexByPath(architecture).get(path);
  if (!target) return architecture;
  const changed = (component: Component) => {
    if (component === target) return true;
    if (target.inherited || !component.inherited || !isSame(component.span, target.span)) return false;
    const [own, original] = [component.properties[name], target.properties[name]];
    return own === undefined ? original === undefined : original !== undefined && isSame(own.span, original.span);
  };
  return {
    ...architecture,
    components: architecture.components.map((component) =>
      changed(component) ? withProperty(component, name, value) : component,
    ),
  };
}

function withProperty(component: Component, name: string, text: string): Component {
  const [block = '', inner] = name.split('.');
  const value = readValue(text, propertySpec(component.kind, name)?.type);
  const around =
    inner !== undefined && !component.properties[block]
      ? { [block]: propertyAt(component, block, { type: 'block' }) }
      : {};
  const known = component.properties[name];
  const property = known ? { ...known, value } : propertyAt(component, name, value);
  return { ...component, properties: { ...component.properties, ...around, [name]: property } };
}

function propertyAt({ nameSpan }: Component, name: string, value: Value): Property {
  return { name, value, span: nameSpan, nameSpan, valueSpan: nameSpan };
}

/** Reads a value as it is written in the language; what is no quantity is a word. */
function readValue(text: string, type: PropertyType | undefined): Value {
  const [from = '', to] = text.split('..');
  const first = parseQuantity(from);
  if (type?.type === 'boolean') return { type: 'boolean', value: text === 'true' };
  if ('error' in first) return { type: 'word', word: text.replaceAll('"', '') };
  if (to === undefined) return { type: 'quantity', ...first };
  const last = parseQuantity(to);
  return {
    type: 'range',
    dimension: first.dimension,
    from: first.amount,
    to: 'error' in last ? first.amount : last.amount,
  };
}

/** Of a connection and of its copies by `extends`. */
function setConnectionProperty(
  architecture: Architecture,
  { connection: id, name, value }: Extract<Edit, { type: 'setConnectionProperty' }>,
): Architecture {
  const target = architecture.connections.find((one) => one.id === id);
  if (!target) return architecture;
  const property = connectionProperty(name, value, target.span);
  const isMeant = (one: Connection) => one === target || (one.inherited === true && isSame(one.span, target.span));
  return onConnections(architecture, (all) =>
    all.map((one) => (isMeant(one) ? { ...one, properties: { ...one.properties, [name]: property } } : one)),
  );
}

function setOverride(
  architecture: Architecture,
  { component: path, name, value, request: of }: Extract<Edit, { type: 'setProperty' }>,
): Architecture {
  const target = indexByPath(architecture).get(path);
  if (!target) return architecture;
  const property = propertyAt(target, name, readValue(value, propertySpec(target.kind, name)?.type));
  const override = { component: path, properties: { [name]: property }, span: target.nameSpan };
  return {
    ...architecture,
    requests: architecture.requests.map((request) =>
      request.name === of ? { ...request, overrides: [...request.overrides, override] } : request,
    ),
  };
}

function addComponent(
  architecture: Architecture,
  { container, kind, name, properties, extends: base }: Extract<Edit, { type: 'addComponent' }>,
): Architecture {
  const path = container === undefined ? name : `${container}.${name}`;
  if (indexByPath(architecture).has(path)) return architecture;
  const span = ownPlace(architecture);
  const bare: Component = {
    path,
    name,
    kind,
    ...(container === undefined ? {} : { parent: container }),
    properties: {},
    span,
    nameSpan: span,
  };
  const component = properties.reduce((made, [property, value]) => withProperty(made, property, value), bare);
  if (base !== undefined) return extended(architecture, base, component);
  return { ...architecture, components: [...architecture.components, component] };
}

function addConnection(
  architecture: Architecture,
  { from, to, flow, properties = [], request: of }: Extract<Edit, { type: 'addConnection' }>,
): Architecture {
  const span = indexByPath(architecture).get(from)?.nameSpan ?? nowhere(architecture);
  const flows = flow === undefined ? [] : flow.split(',').flatMap((part) => flowOf(part.trim(), span));
  const connection: Connection = {
    id: `${from} -> ${to}`,
    from,
    to,
    flows,
    properties: Object.fromEntries(properties.map(([name, value]) => [name, connectionProperty(name, value, span)])),
    span,
    fromSpan: span,
    toSpan: span,
  };
  if (of === undefined) return { ...architecture, connections: renumbered([...architecture.connections, connection]) };
  const own = { ...connection, id: `${of}: ${connection.id}` };
  return {
    ...architecture,
    requests: architecture.requests.map((request) =>
      request.name === of ? { ...request, connections: renumbered([...request.connections, own]) } : request,
    ),
  };
}

function connectionProperty(name: string, text: string, span: Span): Property {
  const value = readValue(text, specIn(connectionProperties, name)?.type);
  return { name, value, span, nameSpan: span, valueSpan: span };
}

function flowOf(text: string, span: Span): readonly Flow[] {
  const share = /^([\d.]+)%$/.exec(text);
  if (share) return [{ type: 'share', amount: Number(share[1]) / 100, span }];
  const [name = '', amount] = text.split(/\s+/);
  if (!Object.hasOwn(flowTypes, name)) return [];
  const type = name as Flow['type'];
  return [{ type, ...(amount === undefined ? {} : { amount: Number(amount) }), span }];
}

function onConnections(
  architecture: Architecture,
  change: (connections: readonly Connection[]) => readonly Connection[],
): Architecture {
  return {
    ...architecture,
    connections: change(architecture.connections),
    requests: architecture.requests.map((request) => ({ ...request, connections: change(request.connections) })),
  };
}

/** Two connections must not have the same id. */
function renumbered(connections: readonly Connection[]): readonly Connection[] {
  const seen = new Set<string>();
  return connections.map((connection) => {
    let { id } = connection;
    for (let number = 2; seen.has(id); number++) id = `${connection.id}#${number}`;
    seen.add(id);
    return id === connection.id ? connection : { ...connection, id };
  });
}

function isSame(a: Span, b: Span): boolean {
  return a.file === b.file && a.start.offset === b.start.offset && a.end.offset === b.end.offset && a.end.offset > 0;
}

/** A place that nothing else has, so that what is added is nobody's copy, but can be copied. */
function ownPlace({ files, components }: Architecture): Span {
  const at = { line: 0, character: 0, offset: BEYOND + components.length };
  return { file: files[0] ?? '', start: at, end: at };
}

/** No text is as long. */
const BEYOND = 2 ** 40;

function nowhere({ files }: Architecture): Span {
  const at = { line: 0, character: 0, offset: 0 };
  return { file: files[0] ?? '', start: at, end: at };
}
