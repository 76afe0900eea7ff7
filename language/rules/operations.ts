/** What the rules about logging, metrics and automation share. */
import type { Architecture, Component, Fix } from '../../model/index.ts';
import { freeName } from './fixes.ts';
import { componentAt, ownComponents, servingDataCenters } from './query.ts';
import type { RuleOption } from './rule.ts';

/** From this many components of one's own on nobody keeps an overview without tools. An assumption. */
const MANY = 8;

/** The option of the rules that speak about large designs only. */
export const manyComponents: RuleOption = {
  type: 'integer',
  description: 'Components that serve users from which a design counts as large; several data centers always do.',
  default: MANY,
  minimum: 1,
};

/** True if a design is large enough for advice about operations: several data centers, or so many components that serve users. */
export function needsOperations(architecture: Architecture, many: number): boolean {
  return servingDataCenters(architecture).length > 1 || ownComponents(architecture).length >= many;
}

/** Outermost containers and components that serve users, in order of declaration. */
export function servingRoots(architecture: Architecture): readonly Component[] {
  return [...partsByRoot(architecture).keys()];
}

/** The one of them that has the most parts: where a finding about the whole design is shown. */
export function mainRoot(architecture: Architecture): Component | undefined {
  return [...partsByRoot(architecture)].reduce<readonly [Component, number] | undefined>(
    (most, next) => (most && most[1] >= next[1] ? most : next),
    undefined,
  )?.[0];
}

function partsByRoot(architecture: Architecture): ReadonlyMap<Component, number> {
  const parts = new Map<Component, number>();
  for (const component of ownComponents(architecture)) {
    const root = rootOf(architecture, component);
    parts.set(root, (parts.get(root) ?? 0) + 1);
  }
  return parts;
}

function rootOf(architecture: Architecture, component: Component): Component {
  const parent = component.parent === undefined ? undefined : componentAt(architecture, component.parent);
  return parent ? rootOf(architecture, parent) : component;
}

/** Central logs and metrics at every level for everything that serves users. */
export function monitoringFix(architecture: Architecture): Fix {
  const name = freeName(architecture, undefined, 'monitoring');
  return {
    title: 'Add monitoring with central logs and metrics',
    edits: [
      {
        type: 'addComponent',
        kind: 'monitoring',
        name,
        properties: [
          ['logs', 'central'],
          ['metrics', '[host, aggregate, business]'],
          ['watches', listOf(servingRoots(architecture))],
        ],
      },
    ],
    preferred: true,
  };
}

/** Builds, tests and deployments of everything that serves users. */
export function automationFix(architecture: Architecture): Fix {
  const name = freeName(architecture, undefined, 'automation');
  return {
    title: 'Add automated builds, tests and deployments',
    edits: [
      {
        type: 'addComponent',
        kind: 'automation',
        name,
        properties: [
          ['builds', 'true'],
          ['tests', 'true'],
          ['deploys', listOf(servingRoots(architecture))],
        ],
      },
    ],
    preferred: true,
  };
}

function listOf(components: readonly Component[]): string {
  return `[${components.map(({ path }) => path).join(', ')}]`;
}
