/** Servers and the queues before them, first come first served: a list through the records of the operations, so queues cost nothing. */
import { NEXT, NODE } from './operations.ts';
import { CHOICE, CHOICES, HOME, LEVEL, ONLY, type Program } from './program.ts';
import type { RandomStreams } from './random.ts';
import { policy } from './servers.ts';

/** Whole numbers of a group: busy servers and all, who waits and how many may, ends of the queue. */
export const BUSY = 0;
export const SERVERS = 1;
export const LENGTH = 2;
export const PLACES = 3;
export const HEAD = 4;
export const TAIL = 5;
/** Index of the part that it counts for. */
export const PART = 6;
/** Operations that are not over, calls included. */
export const OUTSTANDING = 7;
/** Where its queues are, one for each priority; -1 where it has only the one. */
export const RANKED = 8;
/** Room for a group; a group is named by its place. */
export const GROUP_SIZE = 16;

/** Of every group, who is served and who waits. */
export class Queues {
  readonly groups: Int32Array;
  /** Operations of every station that wait or are served. */
  readonly inside: Int32Array;
  /** Of these, those that wait for a server. */
  readonly waiting: Int32Array;
  /** Ends of the queues of groups with priorities. */
  private readonly ranked: Int32Array;
  private readonly program: Program;
  private readonly random: RandomStreams;
  /** Next group of every station, in turn. */
  private readonly turn: Int32Array;

  constructor(program: Program, random: RandomStreams) {
    const { servers, places, part, stations, discipline } = program.servers;
    this.program = program;
    this.random = random;
    this.groups = new Int32Array(servers.length * GROUP_SIZE);
    const { levels } = program.state.network;
    this.ranked = new Int32Array(servers.length * levels * 2).fill(-1);
    for (const [index, count] of servers.entries()) {
      const ranked = discipline[index] === 'priority' ? index * levels * 2 : -1;
      const most = Math.min(places[index]!, MOST_PLACES);
      this.groups.set([0, count, 0, most, -1, -1, part[index]!, 0, ranked], index * GROUP_SIZE);
    }
    this.inside = new Int32Array(stations.length + 1);
    this.waiting = new Int32Array(stations.length + 1);
    this.turn = new Int32Array(stations.length);
  }

  /** Appends an operation to a queue. */
  push(group: number, op: number, ints: Int32Array): void {
    const { groups } = this;
    const ranked = groups[group + RANKED]!;
    ints[op + NEXT] = -1;
    groups[group + LENGTH]! += 1;
    if (ranked >= 0) {
      const at = ranked + this.program.ints[ints[op + NODE]! + LEVEL]! * 2;
      append(this.ranked, at, at + 1, op, ints);
    } else append(groups, group + HEAD, group + TAIL, op, ints);
  }

  /** Takes who is the most urgent, and has waited longest of these, from the queues of a group that are not all empty. */
  shiftRanked(group: number, ints: Int32Array): number {
    const { ranked, groups } = this;
    let at = groups[group + RANKED]!;
    while (ranked[at]! < 0) at += 2;
    const op = ranked[at]!;
    ranked[at] = ints[op + NEXT]!;
    groups[group + LENGTH]! -= 1;
    return op;
  }

  /** The group that an operation goes to; -1 where nobody waits. */
  choose(node: number): number {
    const only = this.program.ints[node + ONLY]!;
    return only === CHOICE ? this.oneOf(node) : only;
  }

  private oneOf(node: number): number {
    const station = this.program.ints[node + HOME]!;
    const { policy: by, first, count } = this.program.servers.stations[station]!;
    if (by === policy.random) return this.byChance(node, station);
    if (by === policy.leastConnections) return this.leastOf(first, count, station);
    if (by === policy.powerOfTwo) return this.betterOfTwo(first, count, station);
    const turn = this.turn[station]!;
    this.turn[station] = turn + 1 === count ? 0 : turn + 1;
    return (first + turn) * GROUP_SIZE;
  }

  /** The one with the fewest operations, the first after a random one. */
  private leastOf(first: number, count: number, station: number): number {
    const { groups } = this;
    const start = this.random.below(station * 2 + 1, count);
    let least = (first + start) * GROUP_SIZE;
    for (let i = 1; i < count && groups[least + OUTSTANDING]! > 0; i++) {
      const group = (first + (start + i < count ? start + i : start + i - count)) * GROUP_SIZE;
      if (groups[group + OUTSTANDING]! < groups[least + OUTSTANDING]!) least = group;
    }
    return least;
  }

  private betterOfTwo(first: number, count: number, station: number): number {
    const { groups } = this;
    const one = this.random.below(station * 2 + 1, count);
    const other = (one + 1 + this.random.below(station * 2 + 1, count - 1)) % count;
    const [a, b] = [(first + one) * GROUP_SIZE, (first + other) * GROUP_SIZE];
    return groups[b + OUTSTANDING]! < groups[a + OUTSTANDING]! ? b : a;
  }

  private byChance(node: number, station: number): number {
    const choices = this.program.choices[this.program.ints[node + CHOICES]!]!;
    let at = 0;
    if (choices.length > 1) {
      const chance = this.random.uniform(station * 2 + 1);
      while (at < choices.length - 1 && chance >= choices[at]!.until) at++;
    }
    const { first, count } = choices[at]!;
    return (count === 1 ? first : first + this.random.below(station * 2 + 1, count)) * GROUP_SIZE;
  }
}

/** Appends to the list whose ends are there; -1 is the head of an empty one. */
function append(ends: Int32Array, head: number, tail: number, op: number, ints: Int32Array): void {
  if (ends[head]! < 0) ends[head] = op;
  else ints[ends[tail]! + NEXT] = op;
  ends[tail] = op;
}

/** As good as no bound. */
const MOST_PLACES = 2 ** 31 - 1;
