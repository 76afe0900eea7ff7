/**
 * The cheapest numbers of replicas, read replicas and shards, and the cheapest instance types of the same family, with which an
 * architecture carries a population: every resource that can be sized at most 70 % used, nothing else saturated, every promise kept that can be judged.
 *
 * The search grows what lacks headroom or keeps a promise from holding until all is kept (each time the cheapest single change that
 * is enough), then goes down: every count as low as it can be, with every instance type of the family, until nothing is cheaper.
 * What is guaranteed: the result keeps everything; taking one copy away, or changing one instance type (with the counts of that
 * component fitted to it), either breaks something or is not cheaper. It is a local optimum: several changes at once that
 * only together are cheaper are not tried. What is redundant stays redundant: two replicas do not become one.
 */
import type { Architecture, Edit, Path } from '../../model/index.ts';
import { prepare } from '../network/prepare.ts';
import { sharing } from '../remedies/apply-edits.ts';
import { costOfChoice, type Goal, hasHeadroom, judgeable, type Shortfall, shortfallOf } from './judgement.ts';
import {
  type Choice,
  chosen,
  countsAt,
  declaredChoice,
  editsOf,
  MOST_COPIES,
  type Space,
  sizeAt,
  spaceOf,
  written,
} from './variables.ts';

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

/** One step of the search. */
export interface SearchStep {
  readonly phase: 'grow' | 'save';
  /** What was changed, such as `app replicas: 12`. */
  readonly change: string;
  /** Why: what was short before. Absent in the phase that saves. */
  readonly because?: Shortfall;
  /** USD per hour after it. */
  readonly costPerHour: number;
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
const MOST_STEPS = 200;

function sizableIn({ architecture, counts, sizes }: Space): ReadonlySet<Path> {
  return new Set([...counts, ...sizes].flatMap(({ path }) => pathsSharing(architecture, path)));
}

function pathsSharing(architecture: Architecture, path: Path): readonly Path[] {
  const component = architecture.components.find((one) => one.path === path);
  return component ? sharing(architecture, component).map((one) => one.path) : [path];
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

/** A choice that is made better step by step. */
class Search {
  readonly space: Space;
  readonly steps: SearchStep[] = [];
  choice: Choice;
  tried = 0;
  private readonly goal: Goal;
  private readonly onProgress: (tried: number) => void;

  constructor(space: Space, goal: Goal, onProgress: (tried: number) => void) {
    this.space = space;
    this.goal = goal;
    this.onProgress = onProgress;
    this.choice = declaredChoice(space);
  }

  /** Adds until everything is kept; the result is what cannot be. */
  grow(): Shortfall | undefined {
    for (let step = 0; step < MOST_STEPS; step++) {
      const short = this.shortfall(this.choice);
      if (!short) return undefined;
      const next = this.relief(short);
      if (!next) return short;
      this.take('grow', next, short);
    }
    return this.shortfall(this.choice);
  }

  /** Takes away until nothing is cheaper. */
  save(): void {
    for (let round = 0; round < MOST_STEPS; round++) {
      const before = this.choice;
      for (const index of this.space.counts.keys()) this.lower(index);
      for (const index of this.space.sizes.keys()) this.resize(index);
      if (this.choice === before) return;
    }
  }

  private take(phase: SearchStep['phase'], next: Choice, because?: Shortfall): void {
    const change = describe(this.space, this.choice, next);
    this.choice = next;
    this.steps.push({ phase, change, ...(because ? { because } : {}), costPerHour: this.cost(next) });
  }

  /** The cheapest single change that helps against a shortfall. Sharding what is not sharded yet comes last. */
  private relief(short: Shortfall): Choice | undefined {
    const suspects = short.type === 'bottleneck' ? [short.bottleneck.path] : short.suspects;
    for (const path of suspects) {
      const counts = countsAt(this.space, path);
      const old = counts.filter((index) => !this.isNewShard(index));
      const options = [...old.flatMap((index) => this.raised(index, short)), ...this.larger(path, short)];
      if (options.length > 0) return this.cheapest(options);
      const [sharded] = counts.filter((index) => this.isNewShard(index)).flatMap((index) => this.raised(index, short));
      if (sharded) return sharded;
    }
    return undefined;
  }

  private isNewShard(index: number): boolean {
    const { property, now } = this.space.counts[index]!;
    return property === 'sharding.shards' && now === 1 && this.choice.counts[index] === 1;
  }

  /** The smallest count that is enough; where none is, against a promise one that brings it nearer. */
  private raised(index: number, short: Shortfall): readonly Choice[] {
    const now = this.choice.counts[index]!;
    const { property } = this.space.counts[index]!;
    const most = property === 'readReplicas' ? MOST_READ_REPLICAS : MOST_COPIES;
    if (short.type === 'bottleneck') {
      const least = leastOf(now + 1, most, (count) => this.relieves(withCount(this.choice, index, count), index));
      return least === undefined ? [] : [withCount(this.choice, index, least)];
    }
    const spare = short.requirement.metric === 'availability';
    const next = spare ? now + 1 : Math.max(now + 1, Math.ceil(now * GROWTH));
    if (next > Math.min(most, spare ? MOST_SPARE : most)) return [];
    const more = withCount(this.choice, index, next);
    return this.isNearer(more, short) ? [more] : [];
  }

  private larger(path: Path, short: Shortfall): readonly Choice[] {
    const index = sizeAt(this.space, path);
    if (index < 0) return [];
    const { names } = this.space.sizes[index]!;
    const now = names.indexOf(this.choice.sizes[index]!);
    const bigger = names.slice(now + 1).map((name) => withSize(this.choice, index, name));
    if (short.type === 'bottleneck') {
      const enough = bigger.find((one) => this.keepsHeadroom(one, this.pathsOf(path)));
      return enough ? [enough] : [];
    }
    const [next] = bigger;
    return next && this.isNearer(next, short) ? [next] : [];
  }

  /** True if the promise holds, or its figure has come nearer to the limit by a hundredth. */
  private isNearer(next: Choice, short: Extract<Shortfall, { type: 'requirement' }>): boolean {
    const after = this.shortfall(next);
    if (after?.type !== 'requirement' || after.requirement !== short.requirement) return true;
    const { limit } = short.requirement;
    return Math.abs(after.value - limit) < Math.abs(short.value - limit) * (1 - NEARER);
  }

  /** The count as low as everything allows. */
  private lower(index: number): void {
    const { least } = this.space.counts[index]!;
    const now = this.choice.counts[index]!;
    if (now <= least) return;
    const fitted = this.fitted(this.choice, index, now);
    if (fitted && this.isCheaper(fitted)) this.take('save', fitted);
  }

  /** The smallest count up to `most` with which everything is kept; headroom, which is cheap to find, first. */
  private fitted(choice: Choice, index: number, most: number): Choice | undefined {
    const { least } = this.space.counts[index]!;
    const roomy = leastOf(least, most, (count) => this.relieves(withCount(choice, index, count), index));
    if (roomy === undefined) return undefined;
    const kept = (count: number) => this.shortfall(withCount(choice, index, count)) === undefined;
    const count = kept(roomy) ? roomy : leastOf(roomy + 1, most, kept);
    return count === undefined ? undefined : withCount(choice, index, count);
  }

  /** Other instance types, with the counts of the component fitted to them. */
  private resize(index: number): void {
    const { names, path } = this.space.sizes[index]!;
    const options = names.flatMap((name) => {
      if (name === this.choice.sizes[index]) return [];
      const other = withSize(this.choice, index, name);
      const counts = countsAt(this.space, path);
      if (counts.length === 0) return this.shortfall(other) ? [] : [other];
      return counts.flatMap((count) => this.fitted(other, count, MOST_COPIES) ?? []);
    });
    const best = options.length > 0 ? this.cheapest(options) : undefined;
    // At the same price the declared type stays.
    if (best && this.cost(best) < this.cost(this.choice) - ROUNDING) this.take('save', best);
  }

  private relieves(choice: Choice, index: number): boolean {
    return this.keepsHeadroom(choice, this.pathsOf(this.space.counts[index]!.path));
  }

  private keepsHeadroom(choice: Choice, paths: ReadonlySet<Path>): boolean {
    this.tried++;
    this.onProgress(this.tried);
    return hasHeadroom(chosen(this.space, choice), this.goal, paths);
  }

  private shortfall(choice: Choice): Shortfall | undefined {
    this.tried++;
    this.onProgress(this.tried);
    return shortfallOf(chosen(this.space, choice), this.goal);
  }

  private pathsOf(path: Path): ReadonlySet<Path> {
    return new Set(pathsSharing(this.space.architecture, path));
  }

  private cost(choice: Choice): number {
    return costOfChoice(chosen(this.space, choice), this.goal);
  }

  private cheapest(choices: readonly Choice[]): Choice {
    return choices
      .map((choice) => ({ choice, cost: this.cost(choice), copies: copiesOf(choice) }))
      .reduce((best, one) => (isLess(one, best) ? one : best)).choice;
  }

  /** Cheaper, or as cheap with fewer copies. */
  private isCheaper(choice: Choice): boolean {
    const [next, now] = [choice, this.choice].map((one) => ({ cost: this.cost(one), copies: copiesOf(one) }));
    return isLess(next!, now!);
  }
}

/** Amazon RDS allows one primary no more within a region (Amazon RDS user guide, working with read replicas). */
const MOST_READ_REPLICAS = 15;
/** More copies than this do not make anything more available that the first few did not. An assumption. */
const MOST_SPARE = 16;
/** A change that brings a promise less far than this is none. */
const NEARER = 0.01;
/** By how much a count is raised for a promise, step by step. */
const GROWTH = 1.25;
/** Dollars per hour that count as nothing. */
const ROUNDING = 1e-9;

interface Price {
  readonly cost: number;
  readonly copies: number;
}

function isLess(a: Price, b: Price): boolean {
  return a.cost < b.cost - ROUNDING || (Math.abs(a.cost - b.cost) <= ROUNDING && a.copies < b.copies);
}

function copiesOf({ counts }: Choice): number {
  return counts.reduce((sum, count) => sum + count, 0);
}

function withCount(choice: Choice, index: number, count: number): Choice {
  return { ...choice, counts: choice.counts.with(index, count) };
}

function withSize(choice: Choice, index: number, name: string): Choice {
  return { ...choice, sizes: choice.sizes.with(index, name) };
}

/** The least number in a range for which a monotone predicate is true, by doubling and bisection; undefined if it is never. */
function leastOf(from: number, to: number, enough: (count: number) => boolean): number | undefined {
  let low = from;
  let step = 1;
  let high = from;
  while (high < to && !enough(high)) {
    low = high + 1;
    high = Math.min(to, high + step);
    step *= 2;
  }
  if (high > to || !enough(high)) return undefined;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (enough(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}

function describe(space: Space, before: Choice, after: Choice): string {
  const sizes = space.sizes.flatMap(({ path }, i) =>
    before.sizes[i] === after.sizes[i] ? [] : [`${path} instance: ${after.sizes[i]}`],
  );
  const counts = space.counts.flatMap((count, i) =>
    before.counts[i] === after.counts[i]
      ? []
      : [`${count.path} ${count.property}: ${written(count, after.counts[i]!)}`],
  );
  return [...sizes, ...counts].join(', ');
}
