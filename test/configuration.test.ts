/** Configurations as users write them: files in a folder, the bundled command, and the editor beside it. */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, test } from 'vitest';
import { openInEditor } from './harness/diagnose.ts';
import { useFolders } from './harness/folders.ts';
import type { Playground } from './loadpath.ts';

/** One warning for each of the two servers. */
const BUSY = `users visitors { rate: 600/s }
loadBalancer lb { replicas: 2 }
server app { replicas: 4, serviceTime: 10ms }
server api { replicas: 4, serviceTime: 10ms, tags: [legacy] }
visitors -> lb
lb -> app, api
`;
const CONFIG = 'loadpath.config.jsonc';
const RULE = 'insufficient-headroom';

const { folder, bin } = useFolders();

interface Found {
  readonly rule: string;
  readonly severity: string;
  readonly subject: string;
  readonly place: { readonly file: string };
}

/** `file severity subject` of what the rule has found. */
function found(playground: Playground, ...args: readonly string[]): readonly string[] {
  const { stdout, stderr } = playground.run(['check', ...args, '--format', 'json']);
  expect(stderr).toBe('');
  const findings: readonly Found[] = JSON.parse(stdout).findings;
  return findings
    .filter(({ rule }) => rule === RULE)
    .map(({ severity, subject, place }) => `${place.file} ${severity} ${subject}`);
}

describe('check', () => {
  test('takes levels, limits and overrides of the configuration around each file', () => {
    const playground = folder({
      [CONFIG]: { rules: { [RULE]: 'info' } },
      'a.arch': BUSY,
      'team/b.arch': BUSY,
      [`team/${CONFIG}`]: {
        extends: './strict.jsonc',
        overrides: [{ components: { tag: 'legacy' }, rules: { [RULE]: ['warning', { limit: 0.8 }] } }],
      },
      'team/strict.jsonc': { rules: { [RULE]: 'error' } },
    });
    expect(found(playground)).toEqual(['a.arch info app', 'a.arch info api', 'team/b.arch error app']);
    expect(found(playground, '--no-config')).toEqual([
      'a.arch warning app',
      'a.arch warning api',
      'team/b.arch warning app',
      'team/b.arch warning api',
    ]);
    expect(found(playground, '--config', 'team/strict.jsonc', 'a.arch')).toEqual([
      'a.arch error app',
      'a.arch error api',
    ]);
  });

  test('leaves ignored files out, also when they are named', () => {
    const playground = folder({ [CONFIG]: { ignore: ['old/**'] }, 'a.arch': BUSY, 'old/b.arch': 'server {' });
    expect(playground.run(['check', '--fail-on', 'error']).code).toBe(0);
    expect(playground.run(['check', 'old/b.arch'])).toMatchObject({ code: 0, stdout: 'No findings in 0 files\n' });
    expect(playground.run(['check', 'old/b.arch', '--no-config']).code).toBe(1);
  });

  test('exits as failOn says, and --fail-on counts more', () => {
    const playground = folder({ [CONFIG]: { failOn: 'warning' }, 'a.arch': BUSY });
    expect(playground.run(['check']).code).toBe(1);
    expect(playground.run(['check', '--fail-on', 'error']).code).toBe(0);
    expect(playground.run(['check', '--no-config']).code).toBe(0);
  });

  test('finds the configuration of standard input by its name', () => {
    const playground = folder({ [`team/${CONFIG}`]: { rules: { [RULE]: 'error' } } });
    expect(playground.run(['check', '--stdin'], { input: BUSY }).code).toBe(0);
    expect(playground.run(['check', '--stdin', '--stdin-filename', 'team/a.arch'], { input: BUSY }).code).toBe(1);
  });

  test('runs a rule that is off when it alone is asked for', () => {
    const playground = folder({ [CONFIG]: { rules: { [RULE]: 'off' } }, 'a.arch': BUSY });
    expect(found(playground)).toEqual([]);
    expect(found(playground, '--only', RULE)).toEqual(['a.arch warning app', 'a.arch warning api']);
  });

  test('says what is wrong with a configuration, where, and what was meant', () => {
    const playground = folder({
      [CONFIG]: '{\n  "rules": {\n    "insuficient-headroom": "off",\n    "cache-spof": "on"\n  }\n}\n',
      'a.arch': BUSY,
    });
    expect(playground.run(['check'])).toMatchObject({
      code: 2,
      stdout: '',
      stderr: `loadpath: ${CONFIG}:3:5: There is no rule 'insuficient-headroom'; did you mean 'insufficient-headroom'?
${CONFIG}:4:19: The level of 'cache-spof' is one of 'off', 'info', 'warning', 'error'.\n`,
    });
    expect(playground.run(['check', '--config', 'gone.jsonc'])).toMatchObject({
      code: 2,
      stderr: "loadpath: Cannot read 'gone.jsonc': there is no such file or folder.\n",
    });
  });

  test('prints what holds for a file', () => {
    const playground = folder({
      [CONFIG]: { extends: 'loadpath:minimal', rules: { [RULE]: ['error', { limit: 0.6 }] }, ignore: ['old'] },
      'a.arch': BUSY,
    });
    const { code, stdout } = playground.run(['check', '--print-config', 'a.arch']);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      file: 'a.arch',
      configurations: [CONFIG],
      ignored: false,
      rules: { [RULE]: ['error', { limit: 0.6 }], 'cache-spof': 'off', 'requirement-violated': 'error' },
      failOn: 'error',
    });
  });
});

describe('the editor', () => {
  const inEditor = (published: ReadonlyMap<string, readonly { code?: unknown; severity?: unknown }[]>, file: string) =>
    (published.get(pathToFileURL(file).href) ?? []).map(({ code, severity }) => `${code} ${severity}`).sort();
  const onCommandLine = (playground: Playground, file: string) => {
    const { findings } = JSON.parse(playground.run(['check', '--format', 'json']).stdout);
    return findings
      .filter(({ place }: Found) => place.file === file)
      .map(({ rule, severity }: Found) => `${rule} ${['', 'error', 'warning', 'info'].indexOf(severity)}`)
      .sort();
  };

  test('says the same as the command line, and follows the configuration', async () => {
    const playground = folder({
      'a.arch': BUSY,
      'team/b.arch': `${BUSY}cache feed { engine: memcached }\napp -> feed : reads 2\n`,
      'old/c.arch': BUSY,
      [CONFIG]: {
        extends: ['loadpath:strict'],
        ignore: ['old'],
        overrides: [
          { components: { tag: 'legacy' }, rules: { [RULE]: 'info' } },
          { files: ['team/'], rules: { 'cache-spof': 'off' } },
        ],
      },
    });
    const path = (name: string) => join(playground.folder, name);
    const files = ['a.arch', 'team/b.arch', 'old/c.arch'];
    const editor = await openInEditor(bin(), playground.folder, files.map(path));
    for (const file of files) expect(inEditor(editor.published, path(file))).toEqual(onCommandLine(playground, file));
    expect(inEditor(editor.published, path('a.arch'))).toEqual([`${RULE} 1`, `${RULE} 3`]);
    expect(inEditor(editor.published, path('old/c.arch'))).toEqual([]);

    playground.write(CONFIG, '{ "extends": "loadpath:stric" }');
    await editor.fileChanged(path(CONFIG));
    await expect.poll(() => inEditor(editor.published, path(CONFIG))).toEqual(['configuration 1']);
    await expect.poll(() => inEditor(editor.published, path('a.arch'))).toEqual([`${RULE} 2`, `${RULE} 2`]);

    playground.write(CONFIG, '{ "extends": "loadpath:strict" }');
    await editor.fileChanged(path(CONFIG));
    await expect.poll(() => inEditor(editor.published, path(CONFIG))).toEqual([]);
    await expect.poll(() => inEditor(editor.published, path('a.arch'))).toEqual([`${RULE} 1`, `${RULE} 1`]);
    await editor.close();
  }, 60_000);
});
