/** Scenarios by name, played with progress on a terminal. */
import { type Architecture, nearest, type Scenario } from '../model/index.ts';
import { type Playback, play } from '../simulator/index.ts';
import { openProgress } from './progress.ts';
import { UsageError } from './usage-error.ts';

/** The scenario of that name; a wrong name is answered with the nearest, or with all there are. */
export function getScenario({ scenarios }: Architecture, name: string): Scenario {
  const found = scenarios.find((scenario) => scenario.name === name);
  if (found) return found;
  const names = scenarios.map((scenario) => scenario.name);
  const near = nearest(name, names);
  const hint = near
    ? `did you mean '${near}'?`
    : names.length > 0
      ? `there are ${names.join(', ')}.`
      : 'the file declares none.';
  throw new UsageError(`There is no scenario '${name}'; ${hint}`);
}

/** Plays a scenario with percentiles. */
export function playScenario(architecture: Architecture, scenario: Scenario): Playback {
  const progress = openProgress();
  const playback = play(architecture, scenario, {
    percentiles: true,
    onProgress: (played, duration) => {
      progress.show(`${scenario.name}: seconds`, Math.floor(played), Math.floor(duration));
      return true;
    },
  });
  progress.clear();
  // It is stopped only from `onProgress`.
  if (!playback) throw new Error('The playback was stopped.');
  return playback;
}
