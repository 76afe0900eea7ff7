/** Servers and the queues before them, first come first served: a list through the records of the operations, so queues cost nothing. */
import type { Program } from './program.ts';
import type { RandomStreams } from './random.ts';
import { policy } from './servers.ts';

/** Of every group, who is served and who waits. */
export class Queues {
  /** Operations of every station that wait or are served. */
  readonly inside: Int32Array;
  /** Of these, those that wait for a server. */
  readonly waiting: Int32Array;
  /** Busy servers by group. */
  readonly busy: Int32Array;
  /** Operations that wait, by group. */
  readonly length: Int32Array;
  private readonly program: Program;
  private readonly random: RandomStreams;
  private readonly servers: Int32Array;
  private readonly places: Float64Array;
  private readonly head: Int32Array;
  private readonly tail: Int32Array;
  /** Operations of every group that are not over, calls included. */
  private readonly outstanding: Int32Array;
  /** Next group of every station, in turn. */
  private readonly turn: Int32Array;

  constructor(program: Program, random: RandomStreams) {
    const { servers } = program;
    const count = servers.servers.length;
    const stations = servers.stations.length + 1;
    this.program = program;
    this.random = random;
    this.servers = Int32Array.from(servers.servers);
    this.places = Float64Array.from(servers.places);
    this.inside = new Int32Array(stations);
    this.waiting = new Int32Array(stations);
    this.turn = new Int32Array(stations);
    this.busy = new Int32Array(count);
    this.length = new Int32Array(count);
    this.head = new Int32Array(count).fill(-1);
    this.tail = new Int32Array(count).fill(-1);
    this.outstanding = new Int32Array(count);
  }

  /** True where one more can be served or wait. */
  hasRoom(group: number): boolean {
    return this.busy[group]! < this.servers[group]! || this.length[group]! < this.places[group]!;
  }

  /** Takes a server if one is free. */
  take(group: number): boolean {
    if (this.busy[group]! >= this.servers[group]!) return false;
    this.busy[group]! += 1;
    return true;
  }

  give(group: number): void {
    this.busy[group]! -= 1;
  }

  push(group: number, op: number, next: Int32Array): void {
    next[op] = -1;
    if (this.length[group] === 0) this.head[group] = op;
    else next[this.tail[group]!] = op;
    this.tail[group] = op;
    this.length[group]! += 1;
  }

  /** Who has waited longest, who waits no more then; -1 where nobody does. */
  shift(group: number, next: Int32Array): number {
    if (this.length[group] === 0) return -1;
    const op = this.head[group]!;
    this.head[group] = next[op]!;
    this.length[group]! -= 1;
    return op;
  }

  count(group: number): void {
    if (group >= 0) this.outstanding[group]! += 1;
  }

  discount(group: number): void {
    if (group >= 0) this.outstanding[group]! -= 1;
  }

  /** The group that an operation goes to. */
  choose(node: number, station: number): number {
    const { program } = this;
    const only = program.group[node]!;
    if (only !== CHOICE) return only;
    const own = program.servers.stations[program.home[node]!]!;
    switch (own.policy) {
      case policy.roundRobin: {
        const turn = this.turn[station]!;
        this.turn[station] = turn + 1 === own.count ? 0 : turn + 1;
        return own.first + turn;
      }
      case policy.leastConnections:
        return this.leastOf(own.first, own.count, station);
      case policy.powerOfTwo:
        return this.betterOfTwo(own.first, own.count, station);
      default:
        return this.byChance(node, station);
    }
  }

  /** The one with the fewest operations, the first after a random one. */
  private leastOf(first: number, count: number, station: number): number {
    const start = this.random.below(station * 2 + 1, count);
    let least = first + start;
    for (let i = 1; i < count && this.outstanding[least]! > 0; i++) {
      const group = first + (start + i < count ? start + i : start + i - count);
      if (this.outstanding[group]! < this.outstanding[least]!) least = group;
    }
    return least;
  }

  private betterOfTwo(first: number, count: number, station: number): number {
    const one = this.random.below(station * 2 + 1, count);
    const other = (one + 1 + this.random.below(station * 2 + 1, count - 1)) % count;
    return first + (this.outstanding[other]! < this.outstanding[one]! ? other : one);
  }

  private byChance(node: number, station: number): number {
    const choices = this.program.choices[node]!;
    let at = 0;
    if (choices.length > 1) {
      const chance = this.random.uniform(station * 2 + 1);
      while (at < choices.length - 1 && chance >= choices[at]!.until) at++;
    }
    const { first, count } = choices[at]!;
    return count === 1 ? first : first + this.random.below(station * 2 + 1, count);
  }
}

/** Of nodes that may go to several groups. */
const CHOICE = -2;
