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
  'step %s opens an example that is packed, and shows its picture in every theme',
  (id, { description, media }) => {
    const argument = /openExample\?(\S+)\)/.exec(description)?.[1] ?? '';
    expect(JSON.parse(decodeURIComponent(argument))).toEqual([id]);
    expect(readFileSync(join(root, 'extension', 'examples.ts'), 'utf8')).toContain(`'${id}'`);
    const packed = readFileSync(join(root, 'scripts', 'package.ts'), 'utf8');
    expect(packed).toContain(`'examples/chapter/${id}.arch'`);
    expect(Object.keys(media.image)).toEqual(['light', 'dark', 'hc', 'hcLight']);
    for (const picture of Object.values(media.image)) {
      expect(packed).toContain(`'${picture}'`);
      expect(readFileSync(join(root, picture), 'utf8')).toMatch(/^<svg .*aria-label="Architecture diagram: /);
    }
    expect(media.altText).toMatch(/^A diagram: /);
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
