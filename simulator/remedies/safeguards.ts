/** What keeps a promise about availability: a double of what takes most of it away. */
import {
  type Architecture,
  type AvailabilityResult,
  amount,
  type Component,
  declared,
  type Edit,
  type Path,
  type Requirement,
  replicaRange,
} from '../../model/index.ts';
import { availabilityOf } from '../availability/availability.ts';
import { originOf, withEdits } from './apply-edits.ts';
import { anotherDataCenter } from './data-centers.ts';
import type { Remedy } from './remedy.ts';
import type { SizedStep } from './size.ts';

/** Of the worst causes the first that has a remedy which makes the availability better. */
export function firstSafeguard(
  architecture: Architecture,
  requirement: Requirement,
  causes: readonly Path[],
): SizedStep | undefined {
  const before = lossOf(requirement, availabilityOf(architecture));
  for (const path of causes.slice(0, MOST_CAUSES))
    for (const remedy of safeguardsFor(architecture, path)) {
      const step = remedy.make(remedy.sizes[0]!);
      const after = withEdits(architecture, step.edits);
      if (lossOf(requirement, availabilityOf(after)) < before * (1 - NOTICEABLE))
        return { ...step, section: remedy.section, architecture: after };
    }
  return undefined;
}

/** True if an availability does not keep a promise. */
export function isBroken(requirement: Requirement, availability: AvailabilityResult): boolean {
  const loss = lossOf(requirement, availability);
  return requirement.operator.startsWith('>') && loss > (1 - requirement.limit) * (1 + ROUNDING);
}

const MOST_CAUSES = 3;
const NOTICEABLE = 0.01;
const ROUNDING = 1e-9;

function lossOf({ of }: Requirement, { value, requests }: AvailabilityResult): number {
  if (!of) return 1 - value;
  return 1 - (of.type === 'request' ? (requests.find(({ name }) => name === of.name)?.value ?? 1) : 1);
}

function safeguardsFor(architecture: Architecture, path: Path): readonly Remedy[] {
  const component = originOf(architecture, path);
  const further = anotherDataCenter(architecture);
  if (!component) return further;
  switch (component.kind) {
    case 'dataCenter':
    case 'zone':
      return further;
    case 'database':
    case 'search':
      return [...standby(component), ...further];
    case 'server':
    case 'worker':
    case 'cache':
    case 'loadBalancer':
    case 'queue':
      return [spare(component), ...further];
    default:
      return further;
  }
}

/** One machine more than there are. */
function spare(component: Component): Remedy {
  const { from, to } = replicaRange(component);
  const count = to + 1;
  return {
    section: '1-4',
    sizes: [1],
    make: () => ({
      title: `Run ${count} replicas of '${component.path}'`,
      edits: [set(component, 'replicas', to > from ? `${from + 1}..${count}` : String(count))],
    }),
  };
}

/** A replica that is promoted when the primary dies. */
function standby(store: Component): readonly Remedy[] {
  const copies = amount(store, 'readReplicas') ?? 0;
  const edits: Edit[] = [
    ...(copies === 0 ? [set(store, 'readReplicas', '1')] : []),
    ...(declared(store, 'failover.mode') || !declared(store, 'failover')
      ? [set(store, 'failover.mode', 'automatic')]
      : []),
  ];
  const more = edits.length > 0 ? edits : [set(store, 'readReplicas', String(copies + 1))];
  const title =
    edits.length > 0
      ? `Give '${store.path}' a replica that is promoted by itself`
      : `Give '${store.path}' ${copies + 1} read replicas`;
  return [{ section: '1-5', sizes: [1], make: () => ({ title, edits: more }) }];
}

function set({ path }: Component, name: string, value: string): Edit {
  return { type: 'setProperty', component: path, name, value };
}
