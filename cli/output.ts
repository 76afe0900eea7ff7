/** Where a report goes: standard output, or a file that is replaced in one step. */
import { resolve } from 'node:path';
import { writeWhole } from './files.ts';
import { type Paint, plain, type Terminal } from './terminal.ts';

export interface Output {
  readonly paint: Paint;
  readonly columns: number;
  write(data: string | Uint8Array): void;
}

const COLUMNS_OF_A_FILE = 100;

/** The file if one is named, else standard output. Files get no colour unless it is asked for. */
export function outputTo(file: string | undefined, terminal: Terminal): Output {
  if (file === undefined || file === '-') return terminal;
  return {
    paint: plain,
    columns: COLUMNS_OF_A_FILE,
    write: (data) => writeWhole(resolve(terminal.cwd, file), file, data),
  };
}
