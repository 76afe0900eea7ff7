/** Folders with files for the tests of one file, each with the bundled command; they are removed after the test that made them. */
import { afterAll, afterEach, beforeAll } from 'vitest';
import { copyCommand, createPlayground, type Playground } from '../loadpath.ts';

export interface Folders {
  /** Makes a folder; what is no text is written as JSON. */
  readonly folder: (files: Readonly<Record<string, unknown>>) => Playground;
  /** The script that the folders run. */
  readonly bin: () => string;
}

/** Call it once, at the top of the file. */
export function useFolders(): Folders {
  let command: ReturnType<typeof copyCommand>;
  const made: Playground[] = [];
  beforeAll(() => {
    command = copyCommand();
  }, 120_000);
  afterEach(() => {
    for (const playground of made.splice(0)) playground.remove();
  });
  afterAll(() => command.remove());
  const folder: Folders['folder'] = (files) => {
    const texts = Object.entries(files).map(
      ([name, content]) => [name, typeof content === 'string' ? content : JSON.stringify(content)] as const,
    );
    const playground = createPlayground(command.bin, Object.fromEntries(texts));
    made.push(playground);
    return playground;
  };
  return { folder, bin: () => command.bin };
}
