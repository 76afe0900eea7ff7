/** What the extension contributes by its manifest alone: the walkthrough, tasks and their problem matcher. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import manifest from '../package.json' with { type: 'json' };
import { root } from './loadpath.ts';

const { contributes } = manifest;
const [walkthrough] = contributes.walkthroughs;

test('the walkthrough has five steps, and its commands exist', () => {
  expect(walkthrough!.steps).toHaveLength(5);
  const commands = new Set(contributes.commands.map(({ command }) => command));
  for (const { description } of walkthrough!.steps) {
    const named = [...description.matchAll(/\(command:([\w.]+)/g)].map(([, command]) => command!);
    expect(named).toHaveLength(2);
    for (const command of named) expect(commands).toContain(command);
  }
});

test.each(walkthrough!.steps.map((step) => [step.id, step] as const))(
  'step %s opens an example that is packed, and shows lines of it',
  (id, { description, media }) => {
    const argument = /openExample\?(\S+)\)/.exec(description)?.[1] ?? '';
    expect(JSON.parse(decodeURIComponent(argument))).toEqual([id]);
    expect(readFileSync(join(root, 'extension', 'examples.ts'), 'utf8')).toContain(`'${id}'`);
    const packed = readFileSync(join(root, 'scripts', 'package.ts'), 'utf8');
    expect(packed).toContain(`'${media.markdown}'`);
    expect(packed).toContain(`'examples/chapter/${id}.arch'`);
    const example = readFileSync(join(root, 'examples', 'chapter', `${id}.arch`), 'utf8');
    const page = readFileSync(join(root, media.markdown), 'utf8');
    const excerpts = [...page.matchAll(/```arch\n([\s\S]*?)```/g)].map(([, excerpt]) => excerpt!);
    expect(excerpts.length).toBeGreaterThan(0);
    for (const excerpt of excerpts) expect(example).toContain(excerpt);
  },
);

test('every file that the manifest names is packed', () => {
  const packed = readFileSync(join(root, 'scripts', 'package.ts'), 'utf8');
  for (const { url } of contributes.jsonValidation) {
    expect(existsSync(join(root, url))).toBe(true);
    expect(packed).toContain(`'${url.replace('./', '')}'`);
  }
});

test('the problem matcher reads what the one of the CI kit reads', () => {
  const kit = JSON.parse(readFileSync(join(root, 'ci', 'problem-matcher.json'), 'utf8'));
  expect(contributes.problemMatchers[0]!.pattern).toEqual(kit.problemMatcher[0].pattern[0]);
});
