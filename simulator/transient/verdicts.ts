/** Whether the promises of a scenario are kept while it is played. */
import { isInside, type Metric, type Requirement } from '../../model/index.ts';
import { isLatency } from '../capacity/requirements.ts';
import { meanOf, quantileOf } from '../statistics/index.ts';
import { isMeasurable, responseTree } from '../steady/components.ts';
import { responseOfAll, responseOfClass } from '../steady/requests.ts';
import type { ScenarioVerdict } from './playback.ts';
import type { Totals } from './player.ts';

import { errorsOf, errorsOfClass, type Look } from './recording.ts';

/** Follows one requirement through a playback. */
export interface Judge {
  see(look: Look): void;
  verdict(duration: number, totals: Totals): ScenarioVerdict;
}

/** A judge for a requirement: of every moment, or of the whole. */
export function judgeOf(requirement: Requirement): Judge {
  const why = unanswerable[requirement.metric];
  if (why !== undefined) return { see: () => {}, verdict: () => ({ requirement, broken: [], why }) };
  return requirement.metric === 'availability' ? new WholeJudge(requirement) : new MomentJudge(requirement);
}

const unanswerable: Partial<Record<Metric, string>> = {
  capacity: 'capacity is a figure of the design, not of a scenario',
  cost: 'cost is not followed through a scenario',
  rpo: 'what can be lost is a figure of the design, not of a scenario',
  staleness: 'how old answers may be is a figure of the design, not of a scenario',
};

interface Sample {
  readonly at: number;
  readonly value: number;
  readonly holds: boolean;
  /** Nothing has happened since the sample before. */
  readonly isEven: boolean;
}

/** Judges moment by moment; a value holds until the next, but for backlogs and the waits behind them, which change evenly. */
class MomentJudge implements Judge {
  private readonly requirement: Requirement;
  private readonly samples: Sample[] = [];
  private why: string | undefined;
  private known: { readonly solved: Look['solved']; readonly value: number | undefined } | undefined;
  private downSince: number | undefined;

  constructor(requirement: Requirement) {
    this.requirement = requirement;
  }

  see(look: Look): void {
    const value = this.valueAt(look);
    if (value === undefined || Number.isNaN(value)) return;
    const { now, jumped } = look.frame;
    this.samples.push({ at: now, value, holds: compare(value, this.requirement), isEven: !jumped });
  }

  verdict(duration: number): ScenarioVerdict {
    const { requirement, samples } = this;
    if (samples.length === 0) return { requirement, broken: [], why: this.why ?? 'it cannot be computed' };
    const upper = requirement.operator === '<' || requirement.operator === '<=';
    const worst = samples.reduce((a, b) => ((upper ? b.value > a.value : b.value < a.value) ? b : a));
    const broken = this.brokenSpans(duration);
    return { requirement, holds: broken.length === 0, worst: worst.value, worstAt: worst.at, broken };
  }

  private brokenSpans(duration: number): readonly { from: number; to: number }[] {
    const { samples } = this;
    const spans: { from: number; to: number }[] = [];
    for (const [i, { holds }] of samples.entries()) {
      if (holds) continue;
      const last = spans.at(-1);
      const from = this.crossing(i);
      const to = Math.max(from, i + 1 < samples.length ? this.crossing(i + 1) : duration);
      if (last && last.to >= from) last.to = to;
      else spans.push({ from, to });
    }
    return spans;
  }

  /** When the limit was crossed on the way to a sample: at the sample, unless the value has changed evenly since the one before. */
  private crossing(index: number): number {
    const [before, after] = [this.samples[index - 1], this.samples[index]!];
    const { metric, limit } = this.requirement;
    const moves = metric === 'backlog' || isLatency(metric);
    if (!before || before.holds === after.holds || !moves || !after.isEven) return after.at;
    const share = (limit - before.value) / (after.value - before.value);
    if (!Number.isFinite(share)) return after.at;
    return before.at + Math.min(1, Math.max(0, share)) * (after.at - before.at);
  }

  private valueAt(look: Look): number | undefined {
    const { metric, of } = this.requirement;
    if (isLatency(metric)) return this.latencyAt(look);
    switch (metric) {
      case 'throughput':
        return this.throughputAt(look);
      case 'errors':
        return this.errorsAt(look);
      case 'utilization':
        return this.most(
          look,
          ({ utilization }) => utilization,
          `no utilization known for '${of?.name ?? 'anything'}'`,
        );
      case 'backlog':
        return this.backlogAt(look);
      case 'rto':
        return this.outageAt(look);
      default:
        return undefined;
    }
  }

  private latencyAt({ frame, solved }: Look): number | undefined {
    // Where nobody is answered there is no response time; `errors` says so.
    if (errorsOf(frame) === 1) return undefined;
    if (this.known?.solved === solved) return this.known.value;
    const { metric, of } = this.requirement;
    const tree = this.treeOf(solved, of);
    const asked = solved.actual.streamRates.some((rate) => rate > 0);
    const value =
      !tree || !asked || !isLatency(metric)
        ? undefined
        : metric === 'mean'
          ? meanOf(tree)
          : quantileOf(tree, quantiles[metric]);
    this.known = { solved, value };
    return value;
  }

  private treeOf(solved: Look['solved'], of: Requirement['of']) {
    if (!of) return responseOfAll(solved);
    if (of.type === 'request') {
      const tree = responseOfClass(solved, of.name);
      if (!tree) this.why = `no users ask for '${of.name}'`;
      return tree;
    }
    const station = solved.network.stations[solved.network.indexOf.get(of.name) ?? -1];
    if (station && isMeasurable(solved, station)) return responseTree(solved, station);
    this.why = `no response time known for '${of.name}'`;
    return undefined;
  }

  private throughputAt({ frame, components }: Look): number | undefined {
    const { of } = this.requirement;
    if (!of) return frame.answered;
    if (of.type === 'request') {
      const index = frame.conditions.network.classes.findIndex(({ name }) => name === of.name);
      let rate = 0;
      for (const [i, stream] of frame.conditions.network.streams.entries())
        if (stream.class === index) rate += frame.streamRates[i]! * (1 - frame.flows.sweeps[i]!.down[0]!);
      return rate;
    }
    const found = components.find(({ path }) => path === of.name);
    if (!found) this.why = `'${of.name}' takes no requests`;
    return found && found.arrivalRate - found.failing;
  }

  private errorsAt({ frame, components }: Look): number | undefined {
    const { of } = this.requirement;
    if (!of) return errorsOf(frame);
    if (of.type === 'request') {
      const index = frame.conditions.network.classes.findIndex(({ name }) => name === of.name);
      return errorsOfClass(frame, index);
    }
    const found = components.find(({ path }) => path === of.name);
    if (!found) this.why = `'${of.name}' takes no requests`;
    return found && (found.arrivalRate > 0 ? found.failing / found.arrivalRate : 0);
  }

  private backlogAt({ components }: Look): number | undefined {
    const { of } = this.requirement;
    const found = components.filter(({ path }) => !of || isInside(path, of.name));
    if (found.length === 0) this.why = `nothing waits in '${of?.name}'`;
    return found.length === 0 ? undefined : found.reduce((sum, { backlog }) => sum + backlog, 0);
  }

  /** How long the requests (of a component: the operations) have been failing by now. */
  private outageAt(look: Look): number | undefined {
    const share = this.errorsAt(look);
    if (share === undefined) return undefined;
    const { now } = look.frame;
    const since = this.downSince;
    if (share > 0) this.downSince ??= now;
    else this.downSince = undefined;
    return since === undefined ? 0 : now - since;
  }

  private most(look: Look, pick: (one: Look['components'][number]) => number | undefined, why: string) {
    const { of } = this.requirement;
    const known = look.components.flatMap((one) => {
      const value = !of || isInside(one.path, of.name) ? pick(one) : undefined;
      return value === undefined ? [] : [value];
    });
    if (known.length === 0) this.why = why;
    return known.length === 0 ? undefined : Math.max(...known);
  }
}

/** Judges the share of all requests that are answered; it is broken while they fail. */
class WholeJudge implements Judge {
  private readonly requirement: Requirement;
  private entered = 0;
  private failed = 0;
  private last: { readonly at: number; readonly offered: number; readonly failing: number } | undefined;
  private readonly broken: { from: number; to: number }[] = [];
  private worst: { readonly at: number; readonly value: number } | undefined;

  constructor(requirement: Requirement) {
    this.requirement = requirement;
  }

  see({ frame }: Look): void {
    this.count(frame.now);
    const { of } = this.requirement;
    if (of?.type === 'component') return;
    let { offered, failing } = frame;
    if (of) {
      const index = frame.conditions.network.classes.findIndex(({ name }) => name === of.name);
      offered = 0;
      for (const [i, stream] of frame.conditions.network.streams.entries())
        if (stream.class === index) offered += frame.streamRates[i]!;
      failing = offered * errorsOfClass(frame, index);
    }
    this.last = { at: frame.now, offered, failing };
    const value = offered > 0 ? 1 - failing / offered : 1;
    if (!this.worst || value < this.worst.value) this.worst = { at: frame.now, value };
  }

  verdict(duration: number, totals: Totals): ScenarioVerdict {
    const { requirement } = this;
    const { of } = requirement;
    if (of?.type === 'component')
      return { requirement, broken: [], why: `availability is that of requests; '${of.name}' is a component` };
    this.count(duration);
    const failed = of ? this.failed : totals.failed;
    const entered = of ? this.entered : totals.entered;
    const value = entered > 0 ? 1 - failed / entered : 1;
    const holds = compare(value, requirement);
    const at = this.worst?.at ?? 0;
    return { requirement, holds, worst: value, worstAt: at, broken: holds ? [] : this.broken };
  }

  private count(now: number): void {
    const { last } = this;
    if (!last || now <= last.at) return;
    this.entered += last.offered * (now - last.at);
    this.failed += last.failing * (now - last.at);
    if (last.failing <= 1e-9 * last.offered) return;
    const before = this.broken.at(-1);
    if (before && before.to >= last.at) before.to = now;
    else this.broken.push({ from: last.at, to: now });
  }
}

function compare(value: number, { operator, limit }: Requirement): boolean {
  if (operator === '<') return value < limit;
  if (operator === '<=') return value <= limit;
  return operator === '>' ? value > limit : value >= limit;
}

const quantiles = { p50: 0.5, p90: 0.9, p95: 0.95, p99: 0.99, p999: 0.999 } as const;
