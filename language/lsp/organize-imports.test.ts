/** Imports in order, asked as a client asks, without one. */
import { expect, it } from 'vitest';
import type { CodeAction } from 'vscode-languageserver';
import { applyEdits, open } from './testing.ts';

const files = {
  'app.arch': 'import "./base.arch"\nserver app extends small { }',
  'base.arch': 'template server small { cores: 2 }',
  'lib.arch': 'template server big { cores: 16 }\nparam people = 5M',
};

/** The text afterwards; undefined where there is nothing to do. */
async function organized(text: string): Promise<string | undefined> {
  const opened = await open(text, files);
  const context = { diagnostics: [], only: ['source.organizeImports'] };
  const found = await opened.arch.lsp.CodeActionProvider!.getCodeActions(opened.document, {
    ...opened.at,
    range: opened.range,
    context,
  });
  const [action] = (found ?? []) as CodeAction[];
  return action && applyEdits(opened.text, Object.values(action.edit!.changes!)[0]!);
}

it.each([
  [
    'are sorted by their paths',
    'import "./none.arch"\nimport "./app.arch"\n\nserver b { }',
    'import "./app.arch"\nimport "./none.arch"\n\nserver b { }',
  ],
  ['are kept once each', 'import "./app.arch"\nimport "./app.arch"\nserver b { }', 'import "./app.arch"\nserver b { }'],
  ['of the file itself go', 'import "./main.arch"\nserver b { }', 'server b { }'],
  ['that bring only names that nobody uses go', 'import "./lib.arch"\r\n\r\nserver b { }', '\r\nserver b { }'],
  [
    'are not moved past a comment',
    'import "./none.arch" // the rest\nimport "./app.arch"\n// first of all\nimport "./app.arch"\nserver b { }',
    'import "./none.arch" // the rest\nimport "./app.arch"\n// first of all\nserver b { }',
  ],
  [
    'keep their line ends',
    'import "./none.arch"\r\nimport "./app.arch"\r\n',
    'import "./app.arch"\r\nimport "./none.arch"\r\n',
  ],
])('imports %s', async (_, before, after) => {
  expect(await organized(before)).toBe(after);
  expect(await organized(after)).toBeUndefined();
});

it.each([
  ['in order', 'import "./app.arch"\nimport "./none.arch"\n'],
  ['whose components count, though nobody names them', 'import "./app.arch"\nserver b { }'],
  ['whose templates are used', 'import "./lib.arch"\nserver b extends big { }'],
  ['whose params are used', 'import "./lib.arch"\nusers u { population: people / 2 }'],
  ['that another file relies on', 'import "./app.arch"\nimport "./base.arch"'],
])('leaves imports alone %s', async (_, text) => {
  expect(await organized(text)).toBeUndefined();
});
