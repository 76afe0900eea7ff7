/** Moving and copying components in the model, with whatever names them. */
import {
  type Architecture,
  type Component,
  type Connection,
  isInside,
  type Path,
  type Property,
  type ScenarioEvent,
  type Value,
} from '../../model/index.ts';

/** Says what a path becomes. */
type Renaming = (path: Path) => Path;

/** The component with everything in it in another container (the top level when absent); unchanged where its name is taken there. */
export function moved(architecture: Architecture, from: Path, container: Path | undefined): Architecture {
  const component = architecture.components.find(({ path }) => path === from);
  if (!component || (container !== undefined && isInside(container, from))) return architecture;
  const target = pathIn(container, component.name);
  if (architecture.components.some(({ path }) => path === target)) return architecture;
  const rename: Renaming = (path) => (isInside(path, from) ? target + path.slice(from.length) : path);
  const renamed = architecture.components.map((one) => renamedComponent(one, rename));
  const isMoved = ({ path }: Component) => isInside(path, target);
  // A container comes before what is in it.
  const components = [...renamed.filter((one) => !isMoved(one)), ...renamed.filter(isMoved)].map((one) =>
    one.path === target ? { ...withoutParent(one), ...(container === undefined ? {} : { parent: container }) } : one,
  );
  return { ...architecture, components, ...renamedRest(architecture, rename) };
}

/** A copy of everything in `base`, connections inside it included, as `extends` makes it; `root` is the copy of `base` itself. */
export function extended(architecture: Architecture, base: Path, root: Component): Architecture {
  const original = architecture.components.find(({ path }) => path === base);
  if (!original) return architecture;
  const rename: Renaming = (path) => (isInside(path, base) ? root.path + path.slice(base.length) : path);
  const { properties } = renamedComponent(original, rename);
  const copies = architecture.components
    .filter(({ path }) => path !== base && isInside(path, base))
    .map((one) => ({ ...renamedComponent(one, rename), inherited: true }));
  const connections = architecture.connections
    .filter(({ from, to }) => isInside(from, base) && isInside(to, base))
    .map((one) => ({ ...renamedConnection(one, rename), inherited: true }));
  return {
    ...architecture,
    components: [
      ...architecture.components,
      { ...root, extends: base, properties: { ...properties, ...root.properties } },
      ...copies,
    ],
    connections: [...architecture.connections, ...connections],
  };
}

/** The architecture without a component that has nothing in it any more. */
export function withoutEmpty(architecture: Architecture, path: Path): Architecture {
  if (architecture.components.some(({ parent }) => parent === path)) return architecture;
  return { ...architecture, components: architecture.components.filter((one) => one.path !== path) };
}

/** The path of something named so in a container, or at the top level. */
export function pathIn(container: Path | undefined, name: string): Path {
  return container === undefined ? name : `${container}.${name}`;
}

function withoutParent({ parent: _, ...rest }: Component): Component {
  return rest;
}

function renamedComponent(component: Component, rename: Renaming): Component {
  const { path, parent, properties } = component;
  return {
    ...component,
    path: rename(path),
    ...(parent === undefined ? {} : { parent: rename(parent) }),
    ...(component.extends === undefined ? {} : { extends: rename(component.extends) }),
    properties: Object.fromEntries(
      Object.entries(properties).map(([name, one]) => [name, renamedProperty(one, rename)]),
    ),
  };
}

function renamedProperty(property: Property, rename: Renaming): Property {
  return { ...property, value: renamedValue(property.value, rename) };
}

function renamedValue(value: Value, rename: Renaming): Value {
  if (value.type === 'reference') return { ...value, path: rename(value.path) };
  if (value.type === 'list') return { ...value, items: value.items.map((item) => renamedValue(item, rename)) };
  return value;
}

function renamedConnection(connection: Connection, rename: Renaming): Connection {
  const { from, to, id, opposite } = connection;
  const [start, end] = [rename(from), rename(to)];
  return {
    ...connection,
    from: start,
    to: end,
    id: id.replace(`${from} -> ${to}`, `${start} -> ${end}`),
    ...(opposite === undefined ? {} : { opposite: opposite.replace(`${to} -> ${from}`, `${end} -> ${start}`) }),
  };
}

function renamedRest({ connections, requests, requirements, scenarios, views }: Architecture, rename: Renaming) {
  const all = (paths: readonly Path[]) => paths.map(rename);
  return {
    connections: connections.map((one) => renamedConnection(one, rename)),
    requests: requests.map((request) => ({
      ...request,
      overrides: request.overrides.map((one) => ({ ...one, component: rename(one.component) })),
      connections: request.connections.map((one) => renamedConnection(one, rename)),
    })),
    requirements: requirements.map((one) =>
      one.of?.type === 'component' ? { ...one, of: { ...one.of, name: rename(one.of.name) } } : one,
    ),
    scenarios: scenarios.map((one) => ({ ...one, events: one.events.map((event) => renamedEvent(event, rename)) })),
    views: views.map((view) => ({
      ...view,
      ...(view.include ? { include: all(view.include) } : {}),
      ...(view.exclude ? { exclude: all(view.exclude) } : {}),
      ...(view.collapse ? { collapse: all(view.collapse) } : {}),
    })),
  };
}

function renamedEvent(event: ScenarioEvent, rename: Renaming): ScenarioEvent {
  const { action } = event;
  if (!('target' in action)) return event;
  const target = rename(action.target);
  if (action.type === 'partition') return { ...event, action: { ...action, target, from: rename(action.from) } };
  return { ...event, action: { ...action, target } };
}
