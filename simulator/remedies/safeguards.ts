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
import { availabilityFrom } from '../availability/availability.ts';
import { prepare } from '../network/prepare.ts';
import { solveState } from '../steady/closed.ts';
import { originOf } from './apply-edits.ts';
import { anotherDataCenter } from './data-centers.ts';
import type { Remedy } from './remedy.ts';
import { type SizedStep, stepOf } from './size.ts';

/** The steps after which a promise holds at a multiple of the declared load; none where no few of them are enough. */
export function safeguarded(
  architecture: Architecture,
  requirement: Requirement,
  scale: number,
  most: number,
): readonly SizedStep[] {
  const steps: SizedStep[] = [];
  let current = architecture;
  for (;;) {
    const availability = availabilityAt(current, scale);
    if (!isBroken(requirement, availability)) return steps;
    const step =
      steps.length < Math.min(most, MOST_STEPS) ? firstSafeguard(current, requirement, availability, scale) : undefined;
    if (!step) return [];
    steps.push(step);
    current = step.architecture;
  }
}

/** The availability at a multiple of the declared load, at peak. */
export function availabilityAt(architecture: Architecture, scale: number): AvailabilityResult {
  return availabilityFrom(solveState(prepare(architecture), { scale, load: 'peak' }).state);
}

/** Of the worst causes the first that has a remedy which makes the availability better. */
function firstSafeguard(
  architecture: Architecture,
  requirement: Requirement,
  availability: AvailabilityResult,
  scale: number,
): SizedStep | undefined {
  const before = lossOf(requirement, availability);
  for (const { path } of availability.contributions.slice(0, MOST_CAUSES))
    for (const remedy of safeguardsFor(architecture, path)) {
      const step = stepOf(architecture, remedy, remedy.sizes[0]);
      if (step && lossOf(requirement, availabilityAt(step.architecture, scale)) < before * (1 - NOTICEABLE))
        return step;
    }
  return undefined;
}

/** True if an availability does not keep a promise. */
export function isBroken(requirement: Requirement, availability: AvailabilityResult): boolean {
  const loss = lossOf(requirement, availability);
  return requirement.operator.startsWith('>') && loss > (1 - requirement.limit) * (1 + ROUNDING);
}

const MOST_CAUSES = 3;
/** A promise that takes more steps than this is out of reach. An assumption. */
const MOST_STEPS = 12;
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
