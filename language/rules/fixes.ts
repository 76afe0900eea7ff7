/** Fixes that many rules propose. */
import {
  type Architecture,
  type Component,
  type Edit,
  type Fix,
  indexByPath,
  references,
  replicaRange,
} from '../../model/index.ts';
import { nameOf, quoted } from './query.ts';

/** Sets one property; the fix that fix-all takes. */
export function settingFix(architecture: Architecture, component: Component, name: string, value: string): Fix {
  const last = name.split('.').at(-1);
  const where = name.includes('.') ? ` in '${name.split('.')[0]}'` : '';
  return {
    title: `Set '${last}: ${value}'${where} on '${nameOf(architecture, component)}'`,
    edits: [setting(component, name, value)],
    preferred: true,
  };
}

/** Two replicas at least; the upper end of a range stays. */
export function secondReplicaFix(architecture: Architecture, component: Component): Fix {
  const { to } = replicaRange(component);
  return settingFix(architecture, component, 'replicas', to > 2 ? `2..${to}` : '2');
}

/**
 * Takes components out of their host, so that each has a machine of its own. None where what is beside the host has the same name, where
 * the text stands for several hosts, or where the host is named as what is watched or deployed: then they would no longer be.
 */
export function ownMachineFixes(
  architecture: Architecture,
  host: Component,
  components: readonly Component[],
): readonly Fix[] {
  const isTaken = ({ name }: Component) =>
    architecture.components.some((other) => other.parent === host.parent && other.name === name);
  const isCopied = architecture.components.some((other) => other.inherited && other.span === host.span);
  const isNamed = architecture.components.some((other) =>
    [...references(other, 'watches'), ...references(other, 'deploys')].includes(host.path),
  );
  if (host.inherited || isCopied || isNamed || components.some(isTaken)) return [];
  const around = host.parent === undefined ? undefined : indexByPath(architecture).get(host.parent)?.path;
  return [
    {
      title: `Give ${quoted(components.map((it) => nameOf(architecture, it)))} ${components.length === 1 ? 'a machine of its own' : 'machines of their own'}`,
      edits: components.map(({ path }) => ({
        type: 'moveComponent' as const,
        component: path,
        ...(around === undefined ? {} : { container: around }),
      })),
    },
  ];
}

/** The edit that sets a property; dotted names reach into blocks. */
export function setting(component: Component, name: string, value: string): Edit {
  return { type: 'setProperty', component: component.path, name, value };
}

/** A name that nothing in the container (the top level when absent) has yet: `wanted`, `wanted2`, … */
export function freeName(architecture: Architecture, container: string | undefined, wanted: string): string {
  const taken = new Set(architecture.components.filter(({ parent }) => parent === container).map(({ name }) => name));
  if (!taken.has(wanted)) return wanted;
  let number = 2;
  while (taken.has(`${wanted}${number}`)) number++;
  return `${wanted}${number}`;
}

/** The path of something named `name` in a container. */
export function pathIn(container: string | undefined, name: string): string {
  return container === undefined ? name : `${container}.${name}`;
}
