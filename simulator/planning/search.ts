/** The search for a plan: what it adds against a shortfall, and what it takes away while nothing breaks (see `plan.ts`). */
import type { Architecture, Path, ResourceName } from '../../model/index.ts';
import { isMissing } from '../network/passing.ts';
import { sharing } from '../remedies/apply-edits.ts';
import { costOfChoice, type Goal, hasHeadroom, type Shortfall, shortfallOf } from './judgement.ts';
import {
  type Choice,
  type Count,
  chosen,
  countsAt,
  declaredChoice,
  frees,
  isFree,
  MOST_COPIES,
  type Space,
  sizeAt,
  written,
} from './variables.ts';

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

/** A choice that is made better step by step. */
export class Search {
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

  /**
   * The cheapest single change that helps against a shortfall. Against a store also what lets caches in front of it answer more. Sharding what
   * is not sharded yet comes last.
   */
  private relief(short: Shortfall): Choice | undefined {
    const suspects = short.type === 'bottleneck' ? [short.bottleneck.path] : short.suspects;
    for (const path of suspects) {
      const counts = countsAt(this.space, path).filter((index) => this.isConcerned(index, short));
      const old = counts.filter((index) => !this.isNewShard(index));
      const caches = cachesBefore(this.space.architecture, path);
      const options = [
        ...old.flatMap((index) => this.raised(index, short)),
        ...this.larger(path, short),
        ...caches.flatMap((cache) => [
          ...countsAt(this.space, cache).flatMap((index) => this.raised(index, short)),
          ...this.larger(cache, short),
        ]),
      ];
      if (options.length > 0) return this.cheapest(options);
      const [sharded] = counts.filter((index) => this.isNewShard(index)).flatMap((index) => this.raised(index, short));
      if (sharded) return sharded;
    }
    return undefined;
  }

  /** Threads help against a want of threads, and so on; memory against what the cache leaves to others, never against itself. */
  private isConcerned(index: number, short: Shortfall): boolean {
    const count = this.space.counts[index]!;
    if (!isFree(count))
      return short.type !== 'bottleneck' || short.bottleneck.resource !== 'connections' || !isStore(count);
    return short.type === 'bottleneck' && frees[count.property] === short.bottleneck.resource;
  }

  private isNewShard(index: number): boolean {
    const { property, now } = this.space.counts[index]!;
    return property === 'sharding.shards' && now === 1 && this.choice.counts[index] === 1;
  }

  /** The smallest count that is enough; where none is, against a promise one that brings it nearer. */
  private raised(index: number, short: Shortfall): readonly Choice[] {
    const now = this.choice.counts[index]!;
    const count = this.space.counts[index]!;
    const { property, most: declared = MOST_COPIES } = count;
    const most = property === 'readReplicas' ? MOST_READ_REPLICAS : isFree(count) ? MOST_FREE : MOST_COPIES;
    if (short.type === 'bottleneck') {
      const paths = this.pathsOf(short.bottleneck.path);
      // More threads need not also be a cure for a want of connections.
      const resource = isFree(count) ? frees[count.property] : undefined;
      const enough = (value: number) => this.keepsHeadroom(withCount(this.choice, index, value), paths, resource);
      const least = leastOf(now + 1, Math.min(most, property === 'memory' ? declared : most), enough);
      return least === undefined ? [] : [withCount(this.choice, index, least)];
    }
    const spare = short.requirement.metric === 'availability';
    const next = spare ? now + 1 : Math.max(now + 1, Math.ceil(now * GROWTH));
    if (next > Math.min(most, property === 'memory' ? declared : most, spare ? MOST_SPARE : most)) return [];
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
      const enough = bigger.find((one) => this.keepsHeadroom(one, this.pathsOf(short.bottleneck.path)));
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

  private keepsHeadroom(choice: Choice, paths: ReadonlySet<Path>, resource?: ResourceName): boolean {
    this.tried++;
    this.onProgress(this.tried);
    return hasHeadroom(chosen(this.space, choice), this.goal, paths, resource);
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
      .map((choice) => ({ choice, cost: this.cost(choice), copies: this.copiesOf(choice) }))
      .reduce((best, one) => (isLess(one, best) ? one : best)).choice;
  }

  /** Copies; of what costs nothing, a doubling weighs as much as one. */
  private copiesOf({ counts }: Choice): number {
    return counts.reduce((sum, count, i) => {
      const { now, ...variable } = this.space.counts[i]!;
      return sum + (isFree(variable) ? count / now : count);
    }, 0);
  }

  /** Cheaper, or as cheap with fewer copies. */
  private isCheaper(choice: Choice): boolean {
    const [next, now] = [choice, this.choice].map((one) => ({ cost: this.cost(one), copies: this.copiesOf(one) }));
    return isLess(next!, now!);
  }
}

const MOST_STEPS = 200;
/** Amazon RDS allows one primary no more within a region (Amazon RDS user guide, working with read replicas). */
const MOST_READ_REPLICAS = 15;
/** More threads, connections or gigabytes than this are not proposed. An assumption. */
const MOST_FREE = 65_536;
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

/** Caches that ask a store for what they do not have. */
function cachesBefore({ connections, components }: Architecture, path: Path): readonly Path[] {
  const leading = connections.filter((one) => one.to === path && isMissing(one)).map(({ from }) => from);
  return components.filter((one) => one.kind === 'cache' && leading.includes(one.path)).map((one) => one.path);
}

function isStore({ property }: Pick<Count, 'property'>): boolean {
  return property === 'readReplicas' || property === 'sharding.shards';
}

/** A component and what shares its text. */
export function pathsSharing(architecture: Architecture, path: Path): readonly Path[] {
  const component = architecture.components.find((one) => one.path === path);
  return component ? sharing(architecture, component).map((one) => one.path) : [path];
}
