/** Scenarios from plain values, and questions about how they went, for the tests of this folder. Not part of the library. */
import type { Action, Load, Requirement, Scenario, ScenarioEvent } from '../../model/index.ts';
import { architecture, component, connect, type Parts } from '../testing.ts';
import { play } from './play.ts';
import type { Playback } from './playback.ts';

const at = { line: 0, character: 0, offset: 0 };
const span = { file: 'test:///test.arch', start: at, end: at };

/** A scenario of events, each at a time in seconds. */
export function scenario(
  duration: number,
  events: readonly (readonly [at: number, action: Action, lasts?: number])[] = [],
  options: { readonly load?: Load; readonly requirements?: readonly Requirement[] } = {},
): Scenario {
  return {
    name: 'test',
    duration,
    load: options.load ?? { type: 'peak' },
    events: events.map(
      ([at, action, lasts]): ScenarioEvent => ({ at, action, span, ...(lasts === undefined ? {} : { lasts }) }),
    ),
    requirements: options.requirements ?? [],
    span,
    nameSpan: span,
  };
}

/** Plays it to the end. */
export function played(parts: Parts, what: Scenario, steps?: number): Playback {
  const playback = play(architecture(parts), what, steps === undefined ? {} : { steps });
  if (!playback) throw new Error('stopped');
  return playback;
}

/** The value of a series at a time: the last one that began before or then. */
export function valueAt({ times }: Playback, series: readonly number[] | undefined, time: number): number {
  const index = times.findLastIndex((one) => one <= time + 1e-9);
  return series?.[index] ?? Number.NaN;
}

/** What a component does. */
export function of(playback: Playback, path: string) {
  const found = playback.components.find((one) => one.path === path);
  if (!found) throw new Error(`no '${path}'`);
  return found;
}

/** What happens, with its times. */
export const texts = ({ log }: Playback) => log.map((entry) => `${entry.at} ${entry.text}`);
/** So many times the load. */
export const surge = (factor: number): Action => ({ type: 'surge', factor });
/** A part of a component, or all of it. */
export const fail = (target: string, what: Extract<Action, { type: 'fail' }>['what'] = 'all'): Action => ({
  type: 'fail',
  target,
  what,
});

/** 80 requests per second to a server that does 100. */
export const single: Parts = {
  components: [component('users', 'u', { rate: 80 }), component('server', 'app', { serviceTime: 0.01 })],
  connections: [connect('u', 'app')],
};
