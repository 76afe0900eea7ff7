/** The formats of `check`: what each of them says about a workspace with hostile names, and whether its readers would take it. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { gitlabErrors, sarifErrors, xmlErrors } from './harness/validators.ts';
import { copyCommand, createPlayground, type Playground } from './loadpath.ts';

const GOLDENS = join(import.meta.dirname, 'goldens', 'formats');
const STORES = 'stores & 100%, 🚀 [1](2).arch';
const SHOP = `architecture "Shop \\"A\\", 100% <b>&amp;</b>: ::error::🚀\\nsecond | line"

import "${STORES}"

users visitors { rate: 5/s }
server app { replicas: 2 }
server app { cores: 2 }
visitors -> app
app -> feed, sessions : reads 1
app -> posts : reads 3
// arch-ignore cache-without-expiry: 100% "sure", <ok> & ::done::
cache sessions { engine: redis, hitRatio: 90% }
`;
const STORES_TEXT = `/* 🚀 */ database posts {
  engine: "my%0Asql,::<&>\\"]]>|@you [a](1)\\n\\tx\u0007🚀"
}
cache feed { engine: redis, hitRatio: 90% }
database "x
`;
const FILES: Readonly<Record<string, string>> = {
  compact: 'compact.txt',
  jsonl: 'jsonl.txt',
  sarif: 'sarif.json.golden',
  junit: 'junit.xml',
  github: 'github.txt',
  gitlab: 'gitlab.json.golden',
  checkstyle: 'checkstyle.xml',
  markdown: 'markdown.md',
};
const names = Object.keys(FILES);
/** Rules come and go; these two and what the language itself reports are enough for every part of a format. */
const CHECK = ['check', '--only', 'cache-without-expiry', '--only', 'cache-spof'];

let command: ReturnType<typeof copyCommand>;
let playground: Playground;
const reports = new Map<string, string>();

beforeAll(() => {
  command = copyCommand();
  playground = createPlayground(command.bin, {
    '.git/HEAD': '',
    'system/shop.arch': SHOP,
    [`system/${STORES}`]: STORES_TEXT,
    'system/clean.arch': '// nothing\n',
  });
  for (const [name, text] of writeAll('first')) reports.set(name, text);
}, 120_000);
afterAll(() => {
  playground.remove();
  command.remove();
});

test.each(names)('%s says what its golden file says', async (name) => {
  await expect(golden(name)).toMatchFileSnapshot(join(GOLDENS, FILES[name]!));
});

test('the bytes are the same from run to run, and the same on standard output', () => {
  expect(writeAll('second')).toEqual(reports);
  for (const name of names) {
    const { stdout } = playground.run([...CHECK, '--format', name], { within: 'system' });
    expect(stdout).toBe(reports.get(name));
  }
});

describe('SARIF', () => {
  const log = () => JSON.parse(reports.get('sarif')!);

  test('follows the schema', () => {
    expect(sarifErrors(log())).toEqual([]);
    const wrong = log();
    wrong.runs[0].results[0].level = 'fatal';
    wrong.runs[0].results[0].locations[0].physicalLocation.region.startLine = 0;
    wrong.runs[0].results[0].locations[0].physicalLocation.artifactLocation.uri = 'a b';
    expect(sarifErrors(wrong)).toHaveLength(3);
  });

  test('describes every rule, also those that found nothing', () => {
    const { rules } = log().runs[0].tool.driver;
    const ids = rules.map(({ id }: { id: string }) => id);
    expect(ids).toEqual(expect.arrayContaining(['hot-shard', 'duplicate-name']));
    expect(ids).toEqual([...new Set(ids)].sort());
    for (const rule of rules) {
      expect(rule).toMatchObject({
        shortDescription: { text: expect.stringMatching(/^.{1,1024}$/) },
        fullDescription: { text: expect.stringMatching(/^.{1,1024}$/) },
        help: { text: expect.stringMatching(/./), markdown: expect.stringMatching(/./) },
        helpUri: expect.stringMatching(/^https:\/\/github\.com\/loadpath\/loadpath\/blob\/main\/docs\//),
        defaultConfiguration: { level: expect.stringMatching(/^(?:note|warning|error)$/) },
        properties: {
          tags: expect.arrayContaining(['architecture']),
          precision: expect.stringMatching(/^(?:very-high|high)$/),
          'problem.severity': expect.stringMatching(/^(?:error|warning|recommendation)$/),
        },
      });
      // It would make a security finding of it.
      expect(rule.properties).not.toHaveProperty('security-severity');
    }
  });

  test('has of each result what GitHub asks for', () => {
    const [run] = log().runs;
    expect(run.columnKind).toBe('utf16CodeUnits');
    expect(run.automationDetails.id).toBe('loadpath/system/');
    for (const result of run.results) {
      const { region, artifactLocation } = result.locations[0].physicalLocation;
      expect(run.tool.driver.rules[result.ruleIndex].id).toBe(result.ruleId);
      expect(region.startLine).toBe(region.endLine);
      expect(existsSync(join(playground.folder, decodeURIComponent(artifactLocation.uri)))).toBe(true);
      expect(result.partialFingerprints.primaryLocationLineHash).toMatch(/^[0-9a-f]{1,16}:\d+$/);
      expect(result.partialFingerprints['archElement/v1']).toMatch(/^[0-9a-f]{16}(?::\d+)?$/);
      for (const { id } of result.relatedLocations ?? []) expect(result.message.text).toContain(`](${id})`);
    }
  });

  test('fixes are edits of the text that remove the finding', () => {
    const { results } = log().runs[0];
    const { fixes } = results.find(({ ruleId }: { ruleId: string }) => ruleId === 'cache-without-expiry');
    const [{ artifactLocation, replacements }] = fixes[0].artifactChanges;
    expect(decodeURIComponent(artifactLocation.uri)).toBe(`system/${STORES}`);
    const lines = STORES_TEXT.split('\n');
    for (const { deletedRegion: at, insertedContent } of replacements) {
      expect(at).toMatchObject({ startLine: at.endLine, startColumn: at.endColumn });
      const line = lines[at.startLine - 1]!;
      lines[at.startLine - 1] =
        line.slice(0, at.startColumn - 1) + insertedContent.text + line.slice(at.startColumn - 1);
    }
    playground.write('fixed/shop.arch', SHOP);
    playground.write(`fixed/${STORES}`, lines.join('\n'));
    const { stdout } = playground.run([...CHECK, '--format', 'compact'], { within: 'fixed' });
    expect(stdout).not.toContain('cache-without-expiry');
    expect(stdout).toContain('cache-spof');
  });

  test('fingerprints stay when lines move', () => {
    const before = fingerprints(reports.get('sarif')!);
    playground.write('moved/shop.arch', SHOP);
    playground.write(`moved/${STORES}`, STORES_TEXT);
    const of = (within: string) => fingerprints(playground.run([...CHECK, '--format', 'sarif'], { within }).stdout);
    const unmoved = of('moved');
    playground.write(`moved/${STORES}`, `\n\n// moved\n${STORES_TEXT}`);
    expect(of('moved')).toEqual(unmoved);
    expect(unmoved.map(({ primaryLocationLineHash }) => primaryLocationLineHash)).toEqual(
      before.map(({ primaryLocationLineHash }) => primaryLocationLineHash),
    );
    expect(unmoved.map((each) => each['archElement/v1'])).not.toEqual(before.map((each) => each['archElement/v1']));
  });
});

test.each([
  ['junit', '<testcase ', '<testcase file="shop.arch" '],
  ['checkstyle', / line="\d+"/, ' line="0"'],
] as const)('%s follows its XSD, which refuses what is wrong', async (name, right, wrong) => {
  const text = reports.get(name)!;
  expect(await xmlErrors(text, name)).toEqual([]);
  expect(await xmlErrors(text.replace(right, wrong), name)).not.toEqual([]);
});

test('GitLab takes its report, and shows every finding of it', () => {
  const issues: { fingerprint: string }[] = JSON.parse(reports.get('gitlab')!);
  expect(gitlabErrors(issues)).toEqual([]);
  expect(gitlabErrors([{ ...issues[0], severity: 'error', location: { path: '/x' } }])).toHaveLength(3);
  expect(new Set(issues.map(({ fingerprint }) => fingerprint)).size).toBe(issues.length);
});

test('JSON lines are the findings of the JSON document', () => {
  const { stdout } = playground.run([...CHECK, '--format', 'json'], { within: 'system' });
  const lines = reports.get('jsonl')!.trimEnd().split('\n');
  expect(lines.map((line) => JSON.parse(line))).toEqual(JSON.parse(stdout).findings);
});

test('without findings a report is empty, but a report', () => {
  const { code, stdout } = playground.run([...CHECK, 'clean.arch', ...outputs('clean')], { within: 'system' });
  expect({ code, stdout }).toEqual({ code: 0, stdout: '' });
  const text = (name: string) => readFileSync(join(playground.folder, 'system', 'clean', name), 'utf8');
  expect(['compact', 'jsonl', 'github', 'gitlab'].map(text)).toEqual(['', '', '', '[]\n']);
  expect(text('junit')).toContain('<testcase name="no findings" classname="system/clean"/>');
  expect(text('markdown')).toBe('## Loadpath: no findings in 1 file\n');
  expect(JSON.parse(text('sarif')).runs[0].results).toEqual([]);
});

test('in a GitHub workflow the table is added to the summary of the step', () => {
  playground.write('summary.md', 'of another step\n');
  const env = { GITHUB_STEP_SUMMARY: join(playground.folder, 'summary.md') };
  playground.run([...CHECK, '--format', 'github'], { within: 'system', env });
  expect(readFileSync(env.GITHUB_STEP_SUMMARY, 'utf8')).toBe(`of another step\n${reports.get('markdown')}`);
  playground.run([...CHECK, '--format', 'compact'], { within: 'system', env });
  expect(readFileSync(env.GITHUB_STEP_SUMMARY, 'utf8')).toBe(`of another step\n${reports.get('markdown')}`);
});

test('the figures of an architecture with load are below the table', () => {
  playground.write('loaded.arch', 'users u { rate: 5/s }\nserver a { serviceTime: 2ms }\nu -> a\n');
  const { stdout } = playground.run(['check', 'loaded.arch', '--format', 'markdown']);
  expect(stdout).toMatch(/\n\n- \*\*loaded\.arch\*\*: 5\/s: carries .+\n$/);
});

describe('several reports of one run', () => {
  test('each goes where it is sent', () => {
    const { code, stdout } = playground.run([
      'check',
      'system',
      '-o',
      'a.json',
      '--format',
      'json',
      '--format',
      'compact',
      '--format',
      'sarif',
      '-o',
      'b.sarif',
    ]);
    expect(code).toBe(1);
    expect(stdout).toMatch(/^system\/shop\.arch:7:8: error duplicate-name /m);
    expect(JSON.parse(readFileSync(join(playground.folder, 'a.json'), 'utf8')).command).toBe('check');
    expect(JSON.parse(readFileSync(join(playground.folder, 'b.sarif'), 'utf8')).version).toBe('2.1.0');
  });

  test('one that cannot be written does not keep the others from it', () => {
    const args = ['--format', 'junit', '-o', 'gone/j.xml', '--format', 'gitlab', '-o', 'g.json', '--format', 'compact'];
    const { code, stdout, stderr } = playground.run(['check', 'system', ...args]);
    expect(code).toBe(2);
    expect(stderr).toBe("loadpath: Cannot write 'gone/j.xml': there is no such file or folder.\n");
    expect(stdout).toContain('duplicate-name');
    expect(JSON.parse(readFileSync(join(playground.folder, 'g.json'), 'utf8'))).not.toEqual([]);
  });

  test('files are replaced in one step, and nothing else is left', () => {
    playground.write('once/shop.arch', 'server a { cores: 2 }\n');
    playground.run(['check', '--format', 'sarif', '-o', 'x.sarif', '--format', 'junit', '-o', 'x.xml'], {
      within: 'once',
    });
    expect(readdirSync(join(playground.folder, 'once')).sort()).toEqual(['shop.arch', 'x.sarif', 'x.xml']);
  });
});

function outputs(folder: string): readonly string[] {
  playground.write(`system/${folder}/.keep`, '');
  return names.flatMap((name) => ['--format', name, '-o', `${folder}/${name}`]);
}

/** All formats from one run. */
function writeAll(folder: string): ReadonlyMap<string, string> {
  const { code, stdout, stderr } = playground.run([...CHECK, '.', ...outputs(folder)], { within: 'system' });
  expect({ code, stdout, stderr }).toEqual({ code: 1, stdout: '', stderr: '' });
  const read = (name: string) => readFileSync(join(playground.folder, 'system', folder, name), 'utf8');
  return new Map(names.map((name) => [name, read(name)]));
}

/** The report without what changes with every version, every new rule and every better figure. */
function golden(name: string): string {
  const text = reports.get(name)!.replace(/(?<=\*\*: ).*/, '(figures)');
  if (name !== 'sarif') return text;
  const log = JSON.parse(text);
  const { driver } = log.runs[0].tool;
  driver.semanticVersion = '0.0.0';
  driver.rules = driver.rules.filter(
    ({ id }: { id: string }) => id === 'cache-without-expiry' || id === 'duplicate-name',
  );
  for (const result of log.runs[0].results) delete result.ruleIndex;
  return `${JSON.stringify(log, undefined, 2)}\n`;
}

function fingerprints(sarif: string): readonly Readonly<Record<string, string>>[] {
  return JSON.parse(sarif).runs[0].results.map(
    ({ partialFingerprints }: { partialFingerprints: Record<string, string> }) => partialFingerprints,
  );
}
