import { expect, it } from 'vitest';
import example from '../examples/chapter/13-millions-of-users.arch?raw';
import { read } from '../language/read.ts';
import type { Analysis } from '../model/index.ts';
import { analyze } from './analyze.ts';

const MEMBERS = [
  'solution',
  'capacity',
  'availability',
  'cost',
  'requirements',
  'storms',
] as const satisfies readonly (keyof Analysis)[];

it('says the same whichever part is read first', async () => {
  const { architecture } = await read(example);
  const expected = structuredClone(analyze(architecture));
  expect(Object.keys(expected)).toEqual([...MEMBERS]);
  for (const order of [MEMBERS.toReversed(), ...MEMBERS.map((member) => [member])]) {
    const analysis = analyze(architecture);
    for (const member of order) expect(analysis[member]).toEqual(expected[member]);
  }
});

it('computes each part once', async () => {
  const { architecture } = await read(example);
  const analysis = analyze(architecture);
  for (const member of MEMBERS) expect(analysis[member]).toBe(analysis[member]);
});
