import { expect, test } from 'vitest';
import { createFootnotes, mark } from './footnotes.ts';

test('a figure is marked by how far it can be trusted, and each reason is given once', () => {
  const notes = createFootnotes();
  const near = { kind: 'approximate', error: 0.05, why: 'Whitt 1993.' } as const;
  expect(mark('14 ms', { kind: 'exact' })).toBe('14 ms');
  expect(mark('14 ms', near)).toBe('~14 ms');
  expect([notes.reference(near), notes.reference({ ...near }), notes.reference({ kind: 'exact' })]).toEqual([
    '[1]',
    '[1]',
    '',
  ]);
  const far = { kind: 'unreliable', why: 'Close to saturation' } as const;
  expect(mark('9 s', far)).toBe('?9 s');
  expect(notes.reference(far)).toBe('[2]');
  expect(notes.lines()).toEqual(['[1] ~ Whitt 1993. Expected error 5%.', '[2] ? Close to saturation.']);
});
