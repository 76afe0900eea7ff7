/** How long the flows of a moment hold: until a queue is empty or full, a wait reaches a timeout, or a cache has filled noticeably. */
import { operationCount } from '../network/operation.ts';
import { type Flows, fillRate, type Situation, warmth } from './flows.ts';
import { answer, emptySweep } from './sweep.ts';
import type { UnitFlow } from './unit-flow.ts';

/** A step and the slots that are empty at its end. */
export interface Step {
  readonly seconds: number;
  readonly emptied: readonly number[];
}

/** The longest step within which nothing turns, at most `most` seconds. */
export function stepFor(situation: Situation, flows: Flows, most: number): Step {
  let seconds = most;
  let emptied: number[] = [];
  for (const flow of flows.units) {
    if (!flow.queued) continue;
    const growth = workGrowth(flow);
    const slots = flow.parts.map(({ slot }) => slot);
    if (growth < 0) {
      const empty = Math.max(0, -flow.backlogWork / growth);
      if (empty < seconds) emptied = [];
      if (empty <= seconds) {
        emptied.push(...slots);
        seconds = empty;
      }
    } else if (flow.unit.servers === Number.POSITIVE_INFINITY) emptied.push(...slots);
    else seconds = Math.min(seconds, untilFull(situation, flow, growth));
  }
  if (seconds < most && emptied.length === 0) return { seconds: Math.max(seconds, LEAST), emptied };
  const limited = Math.min(seconds, coldLimit(situation, flows, seconds));
  const timely = untilLate(situation, flows, limited);
  return timely < seconds
    ? { seconds: Math.max(timely, LEAST), emptied: [] }
    : { seconds: Math.max(seconds, 0), emptied };
}

/** No step is shorter than a microsecond, so that no two conditions can chase each other for ever. */
const LEAST = 1e-6;

function workGrowth({ parts }: Pick<UnitFlow, 'parts'>): number {
  return parts.reduce((sum, { grows, each }) => sum + grows * each, 0);
}

function untilFull({ waiting, mostMessages, keeps }: Situation, flow: UnitFlow, growth: number): number {
  let seconds = Number.POSITIVE_INFINITY;
  for (const { slot, station, grows } of flow.parts) {
    const room = mostMessages[station]! - waiting[slot]!;
    if (grows > 0 && room > 0) seconds = Math.min(seconds, room / grows);
    const older = keeps[station]! * flow.unit.servers - flow.backlogWork;
    if (growth > 0 && older > 0) seconds = Math.min(seconds, older / growth);
  }
  return seconds;
}

/** A cache that fills is looked at again before its hit ratio has changed by a hundredth. */
function coldLimit({ conditions, cold }: Situation, flows: Flows, most: number): number {
  let seconds = most;
  for (const [index, coldness] of cold) {
    if (conditions.dead[index] === 1 || !coldness.warmUp) continue;
    const rate = fillRate(conditions, flows, index);
    if (!(rate > 0)) continue;
    const left = coldness.warmUp.full - coldness.requests;
    if (left > 0) seconds = Math.min(seconds, Math.max(left / rate, LEAST));
    const now = warmth(coldness);
    const later = (time: number) => warmth({ ...coldness, requests: coldness.requests + rate * time });
    while (seconds > LEAST && later(seconds) - now > FILLED) seconds /= 2;
  }
  return seconds;
}

const FILLED = 0.01;

/** The first time at which calls begin or cease to be given up because a backlog has grown or shrunk, just after it. */
function untilLate(situation: Situation, flows: Flows, most: number): number {
  const { network } = situation.conditions;
  if (!network.impatient) return most;
  if (!flows.units.some(({ queued }) => queued) || !Number.isFinite(most)) return most;
  const trials = network.streams.map(emptySweep);
  const isTurned = (time: number) => {
    const delays = flows.treatment.delays.slice();
    for (const flow of flows.units) if (flow.queued) addDelay(flow, time, delays);
    return network.streams.some((stream, i) => {
      const how = { ...flows.treatment, delays };
      answer({ network, conditions: situation.conditions, stream, how, chance: situation.late?.[i] }, trials[i]!);
      return trials[i]!.tooLong.some((late, edge) => late !== flows.sweeps[i]!.tooLong[edge]);
    });
  };
  if (!isTurned(most)) return most;
  let low = 0;
  let high = most;
  for (let i = 0; i < 40 && high - low > LEAST; i++) {
    const middle = (low + high) / 2;
    if (isTurned(middle)) high = middle;
    else low = middle;
  }
  return high;
}

function addDelay({ unit, ...flow }: UnitFlow, time: number, delays: Float64Array): void {
  if (!(unit.servers > 0) || !Number.isFinite(unit.servers)) return;
  const change = (workGrowth(flow) * time) / unit.servers;
  for (const { station, pool } of unit.parts)
    for (let kind = 0; kind < operationCount; kind++) {
      const place = station * operationCount + kind;
      const share = unit.host === undefined ? pool.groups * pool.weight[kind]! : 1;
      delays[place] = Math.max(0, delays[place]! + share * change);
    }
}
