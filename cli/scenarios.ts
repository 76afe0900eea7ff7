/** Scenarios, played with progress on a terminal. */
import type { Architecture, Scenario } from '../model/index.ts';
import { type Playback, play } from '../simulator/index.ts';
import { openProgress } from './progress.ts';

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
