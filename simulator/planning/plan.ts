/**
 * The cheapest numbers of replicas, read replicas and shards, the cheapest instance types of the same family, and no more memory of caches,
 * threads, pools and connections than it takes, with which an architecture carries a population: every resource that can be sized at
 * most 70 % used, nothing else saturated, every promise kept that can be judged.
 *
 * The search grows what lacks headroom or keeps a promise from holding until all is kept (each time the cheapest single change that
 * is enough), then goes down: every count as low as it can be, with every instance type of the family, until nothing is cheaper.
 * What is guaranteed: the result keeps everything; taking one copy away, or changing one instance type (with the counts of that
 * component fitted to it), either breaks something or is not cheaper. It is a local optimum: several changes at once that
 * only together are cheaper are not tried. What is redundant stays redundant: two replicas do not become one.
 */
import type { Architecture, Edit, Path } from '../../model/index.ts';
import { prepare } from '../network/prepare.ts';
import { costOfChoice, judgeable, type Shortfall } from './judgement.ts';
import { pathsSharing, Search, type SearchStep } from './search.ts';
import { type Choice, chosen, editsOf, type Space, spaceOf, written } from './variables.ts';

export interface PlanOptions {
  /** The population to plan for. */
  readonly users: number;
  /** The most that any resource may be used, 0.7 unless told otherwise. */
  readonly utilization?: number;
  /** Called after each change of the search. */
  readonly onProgress?: (tried: number) => void;
}

/** A property that the plan changes. */
export interface PlannedChange {
  readonly path: Path;
  readonly property: string;
  readonly before: string;
  readonly after: string;
}

/** The answer of the search. */
export interface Plan {
  readonly users: number;
  readonly utilization: number;
  /** True if everything is kept. */
  readonly feasible: boolean;
  /** What cannot be kept; absent in a plan that is feasible. */
  readonly unmet?: Shortfall;
  readonly changes: readonly PlannedChange[];
  readonly edits: readonly Edit[];
  /** The planned architecture; its declared population is the old one. */
  readonly architecture: Architecture;
  /** USD per hour at the planned population: as declared, and as planned. */
  readonly costBefore: number;
  readonly costAfter: number;
  readonly search: readonly SearchStep[];
  /** How many choices were looked at. */
  readonly tried: number;
}

/** Plans for a population. Undefined if no users with a population are declared. Never throws. */
export function planFor(architecture: Architecture, options: PlanOptions): Plan | undefined {
  const { users, utilization = HEADROOM, onProgress = () => {} } = options;
  const declared = prepare(architecture).sources.reduce((sum, source) => sum + source.users, 0);
  if (!(declared > 0) || !(users > 0) || !Number.isFinite(users)) return undefined;
  const scale = users / declared;
  const space = spaceOf(architecture);
  const goal = { scale, utilization, sizable: sizableIn(space), requirements: judgeable(architecture, scale) };
  const search = new Search(space, goal, onProgress);
  const unmet = search.grow();
  if (!unmet) search.save();
  const { choice, steps, tried } = search;
  const planned = unmet ? architecture : chosen(space, choice);
  return {
    users,
    utilization,
    feasible: unmet === undefined,
    ...(unmet ? { unmet } : {}),
    changes: unmet ? [] : changesOf(space, choice),
    edits: unmet ? [] : editsOf(space, choice),
    architecture: planned,
    costBefore: costOfChoice(architecture, goal),
    costAfter: costOfChoice(planned, goal),
    search: steps,
    tried,
  };
}

/** The limit of the rule `insufficient-headroom`. */
const HEADROOM = 0.7;

function sizableIn({ architecture, counts, sizes }: Space): ReadonlySet<Path> {
  return new Set([...counts, ...sizes].flatMap(({ path }) => pathsSharing(architecture, path)));
}

function changesOf(space: Space, choice: Choice): readonly PlannedChange[] {
  return [
    ...space.sizes.map(({ path, now }, i) => ({ path, property: 'instance', before: now, after: choice.sizes[i]! })),
    ...space.counts.map((count, i) => ({
      path: count.path,
      property: count.property,
      before: written(count, count.now),
      after: written(count, choice.counts[i]!),
    })),
  ].filter(({ before, after }) => before !== after);
}
