import { expect, test } from 'vitest';
import { plain } from '../terminal.ts';
import { cell, formatTable } from './table.ts';

const COLUMNS = [
  { heading: 'NAME' },
  { heading: 'NOTHING' },
  { heading: 'RATE', align: 'right' },
  { heading: 'WHY' },
] as const;

test('columns are aligned, empty ones left out, and the last is wrapped into the width', () => {
  const rows = [
    [cell('app'), cell(''), cell('1.2k/s'), cell('because of the load that its users create')],
    [cell('posts'), cell(''), cell('90/s')],
  ];
  expect(formatTable(COLUMNS, rows, { paint: plain, width: 40 })).toEqual([
    '  NAME     RATE  WHY',
    '  app    1.2k/s  because of the load that',
    '                 its users create',
    '  posts    90/s',
  ]);
});

test('colour does not change the alignment', () => {
  const red = (_style: unknown, text: string) => `<${text}>`;
  const lines = formatTable(COLUMNS.slice(0, 3), [[cell('app', 'red'), cell('x'), cell('1/s')]], {
    paint: red,
    width: 80,
  });
  expect(lines[1]).toBe('  <app>   x         1/s');
});
