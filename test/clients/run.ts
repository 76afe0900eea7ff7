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
const SCRIPT = join(import.meta.dirname, 'neovim.lua');
/** Tests in the script; fewer results than that are no pass. */
const EXPECTED = 7;
const LIMIT_MS = 120_000;
/** Exit code where the tests could not run. */
const INFRASTRUCTURE = 2;

try {
  process.exitCode = runNeovim(findOrInstall('nvim', { variable: 'NEOVIM', packages: ['neovim'] }));
} catch (error) {
  console.error(error instanceof SetupError ? error.message : error);
  process.exitCode = INFRASTRUCTURE;
}

/** @returns the exit code: 0 where all tests have passed */
function runNeovim(nvim: string): number {
  const command = copyCommand();
  const folder = mkdtempSync(join(tmpdir(), 'loadpath-nvim-'));
  try {
    const file = join(folder, 'shop.arch');
    writeFileSync(file, TEXT);
    // Settings and state of the user's own Neovim stay out of it, and the other way round.
    const own = Object.fromEntries(['CONFIG', 'DATA', 'STATE', 'CACHE'].map((name) => [`XDG_${name}_HOME`, folder]));
    const { stdout, stderr, status } = spawnSync(nvim, ['--headless', '--clean', '-u', 'NONE', '-S', SCRIPT], {
      cwd: folder,
      encoding: 'utf8',
      env: {
        ...process.env,
        ...own,
        LOADPATH_COMMAND: [process.execPath, command.bin, 'lsp'].join('\n'),
        LOADPATH_FILE: file,
      },
      timeout: LIMIT_MS,
    });
    const lines = stdout.split('\n').filter((line) => /^(not )?ok /.test(line));
    const passed = lines.filter((line) => line.startsWith('ok ')).length;
    console.log([...lines, `${passed} of ${EXPECTED} passed`].join('\n'));
    if (status === 0 && passed === EXPECTED) return 0;
    console.error(stderr);
    return 1;
  } finally {
    rmSync(folder, { recursive: true, force: true });
    command.remove();
  }
}
