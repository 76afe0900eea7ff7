// npm run test:clients: the language server in editors other than VS Code, with the command that their users configure.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { copyCommand } from '../loadpath.ts';
import { findOrInstall, SetupError } from '../vscode/setup.ts';

const TEXT = `architecture "Shop"
users visitors { population: 100k, dailyActive: 40%, requests: 50/day, peak: 3x }
loadBalancer lb { replicas: 2 }
server   app { replicas: 4, cores: 4, serviceTime: 18ms }
cache pages { engine: redis, replicas: 2, memory: 4GB, eviction: lru }
visitors -> lb
lb -> app
app -> pages : reads 2
`;
const LIMIT_MS = 120_000;
/** Exit code where the tests could not run. */
const INFRASTRUCTURE = 2;

/** An editor, and a script that runs in it and prints `ok NAME` or `not ok NAME: WHY` for each of its tests. */
interface Client {
  readonly name: string;
  readonly find: () => string;
  readonly args: readonly string[];
  /** Tests in the script; fewer results than that are no pass. */
  readonly expected: number;
}

const clients: readonly Client[] = [
  {
    name: 'Neovim',
    find: () => findOrInstall('nvim', { variable: 'NEOVIM', packages: ['neovim'] }),
    args: ['--headless', '--clean', '-u', 'NONE', '-S', join(import.meta.dirname, 'neovim.lua')],
    expected: 7,
  },
  {
    name: 'Emacs',
    // Emacs 29 has eglot; the package brings it to the one before.
    find: () => findOrInstall('emacs', { variable: 'EMACS', packages: ['emacs-nox', 'elpa-eglot'] }),
    args: ['--batch', '-Q', '-l', join(import.meta.dirname, 'emacs.el')],
    expected: 8,
  },
];

try {
  const command = copyCommand();
  const codes = clients.map((client) => run(client, command.bin));
  command.remove();
  process.exitCode = Math.max(...codes);
} catch (error) {
  console.error(error instanceof SetupError ? error.message : error);
  process.exitCode = INFRASTRUCTURE;
}

/** @returns the exit code: 0 where all tests have passed */
function run({ name, find, args, expected }: Client, bin: string): number {
  const program = find();
  const folder = mkdtempSync(join(tmpdir(), 'loadpath-client-'));
  try {
    const file = join(folder, 'shop.arch');
    writeFileSync(file, TEXT);
    // Settings and state of the user's own editor stay out of it, and the other way round.
    const own = Object.fromEntries(['CONFIG', 'DATA', 'STATE', 'CACHE'].map((kind) => [`XDG_${kind}_HOME`, folder]));
    const { stdout, stderr, status } = spawnSync(program, args, {
      cwd: folder,
      encoding: 'utf8',
      env: {
        ...process.env,
        ...own,
        HOME: folder,
        LOADPATH_COMMAND: [process.execPath, bin, 'lsp'].join('\n'),
        LOADPATH_FILE: file,
      },
      timeout: LIMIT_MS,
    });
    const lines = stdout.split('\n').filter((line) => /^(not )?ok /.test(line));
    const passed = lines.filter((line) => line.startsWith('ok ')).length;
    console.log([name, ...lines, `${passed} of ${expected} passed`].join('\n'));
    if (status === 0 && passed === expected) return 0;
    console.error(stderr);
    return 1;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
