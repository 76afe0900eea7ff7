/**
 * Plays a scenario: from moment to moment, with everything that is written in it hit exactly. Between two moments all rates are constant, so
 * that backlogs change along straight lines; where the load rises or falls, its mean over the step is taken. The cost
 * depends on how often something changes, never on how many requests there are.
 */
import { amount, type Scenario } from '../../model/index.ts';
import { hitRatioAt } from '../network/hits.ts';
import type { Network } from '../network/network.ts';
import { operation } from '../network/operation.ts';
import { solveState } from '../steady/closed.ts';
import { arrivalRateOf, rateOf } from '../steady/demand.ts';
import type { State } from '../steady/state.ts';
import { decide } from './autoscaling.ts';
import { type Conditions, createObserver } from './conditions.ts';
import { schedule } from './events.ts';
import { type Flows, failingRates, fillRate, flowsOf, queuesBefore, type Situation, warmth } from './flows.ts';
import { type LoadCurve, loadCurve } from './load.ts';
import { chanceLate, type Instant, STRAINED } from './moment.ts';
import { type Step, stepFor } from './stepping.ts';
import type { UnitFlow } from './unit-flow.ts';
import { adoptOrphans, type Unit, unitsOf } from './units.ts';
import { warmUpOf } from './warmth.ts';
import { createWorld, SLOTS, tell, type World } from './world.ts';

/** What is known at a moment, valid until the next. */
export interface Frame extends Instant {
  readonly now: number;
  /** False if nothing has changed since the frame before. */
  readonly isNew: boolean;
  /** True if something has happened just now, so that nothing goes on evenly from the frame before. */
  readonly jumped: boolean;
  readonly world: World;
  /** Requests per second: sent, failed, answered; and how many wait. */
  readonly offered: number;
  readonly failing: number;
  readonly answered: number;
  readonly inProgress: number;
  /** Operations that wait, by slot. */
  readonly waiting: Float64Array;
}

/** Requests over the whole playback. */
export interface Totals {
  entered: number;
  answered: number;
  failed: number;
  waiting: number;
}

/** What a player tells at the end. */
export interface Played {
  readonly world: World;
  readonly totals: Totals;
  readonly assumed: readonly string[];
}

/** Plays a scenario on a network; `see` is called at every moment, and stops the playback by returning false. */
export function runScenario(
  network: Network,
  scenario: Scenario,
  steps: number,
  see: (frame: Frame) => boolean,
): Played {
  const player = new Player(network, scenario, steps);
  while (see(player.frame()) && player.advance());
  return { world: player.world, totals: player.totals, assumed: [...player.assumed] };
}

class Player {
  readonly world: World;
  readonly totals: Totals = { entered: 0, answered: 0, failed: 0, waiting: 0 };
  readonly assumed = new Set<string>();
  private readonly scenario: Scenario;
  private readonly curve: LoadCurve;
  private readonly observe: () => Conditions;
  private readonly grid: number;
  private readonly lastWork: Float64Array;
  private readonly mostMessages: Float64Array;
  private readonly keeps: Float64Array;
  private readonly strainedSince = new Map<number, number>();
  private conditions!: Conditions;
  private units: readonly Unit[] = [];
  private situation!: Situation;
  private flows!: Flows;
  private isNew = true;
  private hurried = 0;
  private jumped = true;
  private late: readonly Float64Array[] = [];

  constructor(network: Network, scenario: Scenario, steps: number) {
    this.scenario = scenario;
    this.curve = loadCurve(network, scenario.load);
    this.grid = Math.max(scenario.duration, 1e-6) / Math.max(1, Math.round(steps));
    const before = startingState(network, this.curve.at(0));
    this.world = createWorld(network, before.replicas);
    this.observe = createObserver(this.world);
    schedule(this.world, scenario.events);
    for (const bend of this.curve.bends) this.world.agenda.add(bend, () => {});
    this.lastWork = new Float64Array(network.stations.length * SLOTS);
    this.mostMessages = limitsOf(network, 'maxLength');
    this.keeps = limitsOf(network, 'retention');
    this.settle();
  }

  /** Everything at the moment. */
  frame(): Frame {
    const { conditions, flows, world } = this;
    const { offered, failing, answered } = this.requestRates();
    const { sourceRates, streamRates } = this.loadAt();
    return {
      now: world.now,
      isNew: this.isNew,
      jumped: this.jumped,
      world,
      conditions,
      flows,
      sourceRates,
      streamRates,
      offered,
      failing,
      answered,
      inProgress: this.totals.waiting,
      waiting: world.waiting.slice(),
      strained: this.strained(),
    };
  }

  /** Seconds for which a unit has been strained by now, whenever that is asked. */
  private strained(): (flow: UnitFlow) => number {
    const { now } = this.world;
    const since = new Map(this.strainedSince);
    return ({ unit }) => now - (since.get(unit.parts[0]!.slot) ?? Number.NEGATIVE_INFINITY);
  }

  /** Goes on to the next moment; false at the end. */
  advance(): boolean {
    const { world, scenario } = this;
    const left = scenario.duration - world.now;
    if (!(left > 0)) return false;
    const event = Math.min(world.agenda.next(), scenario.duration);
    const most = this.isMoving() ? Math.min(this.grid, event - world.now) : event - world.now;
    const step = this.unhurried(stepFor(this.situation, this.flows, most), most);
    this.integrate(step.seconds, step.emptied);
    world.now = step.seconds === event - world.now ? event : world.now + step.seconds;
    this.isNew = this.isMoving();
    this.jumped = world.agenda.run(world.now);
    if (this.jumped) this.isNew = true;
    this.settle();
    return true;
  }

  /** Conditions that chase each other in ever shorter steps are looked at from further away. */
  private unhurried(step: Step, most: number): Step {
    this.hurried = step.seconds < this.grid / SHORT ? this.hurried + 1 : 0;
    if (this.hurried <= MOST_SHORT) return step;
    return { seconds: Math.min(most, this.grid / 4), emptied: [] };
  }

  /** True if anything changes without an event: load, backlogs, cold caches, queues near saturation. */
  private isMoving(): boolean {
    const { world, flows, curve } = this;
    if (curve.slopes(world.now) || world.cold.size > 0) return true;
    return flows.units.some((flow) => {
      if (flow.queued) return true;
      const since = this.strainedSince.get(flow.unit.parts[0]!.slot);
      return since !== undefined && Number.isFinite(since);
    });
  }

  /** Brings everything up to date with the world: conditions, flows, and what follows from them at once. */
  private settle(): void {
    const { world } = this;
    for (let round = 0; round < MOST_REACTIONS; round++) {
      world.agenda.run(world.now);
      const known = !world.changed;
      if (world.changed) {
        this.isNew = true;
        this.jumped = true;
        world.changed = false;
        this.conditions = this.observe();
        this.units = unitsOf(this.conditions.network, this.conditions.dead);
        adoptOrphans(this.units, world.waiting);
      }
      this.crash();
      this.solve();
      this.warmUp();
      decide(world, this.conditions, this.flows);
      if (known || !world.changed) break;
    }
    this.remember();
  }

  private solve(): void {
    const { sourceRates, streamRates } = this.loadAt();
    const { conditions, units, world, lastWork, mostMessages, keeps, grid } = this;
    const { waiting, cold } = world;
    const base = { conditions, units, streamRates, waiting, cold, lastWork, mostMessages, keeps, step: grid };
    const { impatient, streams } = conditions.network;
    if (!impatient) {
      this.situation = base;
      this.flows = flowsOf(base);
      return;
    }
    // Attempts that fail are sent again, which makes more of them fail: on from where it was before, from rest at first.
    const fits =
      this.late.length === streams.length && streams.every((one, i) => one.target.length === this.late[i]!.length);
    const strained = this.strained();
    let late = fits ? this.late : streams.map(({ target }) => new Float64Array(target.length));
    // Later on the rounds go on from step to step.
    const most = world.now === 0 ? MOST_ROUNDS : LATER_ROUNDS;
    for (let round = 0; round < most; round++) {
      this.situation = { ...base, late };
      this.flows = flowsOf(this.situation);
      const next = chanceLate({ conditions, flows: this.flows, sourceRates, streamRates, strained });
      const moved = next.some((shares, i) => shares.some((share, edge) => Math.abs(share - late[i]![edge]!) > SETTLED));
      if (!moved) break;
      late = next;
    }
    this.late = late;
  }

  private loadAt(): { readonly sourceRates: Float64Array; readonly streamRates: Float64Array } {
    const { world, curve, grid, scenario } = this;
    const end = Math.min(world.now + grid, world.agenda.next(), scenario.duration);
    // Along a straight line the mean over a step is the value in its middle.
    const time = curve.slopes(world.now) ? (world.now + Math.max(world.now, end)) / 2 : world.now;
    let factor = 1;
    for (const surge of world.surges) factor *= surge.factor;
    const isWaiting = world.waiting.some((count) => count > 0);
    const nominal = isWaiting ? curve.at(0) : undefined;
    // While something waits, a trace of load keeps its way through the network known.
    const sourceRates = curve.at(time).map((rate, i) => Math.max(rate * factor, (nominal?.[i] ?? 0) * TRACE));
    const { network } = this.conditions ?? { network: world.network };
    const streamRates = Float64Array.from(
      network.streams,
      (stream) => sourceRates[stream.source]! * network.classes[stream.class]!.share,
    );
    return { sourceRates, streamRates };
  }

  /** How fast a cache fills is settled by the load that it has when it is empty. */
  private warmUp(): void {
    const { world, flows, conditions } = this;
    let settled = false;
    for (const [index, coldness] of world.cold) {
      if (coldness.warmUp || conditions.dead[index] === 1) continue;
      const { cache, path } = world.network.stations[index]!;
      const rate = arrivalRateOf(conditions.network, flows.rates, index);
      const usual = cache ? (hitRatioAt(cache, rate) ?? 0) : 0;
      coldness.warmUp = (cache && warmUpOf(cache, usual, rate)) ?? { full: Number.POSITIVE_INFINITY, share: () => 0 };
      if (usual > 0 && coldness.warmUp.full === Number.POSITIVE_INFINITY)
        this.assumed.add(
          `How fast '${path}' fills is not known without 'items', 'itemSize' or 'ttl', so it stays cold.`,
        );
      settled = true;
    }
    if (settled) this.solve();
  }

  /** What waits at a machine is lost with it; messages are in their queue. */
  private crash(): void {
    const { world, totals } = this;
    for (const { station, share } of world.crashes.splice(0)) {
      if (queuesBefore(world.network, station).length > 0) continue;
      let lost = 0;
      for (let slot = station * SLOTS; slot < (station + 1) * SLOTS; slot++) {
        lost += world.waiting[slot]! * share;
        world.waiting[slot] = world.waiting[slot]! * (1 - share);
      }
      world.failed[station] = world.failed[station]! + lost;
      const requests = Math.min(totals.waiting, lost);
      totals.waiting -= requests;
      totals.failed += requests;
    }
  }

  private remember(): void {
    const { world, flows, conditions } = this;
    for (const flow of flows.units) {
      for (const { slot, station, arrives, each } of flow.parts)
        if (arrives > 0 && each > 0) this.lastWork[slot] = each / conditions.slow[station]!;
      const key = flow.unit.parts[0]!.slot;
      const isStrained = flow.work >= STRAINED * flow.unit.servers && flow.work > 0;
      if (!isStrained) this.strainedSince.delete(key);
      else if (!this.strainedSince.has(key))
        this.strainedSince.set(key, world.now === 0 ? Number.NEGATIVE_INFINITY : world.now);
    }
    for (const { index } of world.network.stations)
      world.writes[index] = rateOf(conditions.network, flows.rates, index, operation.write);
  }

  /** Requests per second that are sent, that fail, and that are answered: what is neither waits longer or less. */
  private requestRates() {
    const { flows, situation, totals } = this;
    let offered = 0;
    let failing = 0;
    for (const [i, rate] of situation.streamRates.entries()) {
      offered += rate;
      failing += rate * flows.sweeps[i]!.down[0]!;
    }
    let grows = 0;
    for (const flow of flows.units) for (const part of flow.parts) grows += part.grows * part.requests;
    if (totals.waiting === 0) grows = Math.max(0, grows);
    return { offered, failing, answered: Math.max(0, offered - failing - grows) };
  }

  private integrate(seconds: number, emptied: readonly number[]): void {
    const { world, flows, totals, conditions } = this;
    const { offered, failing, answered } = this.requestRates();
    totals.entered += offered * seconds;
    totals.failed += failing * seconds;
    const waiting = totals.waiting + (offered - failing - answered) * seconds;
    totals.answered += answered * seconds + Math.min(0, waiting);
    totals.waiting = Math.max(0, waiting);
    for (const { parts } of flows.units)
      for (const { slot, grows } of parts) world.waiting[slot] = Math.max(0, world.waiting[slot]! + grows * seconds);
    for (const slot of emptied) world.waiting[slot] = 0;
    if (totals.waiting > 0 && world.waiting.every((count) => count === 0)) {
      totals.answered += totals.waiting;
      totals.waiting = 0;
    }
    for (const [index, failing] of failingRates(conditions.network, flows).entries())
      world.failed[index] = world.failed[index]! + failing * seconds;
    for (const [index, coldness] of world.cold) {
      if (conditions.dead[index] === 1) continue;
      coldness.requests += fillRate(conditions, flows, index) * seconds;
      if (warmth(coldness) < 1 - 1e-9 && coldness.requests < (coldness.warmUp?.full ?? 0)) continue;
      world.cold.delete(index);
      const { path } = world.network.stations[index]!;
      tellLater(world, seconds, `'${path}' is warm again`, path);
    }
  }
}

/** Load below which it is nothing, relative to that at the start. */
const TRACE = 1e-12;
/** Rounds of the fixed point of retries, and the change below which it is reached: the error of the inversion. */
const MOST_ROUNDS = 50;
const LATER_ROUNDS = 6;
const SETTLED = 1e-6;
/** A step shorter than this part of the grid is short, and so many of them in a row are too many. */
const SHORT = 50;
const MOST_SHORT = 60;
/** Reactions to reactions at one moment. */
const MOST_REACTIONS = 8;

function tellLater(world: World, seconds: number, text: string, path: string): void {
  world.agenda.add(world.now + seconds, () => tell(world, 'reaction', text, path));
}

/** The steady state that a scenario starts from. */
function startingState(network: Network, rates: Float64Array): State {
  const declared = solveState(network, { scale: 1, load: 'mean' }).state.sourceRates;
  const total = declared.reduce((sum, rate) => sum + rate, 0);
  const scale = total > 0 ? rates.reduce((sum, rate) => sum + rate, 0) / total : 0;
  return solveState(network, { scale, load: 'mean' }).state;
}

/** Messages, or seconds, that the queues in front of each station allow; Infinity where nothing limits them. */
function limitsOf(network: Network, property: 'maxLength' | 'retention'): Float64Array {
  return Float64Array.from(network.stations, ({ index }) => {
    const limits = queuesBefore(network, index).map(
      (queue) => amount(network.stations[queue]!.component, property) ?? Number.POSITIVE_INFINITY,
    );
    if (limits.length === 0) return Number.POSITIVE_INFINITY;
    return property === 'maxLength' ? limits.reduce((sum, limit) => sum + limit, 0) : Math.min(...limits);
  });
}
