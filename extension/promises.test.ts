import { expect, it } from 'vitest';
import { read } from '../language/read.ts';
import { analyze, judgeScenario } from '../simulator/index.ts';
import { testsOf } from './promises.ts';

it('lists every promise, those of scenarios below them, and how they stand', async () => {
  const { architecture } = await read(`
users visitors { rate: 90/s }
server app { replicas: 2, serviceTime: 10ms }
visitors -> app
require p99 < 1s
require utilization of app < 10%
require backlog < 5
scenario crowd "A crowd" { duration: 20m, at 5m surge 3x for 2m, require p99 < 1s, require errors < 1% }
`);
  const tests = testsOf({
    requirements: analyze(architecture).requirements,
    scenarios: architecture.scenarios.map((scenario) => ({ ...scenario, ...judgeScenario(architecture, scenario) })),
  });
  expect(tests.map(({ label, outcome }) => [label, outcome?.state])).toEqual([
    ['p99 < 1 s', 'kept'],
    ['utilization of app < 10%', 'broken'],
    ['backlog < 5', 'unknown'],
    ['A crowd', undefined],
  ]);
  expect(tests[1]?.outcome).toMatchObject({ actual: '45%', expected: '< 10%' });
  const crowd = tests[3]?.children ?? [];
  expect(crowd.map(({ label, outcome }) => [label, outcome?.state])).toEqual([
    ['p99 < 1 s', 'broken'],
    ['errors < 1%', 'kept'],
  ]);
  expect(crowd[0]?.outcome).toMatchObject({
    message: expect.stringMatching(/^p99 is 42\.1 s, but < 1 s is required, broken from 5 min 2 s to 8 min \d+ s\.$/),
  });
  const ids = [...tests, ...crowd].map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
});
