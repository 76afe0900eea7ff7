import { expect, it } from 'vitest';
import type { ModelResult } from '../../language/protocol.ts';
import { read } from '../../language/read.ts';
import { analyze } from '../../simulator/index.ts';
import { createPlayer, graphOptionsAt, playingOf, scenarioOf } from './playing.ts';

const TEXT = `
users visitors { rate: 90/s }
server app { replicas: 2, serviceTime: 10ms }
visitors -> app
scenario crowd "A crowd" {
  duration: 20m
  at 5m surge 3x for 2m
  at 15m fail app for 1m
  require p99 < 1s
  require errors < 100%
}
`;

async function model(): Promise<ModelResult> {
  const { architecture, findings } = await read(TEXT);
  return { version: 1, architecture, findings, analysis: analyze(architecture), broken: false };
}

it('shows the page charts, what happens, and what becomes of the promises', async () => {
  const known = await model();
  const film = createPlayer()(known, 'file:///a.arch', 'crowd')!;
  const playing = playingOf(scenarioOf(known, 'crowd')!, film, 330);
  expect(playing).toMatchObject({ name: 'crowd', title: 'A crowd', duration: 1200, at: 330 });
  expect(playing.charts.map(({ label }) => label)).toEqual(['answered', 'errors', 'p99', 'waiting']);
  expect(playing.charts.every(({ values }) => values.length === playing.times.length)).toBe(true);
  expect(playing.facts.map(({ label, tone }) => [label, tone])).toEqual([
    ['availability', 'bad'],
    ['p99 < 1 s', 'bad'],
    ['errors < 100%', 'bad'],
  ]);
  expect(playing.facts[1]?.detail).toMatch(/^Broken from 5 min 2 s to 8 min/);
  expect(playing.log[0]).toMatchObject({ at: 300, kind: 'event' });
});

it('draws the moment, and says what is down', async () => {
  const known = await model();
  const film = createPlayer()(known, 'file:///a.arch', 'crowd')!;
  const at = (time: number) => graphOptionsAt(known, scenarioOf(known, 'crowd')!, film.momentAt(time));
  expect(at(0).analysis?.solution.rate).toBe(90);
  expect(at(330).analysis?.solution.rate).toBe(270);
  expect([...at(330).moment!.down]).toEqual([]);
  expect([...at(930).moment!.down]).toEqual(['app']);
});

it('knows nothing of scenarios that are not there', async () => {
  expect(createPlayer()(await model(), 'file:///a.arch', 'other')).toBeUndefined();
});
