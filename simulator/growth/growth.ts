/**
 * What happens as the population grows: response times, errors and the busiest resource from one user on, in steps of 1-2-5, and at each
 * power of ten the steps of the chapter that let the architecture carry it.
 *
 * A step is taken for what saturates first, sized so that it is at most 70 % used at that population, and applied to a copy of the
 * model; then the next one is looked for. When nothing saturates, but a `require` breaks: of one about response times, errors or
 * utilisation, what is busiest is given twice the room if that brings the figure nearer, else users far away get a data center near
 * them; of one about availability, what takes most of it away gets a double. The list ends where no edit of the model helps any more.
 */
import type { Architecture, Bottleneck, Path, Requirement, ResourceName, ResourceUse } from '../../model/index.ts';
import { bottlenecksOf } from '../capacity/bottlenecks.ts';
import { growsWithLoad, isLatency, judge } from '../capacity/requirements.ts';
import { costAt } from '../cost/cost.ts';
import type { Network } from '../network/network.ts';
import { prepare } from '../network/prepare.ts';
import { anotherDataCenter } from '../remedies/data-centers.ts';
import type { RemedyStep } from '../remedies/remedy.ts';
import { availabilityAt, isBroken, safeguarded } from '../remedies/safeguards.ts';
import { firstRemedy, type SizedStep, stepOf } from '../remedies/size.ts';
import { solutionFrom, solveLoad } from '../steady/solve.ts';

/** A resource and how much of it is used. */
export interface BusyResource {
  readonly path: Path;
  readonly resource: ResourceName;
  readonly part?: ResourceUse['part'];
  readonly utilization: number;
}

/** The architecture as it is, at a population. */
export interface GrowthPoint {
  readonly users: number;
  /** Requests per second at peak. */
  readonly rate: number;
  /** Seconds, of the whole mix. */
  readonly p50: number;
  readonly p99: number;
  /** Fraction of the requests that fails. */
  readonly errors: number;
  /** The busiest resource. */
  readonly busiest?: BusyResource;
  /** Promises about latency, errors, utilisation, backlog and cost that do not hold. */
  readonly broken: readonly Requirement[];
  /** USD per hour. */
  readonly costPerHour: number;
}

/** A step that lets the architecture carry more. */
export interface GrowthStep extends RemedyStep {
  /** Section of the chapter. */
  readonly section: string;
  /** What it removes: something that saturates, or a promise that breaks. */
  readonly because:
    | { readonly type: 'bottleneck'; readonly bottleneck: Bottleneck }
    | { readonly type: 'requirement'; readonly requirement: Requirement };
}

/** A power of ten of users. */
export interface GrowthStage {
  readonly users: number;
  /** True if it is carried after these steps and those of the stages before. */
  readonly carried: boolean;
  /** The steps that it takes beyond the stage before; none where it is carried already. */
  readonly steps: readonly GrowthStep[];
  /** What no edit helps against; absent where it is carried. */
  readonly stuck?: GrowthStep['because'];
  /** Promises about availability that no steps keep; the load is carried nevertheless. */
  readonly unkept: readonly Requirement[];
  /** Users at which the first resource saturates after the steps. */
  readonly saturatesAt: number;
  /** USD per hour at that population, after the steps. */
  readonly costPerHour: number;
}

/** How far an architecture grows, and what lets it grow further. */
export interface Growth {
  /** Users that the architecture declares; with 0, there is nothing to scale and everything below is empty. */
  readonly declaredUsers: number;
  readonly points: readonly GrowthPoint[];
  readonly stages: readonly GrowthStage[];
}

export interface GrowthOptions {
  /** The largest population, 100 million unless told otherwise. */
  readonly to?: number;
  /** Called now and then with how much is done, of how much. */
  readonly onProgress?: (done: number, total: number) => void;
}

/** Grows the declared population from one user to `to`. Never throws. */
export function growthOf(architecture: Architecture, options: GrowthOptions = {}): Growth {
  const { to = DEFAULT_TO, onProgress = () => {} } = options;
  const network = prepare(architecture);
  const declaredUsers = network.sources.reduce((sum, source) => sum + source.users, 0);
  if (!(declaredUsers > 0) || !(to >= 1) || !Number.isFinite(to)) return { declaredUsers, points: [], stages: [] };
  const populations = populationsTo(to);
  const decades = populations.filter((users) => users === to || Number.isInteger(Math.log10(users)));
  const total = populations.length + decades.length;
  const points = populations.map((users, i) => {
    onProgress(i, total);
    return pointAt(architecture, users, declaredUsers);
  });
  const stages: GrowthStage[] = [];
  let current = architecture;
  for (const [i, users] of decades.entries()) {
    onProgress(populations.length + i, total);
    const { stage, architecture: next } = stageAt(current, users, declaredUsers);
    stages.push(stage);
    current = next;
    if (!stage.carried) break;
  }
  return { declaredUsers, points, stages };
}

const DEFAULT_TO = 100e6;
/** Sizing leaves the room below which the rule `insufficient-headroom` is silent. */
const HEADROOM = 0.7;
const MOST_STEPS = 40;
/** Of what saturates, the first few are tried against a promise that does not hold. */
const MOST_SUSPECTS = 3;
/** Share of the gap to a promise that a step has to close, so that none is proposed that hardly helps. An assumption. */
const NEARER = 0.05;

/** 1, 2, 5, 10, … up to `to`, which is always the last. */
export function populationsTo(to: number): readonly number[] {
  const found: number[] = [];
  for (let decade = 1; decade <= to; decade *= 10)
    for (const digit of [1, 2, 5]) if (digit * decade < to * (1 - 1e-9)) found.push(digit * decade);
  return [...found, to];
}

function pointAt(architecture: Architecture, users: number, declaredUsers: number): GrowthPoint {
  const requirements = architecture.requirements.filter(({ metric }) => growsWithLoad(metric));
  const answers = answersAt(prepare(architecture), requirements, users / declaredUsers);
  const { solution, cost } = answers;
  const busy = solution.components.flatMap(({ path, resources }) =>
    resources
      .filter(({ resource }) => resource !== 'memory' && resource !== 'connections')
      .map(({ resource, part, utilization }) => ({ path, resource, ...(part ? { part } : {}), utilization })),
  );
  const busiest = busy.toSorted((a, b) => b.utilization - a.utilization)[0];
  return {
    users,
    rate: solution.rate,
    p50: solution.response.p50,
    p99: solution.response.p99,
    errors: solution.errors,
    ...(busiest && busiest.utilization > 0 ? { busiest } : {}),
    broken: requirements.filter((one) => judge(one, answers).holds === false),
    costPerHour: cost.perHour,
  };
}

function answersAt(network: Network, requirements: readonly Requirement[], scale: number) {
  const options = { scale, load: 'peak' } as const;
  const components = new Set(requirements.flatMap(({ of }) => (of?.type === 'component' ? [of.name] : [])));
  const classes = new Set(network.classes.map(({ name }) => name));
  const solution = solutionFrom(solveLoad(network, options), { components, requests: classes, mix: true });
  return { architecture: network.architecture, solution, cost: costAt(network, options) };
}

function stageAt(architecture: Architecture, users: number, declaredUsers: number) {
  const scale = users / declaredUsers;
  const steps: GrowthStep[] = [];
  let current = architecture;
  const unkept = new Set<Requirement>();
  let stuck: GrowthStep['because'] | undefined;
  for (;;) {
    const trouble = troubleAt(current, scale) ?? lossAt(current, scale, unkept);
    if (!trouble) break;
    if (trouble.unavailable) {
      const safe = safeguarded(current, trouble.unavailable, scale, MOST_STEPS - steps.length);
      if (safe.length === 0) unkept.add(trouble.unavailable);
      for (const { title, edits, section, architecture: after } of safe) {
        steps.push({ title, edits, section, because: trouble.because });
        current = after;
      }
      continue;
    }
    const step = steps.length < MOST_STEPS && remedyFor(current, scale, trouble);
    if (!step) {
      stuck = trouble.because;
      break;
    }
    current = step.architecture;
    const { title, edits, section } = step;
    steps.push({ title, edits, section, because: trouble.because });
  }
  const network = prepare(current);
  const [first] = bottlenecksOf(network, { scale: 1, load: 'peak' });
  const stage: GrowthStage = {
    users,
    carried: stuck === undefined,
    steps,
    ...(stuck ? { stuck } : {}),
    unkept: [...unkept],
    saturatesAt: first?.users ?? Number.POSITIVE_INFINITY,
    costPerHour: costAt(network, { scale, load: 'mean' }).perHour,
  };
  return { stage, architecture: current };
}

function remedyFor(architecture: Architecture, scale: number, pain: GrowingPain): SizedStep | undefined {
  const { because, bottleneck } = pain;
  if (because.type === 'bottleneck') return bottleneck && firstRemedy(architecture, bottleneck, pain.enough);
  const { requirement } = because;
  // A bill is not lowered by more machines.
  if (requirement.metric === 'cost') return undefined;
  const before = gapAt(architecture, requirement, scale);
  const helps = (step: SizedStep | undefined) =>
    step && isSmaller(gapAt(step.architecture, requirement, scale), before) ? step : undefined;
  for (const one of bottlenecksOf(prepare(architecture), { scale: 1, load: 'peak' }).slice(0, MOST_SUSPECTS)) {
    const step = helps(firstRemedy(architecture, one, Math.max(scale / HEADROOM, 2 * one.scale)));
    if (step) return step;
  }
  // No machine is faster than light: users far away need a data center near them.
  const nearer = isLatency(requirement.metric) ? anotherDataCenter(architecture) : [];
  return nearer
    .map((remedy) => helps(stepOf(architecture, remedy, remedy.sizes[0])))
    .find((step) => step !== undefined);
}

/** How far the figure of a promise is beyond its limit; 0 where it holds, or is not known. */
function gapAt(architecture: Architecture, requirement: Requirement, scale: number): number {
  const network = prepare(architecture);
  const { value, holds } = judge(requirement, answersAt(network, [requirement], scale));
  return holds !== false || value === undefined ? 0 : Math.abs(value - requirement.limit);
}

/** Infinite figures cannot be compared; whatever then saturates is looked at next. */
function isSmaller(after: number, before: number): boolean {
  return after < before * (1 - NEARER) || (after === before && before === Number.POSITIVE_INFINITY);
}

interface GrowingPain {
  readonly because: GrowthStep['because'];
  /** What saturates, and the multiple of the load at which it may do so afterwards. */
  readonly bottleneck?: Bottleneck;
  readonly enough: number;
  /** The promise, where it is about availability. */
  readonly unavailable?: Requirement;
}

/** What keeps an architecture from carrying a load: what saturates first, else the first promise that breaks. */
function troubleAt(architecture: Architecture, scale: number): GrowingPain | undefined {
  const network = prepare(architecture);
  const [bottleneck] = bottlenecksOf(network, { scale: 1, load: 'peak' });
  if (bottleneck && bottleneck.scale <= scale)
    return { because: { type: 'bottleneck', bottleneck }, bottleneck, enough: scale / HEADROOM };
  const declared = network.sources.reduce((sum, source) => sum + source.users, 0);
  const [requirement] = pointAt(architecture, scale * declared, declared).broken;
  if (!requirement) return undefined;
  return { because: { type: 'requirement', requirement }, enough: scale };
}

/** The first promise about availability that breaks, those left out that no steps keep. */
function lossAt(architecture: Architecture, scale: number, unkept: ReadonlySet<Requirement>): GrowingPain | undefined {
  const promised = architecture.requirements.filter((one) => one.metric === 'availability' && !unkept.has(one));
  if (promised.length === 0) return undefined;
  const availability = availabilityAt(architecture, scale);
  const requirement = promised.find((one) => isBroken(one, availability));
  return requirement && { because: { type: 'requirement', requirement }, enough: scale, unavailable: requirement };
}
