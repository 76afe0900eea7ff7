/**
 * The mean share of the requests that is lost, over all failures. Parts of the expression that share nothing are independent, so their
 * means can be multiplied. What parts share (failure domains, groups that occur more than once) is conditioned on, as locally
 * as possible: all states of the shared things where they are few; where they are many, all states with up to so many
 * failures at once, and the rest counts as lost.
 */
import type { FailureModel } from './domains.ts';
import { neededLoss, occurrences, type SwitchShare, type Working, works } from './evaluate.ts';
import { workingOf } from './groups.ts';
import type { Choice, Need, Needs } from './structure.ts';

/** Mean loss, and the probability of the states that were left out. */
export interface Expectation {
  readonly loss: number;
  readonly omitted: number;
}

/** Mean share of the requests that is lost by what `needs` says. */
export function expectedLoss(needs: Needs, model: FailureModel, switching: SwitchShare): Expectation {
  const expected = new Expected(needs, model, switching);
  const loss = expected.lossOf(needs);
  return { loss: Math.min(1, loss + expected.omitted), omitted: expected.omitted };
}

/** States that are gone through at most for each set of shared things. */
const MOST_STATES = 3000;

/** Something that is needed at one place: a station or a choice. */
interface Item {
  readonly variables: ReadonlySet<number>;
  readonly mean: () => number;
}

/** Variables are domains by their index, then groups by theirs. */
class Expected {
  /** Probability of the states that were left out so far. */
  omitted = 0;
  /** Probability of the state that is being looked at, among those of the shared things around it. */
  private weight = 1;
  private readonly up: Uint8Array;
  private readonly known: Uint8Array;
  private readonly pinned = new Map<number, Working>();
  private readonly repeated: ReadonlySet<number>;
  private readonly variablesOf = new Map<Needs | Choice, ReadonlySet<number>>();
  private readonly model: FailureModel;
  private readonly switching: SwitchShare;

  constructor(needs: Needs, model: FailureModel, switching: SwitchShare) {
    this.model = model;
    this.switching = switching;
    this.up = new Uint8Array(model.domains.length).fill(1);
    this.known = new Uint8Array(model.domains.length + model.groups.length);
    this.repeated = new Set([...occurrences(needs)].flatMap(([index, count]) => (count > 1 ? [index] : [])));
  }

  lossOf(needs: Needs): number {
    const items = [
      ...[...needs.stations].map(
        ([index, need]): Item => ({
          variables: this.stationVariables(index),
          mean: () => this.stationMean(index, need),
        }),
      ),
      ...[...needs.choices.values()].map(
        (choice): Item => ({
          variables: this.choiceVariables(choice),
          mean: () => this.choiceMean(choice),
        }),
      ),
    ];
    return unionLoss(this.clusters(items).map((cluster) => this.clusterMean(cluster)));
  }

  private clusterMean(items: readonly Item[]): number {
    if (items.length === 1) return items[0]!.mean();
    const shared = this.usedTwice(items.map((item) => item.variables));
    return this.conditioned(shared, () => unionLoss(items.map((item) => item.mean())));
  }

  private stationMean(index: number, need: Need): number {
    const pinned = this.pinned.get(index);
    if (pinned) return neededLoss(need, pinned);
    const group = this.model.groups[index]!;
    const variables = this.stationVariables(index);
    if (variables.size === 0) return neededLoss(need, workingOf(group, this.up));
    return this.conditioned(this.open(variables), () =>
      neededLoss(need, this.pinned.get(index) ?? workingOf(group, this.up)),
    );
  }

  private choiceMean(choice: Choice): number {
    const shared = this.usedTwice(choice.targets.map(({ needs }) => this.needsVariables(needs)));
    return this.conditioned(shared, () => {
      let all = 1;
      let mixed = 0;
      for (const { share, needs } of choice.targets) {
        const loss = this.lossOf(needs);
        all *= loss;
        mixed += share * loss;
      }
      const late = choice.healthy ? Math.min(1, this.switching(choice.router)) : 1;
      return Math.min(1, choice.uses) * (choice.healthy ? all + late * (mixed - all) : mixed);
    });
  }

  /** The mean of `body` over the states of the variables. */
  private conditioned(variables: readonly number[], body: () => number): number {
    if (variables.length === 0) return body();
    const most = mostFailures(variables.length);
    const around = this.weight;
    let covered = 0;
    const visit = (position: number, probability: number, failures: number): number => {
      if (!(probability > 0) || failures > most) return 0;
      const variable = variables[position];
      if (variable === undefined) {
        covered += probability;
        this.weight = around * probability;
        return probability * body();
      }
      this.known[variable] = 1;
      const next = (chance: number, more: number) => visit(position + 1, probability * chance, failures + more);
      const sum =
        variable < this.up.length ? this.visitDomain(variable, next) : this.visitGroup(variable - this.up.length, next);
      this.known[variable] = 0;
      return sum;
    };
    const mean = visit(0, 1, 0);
    this.weight = around;
    if (most < variables.length) this.omitted += around * Math.max(0, 1 - covered);
    return mean;
  }

  private visitDomain(domain: number, next: (chance: number, more: number) => number): number {
    const { reliability, within } = this.model.domains[domain]!;
    // What is in a domain that is down is down with it, which is no failure of its own.
    const inside = within.every((around) => this.up[around] === 1);
    const availability = inside ? reliability.availability : 0;
    let sum = next(availability, 0);
    this.up[domain] = 0;
    sum += next(1 - availability, inside ? 1 : 0);
    this.up[domain] = 1;
    return sum;
  }

  private visitGroup(group: number, next: (chance: number, more: number) => number): number {
    const { full, readOnly, lost } = workingOf(this.model.groups[group]!, this.up);
    const own = full > 0 || readOnly > 0 ? 1 : 0;
    const states: readonly (readonly [Working, number, number])[] = [
      [works, full, 0],
      [{ full: 0, readOnly: 1, lost }, readOnly, 1],
      [{ full: 0, readOnly: 0, lost }, Math.max(0, 1 - full - readOnly), own],
    ];
    let sum = 0;
    for (const [working, chance, more] of states) {
      this.pinned.set(group, working);
      sum += next(chance, more);
    }
    this.pinned.delete(group);
    return sum;
  }

  private stationVariables(index: number): ReadonlySet<number> {
    const { machines } = this.model.groups[index]!;
    const isRepeated = this.repeated.has(index);
    if (!isRepeated && machines.every(({ domains }) => domains.length === 0)) return NONE;
    const found = new Set<number>();
    for (const { domains } of machines) for (const domain of domains) found.add(domain);
    if (isRepeated) found.add(this.up.length + index);
    return found;
  }

  private choiceVariables(choice: Choice): ReadonlySet<number> {
    return this.remembered(choice, () => choice.targets.flatMap(({ needs }) => [...this.needsVariables(needs)]));
  }

  private needsVariables(needs: Needs): ReadonlySet<number> {
    return this.remembered(needs, () => [
      ...[...needs.stations.keys()].flatMap((index) => [...this.stationVariables(index)]),
      ...[...needs.choices.values()].flatMap((choice) => [...this.choiceVariables(choice)]),
    ]);
  }

  private remembered(key: Needs | Choice, make: () => readonly number[]): ReadonlySet<number> {
    let set = this.variablesOf.get(key);
    if (!set) {
      set = new Set(make());
      this.variablesOf.set(key, set);
    }
    return set;
  }

  /** Variables of at least two of the sets, domains before groups, those around before those inside. */
  private usedTwice(sets: readonly ReadonlySet<number>[]): readonly number[] {
    const counts = new Map<number, number>();
    for (const set of sets) for (const variable of set) counts.set(variable, (counts.get(variable) ?? 0) + 1);
    return this.open(new Set([...counts].flatMap(([variable, count]) => (count > 1 ? [variable] : []))));
  }

  /** Those that nothing is assumed about yet. */
  private open(variables: ReadonlySet<number>): readonly number[] {
    return [...variables].filter((variable) => this.known[variable] === 0).sort((a, b) => a - b);
  }

  /** Items that share something, directly or through others. */
  private clusters(items: readonly Item[]): readonly (readonly Item[])[] {
    const clusterOf = new Map<number, Item[]>();
    const clusters = new Set<Item[]>();
    for (const item of items) {
      const merged: Item[] = [item];
      for (const variable of item.variables) {
        if (this.known[variable] === 1) continue;
        const other = clusterOf.get(variable);
        if (!other || !clusters.delete(other)) continue;
        merged.push(...other);
      }
      clusters.add(merged);
      for (const one of merged) for (const variable of one.variables) clusterOf.set(variable, merged);
    }
    return [...clusters];
  }
}

const NONE: ReadonlySet<number> = new Set();

/** Loss of things that are all needed and independent. */
function unionLoss(losses: readonly number[]): number {
  let kept = 0;
  for (const loss of losses) kept += Math.log1p(-Math.min(1, loss));
  return -Math.expm1(kept);
}

/** The number of simultaneous failures up to which all states are few enough; that of all variables if everything is. */
function mostFailures(variables: number): number {
  let states = 1;
  let combinations = 1;
  for (let failures = 1; failures <= variables; failures++) {
    combinations = (combinations * (variables - failures + 1)) / failures;
    states += combinations;
    if (states > MOST_STATES) return Math.max(1, failures - 1);
  }
  return variables;
}
