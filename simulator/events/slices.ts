/** Slices of a simulation's time: areas are exact because what is inside is counted in at the start and out at the end. */
import type { Engine } from './engine.ts';
import { BUSY, GROUP_SIZE } from './queues.ts';
import { HELD, HOLDER_SIZE, INSIDE, STATION_SIZE, WAITING } from './tally.ts';

/** Counts from zero; what is inside has come in now. */
export function startSlice(engine: Engine): void {
  engine.tally.clear();
  countInside(engine, -engine.now);
}

/** Adds what is inside to the areas. */
export function endSlice(engine: Engine): void {
  countInside(engine, engine.now);
}

function countInside({ tally, queues, places, program }: Engine, time: number): void {
  const { values, layout } = tally;
  for (let station = 0; station < layout.stations; station++) {
    values[station * STATION_SIZE + INSIDE]! += queues.inside[station]! * time;
    values[station * STATION_SIZE + WAITING]! += queues.waiting[station]! * time;
  }
  for (const [group, part] of program.servers.part.entries())
    values[layout.busy + part]! += queues.groups[group * GROUP_SIZE + BUSY]! * time;
  for (const [unit, owner] of program.holders.owner.entries())
    values[layout.holders + owner * HOLDER_SIZE + HELD]! += places.used[unit]! * time;
}
