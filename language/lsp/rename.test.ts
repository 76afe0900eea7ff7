/** A rename changes the name and nothing else, or it is refused with the place where it would. */
import { describe, expect, it } from 'vitest';
import { applyEdits, open } from './testing.ts';

/** The texts after the rename, by file. */
async function renamed(marked: string, newName: string, files: Readonly<Record<string, string>> = {}) {
  const { arch, document, at, text } = await open(marked, files);
  const edit = await arch.lsp.RenameProvider!.rename(document, { ...at, newName });
  const texts: Readonly<Record<string, string>> = { 'main.arch': text, ...files };
  return Object.fromEntries(
    Object.entries(edit!.changes!).map(([uri, edits]) => {
      const name = uri.split('/').at(-1)!;
      return [name, applyEdits(texts[name]!, edits)];
    }),
  );
}

describe('is made', () => {
  it('in all declarations that change a copy, begun at any of them', async () => {
    const text = (name: string, cursor = '') => `dataCenter us { server ${cursor}${name} { cores: 2 } }
dataCenter eu extends us { server ${name} { cores: 4 } }
dataCenter asia extends eu { server ${name} { replicas: 3 } }
users u { rate: 1/s }
u -> us.${name}, eu.${name}, asia.${name}`;
    expect(await renamed(text('app', '<|>'), 'web')).toEqual({ 'main.arch': text('web') });
    const inCopy = text('app').replace('eu extends us { server ', 'eu extends us { server <|>');
    expect(await renamed(inCopy, 'web')).toEqual({ 'main.arch': text('web') });
  });

  it('of a view, of a scenario that a view shows, and to the name that it has', async () => {
    expect(await renamed('view <|>all { }', 'front')).toEqual({ 'main.arch': 'view front { }' });
    expect(await renamed('scenario <|>loss { }\nview all { scenario: loss }', 'drop')).toEqual({
      'main.arch': 'scenario drop { }\nview all { scenario: drop }',
    });
    expect(await renamed('server <|>app', 'app')).toEqual({ 'main.arch': 'server app' });
  });

  it('where the name is used elsewhere for something that cannot be seen from here', async () => {
    const files = { 'other.arch': 'server web { }\nusers v { rate: 1/s }\nv -> web' };
    const text = 'server <|>app { }\nusers u { rate: 1/s }\nu -> app';
    expect(await renamed(text, 'web', files)).toEqual({
      'main.arch': 'server web { }\nusers u { rate: 1/s }\nu -> web',
    });
    expect(
      await renamed('template server <|>small { }\ngroup g { server cpu }\nserver a extends small', 'tiny'),
    ).toEqual({ 'main.arch': 'template server tiny { }\ngroup g { server cpu }\nserver a extends tiny' });
  });
});

describe('is refused', () => {
  it.each<[what: string, text: string, newName: string, message: string, files?: Readonly<Record<string, string>>]>([
    [
      'where a nearer declaration would take the place of what a name means',
      `server app { }
tier t {
  server <|>cart { }
  loadBalancer lb { }
  lb -> app
}`,
      'app',
      "Renaming 'cart' to 'app' would change what 'app' means on line 5 of 'main.arch': it means the one on line 1 of 'main.arch' now, and then it would mean the one on line 3 of 'main.arch'.",
    ],
    [
      'where its own uses would mean a nearer one',
      `server <|>cart { }
tier t {
  server app { }
  loadBalancer lb { }
  lb -> cart
}`,
      'app',
      "Renaming 'cart' to 'app' would change what 'app' means on line 5 of 'main.arch': it means the one on line 1 of 'main.arch' now, and then it would mean the one on line 3 of 'main.arch'.",
    ],
    [
      'where a name deeper inside would not be clear any more',
      `tier a { server app { } }
tier b { server <|>cart { } }
users u { rate: 1/s }
u -> app`,
      'app',
      "Renaming 'cart' to 'app' would change what 'app' means on line 4 of 'main.arch': it means the one on line 1 of 'main.arch' now, and then it would not be clear what it means.",
    ],
    [
      'where it would change what is copied',
      `dataCenter us { server app { } }
dataCenter eu extends us {
  server <|>cart { }
}`,
      'app',
      "Renaming 'cart' to 'app' would make 'app' on line 3 of 'main.arch' a change of the one on line 1 of 'main.arch'.",
    ],
    [
      'where a copy would change it',
      `dataCenter us { server <|>cart { } }
dataCenter eu extends us { server app { } }`,
      'app',
      "Renaming 'cart' to 'app' would make 'app' on line 2 of 'main.arch' a change of the one on line 1 of 'main.arch'.",
    ],
    [
      'where a word of the language would become a param',
      `param <|>words = 3
database d { engine: mysql, readReplicas: words }`,
      'mysql',
      "Renaming 'words' to 'mysql' would change what 'mysql' means on line 2 of 'main.arch': it is no reference now, and then it would mean the one on line 1 of 'main.arch'.",
    ],
    [
      'where a template would be extended that was not meant',
      `template server small { cores: 2 }
tier t {
  template server <|>large { cores: 8 }
  server a extends small
}`,
      'small',
      "Renaming 'large' to 'small' would change what 'small' means on line 4 of 'main.arch': it means the one on line 1 of 'main.arch' now, and then it would mean the one on line 3 of 'main.arch'.",
    ],
    [
      'where a file that imports it declares the same',
      'server <|>cart { }',
      'app',
      "Renaming 'cart' to 'app' would be a mistake on line 1 of 'main.arch': There is already something named 'app' here.",
      { 'root.arch': 'import "./main.arch"\nserver app { }\nusers u { rate: 1/s }\nu -> app' },
    ],
    [
      'where a file that imports it has a nearer one',
      'server <|>cart { }',
      'app',
      "Renaming 'cart' to 'app' would change what 'app' means on line 4 of 'root.arch': it means the one on line 1 of 'main.arch' now, and then it would mean the one on line 2 of 'root.arch'.",
      {
        'root.arch': 'import "./main.arch"\ntier t { server app { } }\nusers u { rate: 1/s }\nu -> cart',
      },
    ],
    [
      'where it would be read as a word of the language',
      'param <|>fast = 3\nserver app { cores: fast }',
      'true',
      "'true' would not be read as a name everywhere where 'fast' stands.",
    ],
    [
      'where something beside it has the name',
      'view <|>all { }\nserver app\nview front { }',
      'front',
      "There is a 'front' beside 'all' already, on line 3.",
    ],
    [
      'where something has the name beside a declaration that changes it in a copy',
      `dataCenter us { server <|>cart { cores: 2 } }
dataCenter eu extends us {
  server cart { cores: 4 }
  server app { }
}`,
      'app',
      "There is a 'app' beside 'cart' already, on line 4.",
    ],
  ])('%s', async (_, text, newName, message, files) => {
    await expect(renamed(text, newName, files)).rejects.toMatchObject({ message });
  });
});
