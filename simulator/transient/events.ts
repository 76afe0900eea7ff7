/** What the events of a scenario do to the world. */
import { type Action, amount, declared, formatMoment, type ScenarioEvent } from '../../model/index.ts';
import { coolDown } from './cooling.ts';
import { bootOf, linksBetween, repairOf, takeDown } from './failing.ts';
import { machinesInZone, machinesOf, stationsIn } from './machines.ts';
import { counted } from './words.ts';
import { tell, type World } from './world.ts';

/** Puts the events of a scenario on the agenda. */
export function schedule(world: World, events: readonly ScenarioEvent[]): void {
  for (const event of events) world.agenda.add(event.at, () => begin(world, event));
}

function begin(world: World, { action, lasts }: ScenarioEvent): void {
  switch (action.type) {
    case 'fail':
      fail(world, action, lasts);
      break;
    case 'slow':
      slow(world, action, lasts);
      break;
    case 'flush':
      flush(world, action.target);
      break;
    case 'partition':
      partition(world, action, lasts);
      break;
    case 'surge':
      surge(world, action.factor, lasts);
      break;
    case 'scale':
      scale(world, action, lasts);
      break;
    case 'deploy':
      deploy(world, action.target, lasts);
      break;
  }
}

function flush(world: World, target: string): void {
  for (const station of stationsIn(world.network, target)) if (station.cache) coolDown(world, station, 1);
  tell(world, 'event', `'${target}' loses its contents`, target);
}

type Kind<T extends Action['type']> = Extract<Action, { type: T }>;

function during(lasts: number | undefined): string {
  return lasts === undefined ? '' : ` for ${formatMoment(lasts)}`;
}

function fail(world: World, { target, what }: Kind<'fail'>, lasts: number | undefined): void {
  const stations = stationsIn(world.network, target);
  const [text, back] = failureWords(target, what);
  tell(world, 'event', stations.length === 0 ? `nothing in '${target}' can fail` : `${text}${during(lasts)}`, target);
  let told = false;
  for (const station of stations) {
    const total = machinesOf(station, world.replicas[station.index]!);
    const { machines, primary } =
      what === 'all'
        ? { machines: Number.POSITIVE_INFINITY, primary: true }
        : what === 'primary'
          ? { machines: 1, primary: true }
          : what === 'zone'
            ? machinesInZone(world.network, station, target, total)
            : { machines: what.count, primary: what.count >= total };
    if (machines === 0) continue;
    const oneShard = what === 'primary' || typeof what === 'object';
    const until = lasts ?? repairOf(world, station, target);
    takeDown(world, station, { machines, primary, oneShard, lasts: until, ...(told ? {} : { back }) });
    told = true;
  }
}

function failureWords(target: string, what: Kind<'fail'>['what']): readonly [string, string] {
  if (what === 'all') return [`'${target}' fails`, `'${target}' is back`];
  if (what === 'primary')
    return [`the primary of '${target}' fails`, `the machine that was primary of '${target}' is back`];
  if (what === 'zone') return [`one zone of '${target}' fails`, `the zone of '${target}' is back`];
  const [fails, are] = what.count === 1 ? ['fails', 'is'] : ['fail', 'are'];
  return [`${what.count} of '${target}' ${fails}`, `${what.count} of '${target}' ${are} back`];
}

function slow(world: World, { target, factor }: Kind<'slow'>, lasts: number | undefined): void {
  const added = stationsIn(world.network, target).map(({ index }) => ({ station: index, factor }));
  for (const one of added) world.slowdowns.add(one);
  world.changed = true;
  tell(world, 'event', `'${target}' takes ${factor} times as long${during(lasts)}`, target);
  after(world, lasts, `'${target}' is as fast as before`, target, () => {
    for (const one of added) world.slowdowns.delete(one);
  });
}

function partition(world: World, { target, from }: Kind<'partition'>, lasts: number | undefined): void {
  const links = linksBetween(world, target, from);
  const cut = (by: number) => {
    for (const link of links) world.cuts.set(link, (world.cuts.get(link) ?? 0) + by);
    world.changed = true;
  };
  cut(1);
  const what = links.length === 0 ? ', between which nothing passes' : '';
  tell(world, 'event', `'${target}' and '${from}' cannot reach each other${during(lasts)}${what}`, target);
  after(world, lasts, `'${target}' and '${from}' reach each other again`, target, () => cut(-1));
}

function surge(world: World, factor: number, lasts: number | undefined): void {
  const entry = { factor };
  world.surges.add(entry);
  world.changed = true;
  tell(world, 'event', `the load is ${factor} times as high${during(lasts)}`);
  after(world, lasts, 'the surge is over', undefined, () => world.surges.delete(entry));
}

function scale(world: World, { target, to }: Kind<'scale'>, lasts: number | undefined): void {
  for (const station of stationsIn(world.network, target)) {
    const { index } = station;
    const before = world.replicas[index]!;
    const boot = to > before && declared(station.component, 'autoscale') ? bootOf(station) : 0;
    world.decides[index] = world.now + boot + (amount(station.component, 'autoscale.cooldown') ?? 0);
    const set = (count: number) => () => {
      world.replicas[index] = count;
      world.changed = true;
    };
    const floor = world.floor[index]!;
    world.floor[index] = to;
    world.agenda.add(world.now + boot, set(to));
    if (lasts === undefined) continue;
    world.agenda.add(world.now + lasts, () => {
      world.floor[index] = floor;
      set(before)();
    });
  }
  tell(world, 'event', `'${target}' is scaled to ${to}${during(lasts)}`, target);
}

/** Machines are replaced one after the other; each is away as long as it boots, or for its part of the time that is given. */
function deploy(world: World, target: string, lasts: number | undefined): void {
  for (const station of stationsIn(world.network, target)) {
    const machines = Math.max(1, Math.round(machinesOf(station, world.replicas[station.index]!)));
    const turn = lasts === undefined ? bootOf(station) : lasts / machines;
    const text = `'${station.path}' is deployed: ${counted(machines, 'machine')} one after the other, ${formatMoment(turn)} each`;
    tell(world, 'event', text, station.path);
    const replace = (done: number) => {
      const primary = done === machines - 1;
      takeDown(world, station, { machines: 1, primary, lasts: turn, planned: true, oneShard: true });
      if (!primary) world.agenda.add(world.now + turn, () => replace(done + 1));
    };
    replace(0);
    world.agenda.add(world.now + machines * turn, () =>
      tell(world, 'reaction', `'${station.path}' is deployed`, station.path),
    );
  }
}

function after(
  world: World,
  lasts: number | undefined,
  text: string,
  path: string | undefined,
  undo: () => void,
): void {
  if (lasts === undefined) return;
  world.agenda.add(world.now + lasts, () => {
    undo();
    world.changed = true;
    tell(world, 'reaction', text, path);
  });
}
