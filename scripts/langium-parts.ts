/**
 * Imports from Langium by the file that something is in. Through `langium` itself all of its services are loaded, with the parser library
 * and the protocol of language servers, where a name or two are meant.
 */
import { existsSync, readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'esbuild';
import { root } from './stamp.mjs';

const folders = ['language', 'cli', 'extension'].map((name) => join(root, name));
const IMPORT = /^import \{([^}]*)\} from '(langium(?:\/lsp)?)';/gm;
const NAMESPACE = /^import \* as langium from 'langium';/m;

/** Rewrites the imports of our own sources. */
export const langiumParts: Plugin = {
  name: 'langium-parts',
  setup({ onLoad }) {
    const parts = new Map(
      ['langium', 'langium/lsp'].map((name) => [name, partsOf(fileURLToPath(import.meta.resolve(name)))]),
    );
    onLoad({ filter: /\.ts$/ }, async ({ path }) => {
      if (!folders.some((folder) => path.startsWith(folder))) return undefined;
      const text = await readFile(path, 'utf8');
      if (!text.includes("from 'langium")) return undefined;
      const contents = text
        .replace(IMPORT, (_, names: string, from: string) => splitImport(names, from, parts.get(from)!))
        // The generated file extends one class of it, and the rest of its uses are types.
        .replace(NAMESPACE, `import * as langium from '${parts.get('langium')!.get('AbstractAstReflection')!.file}';`);
      return { contents, loader: 'ts' };
    });
  },
};

interface Part {
  readonly file: string;
  /** True if the name stands for all that the file exports. */
  readonly isNamespace: boolean;
}

/** On one line, so that the lines of the source stay where they are. */
function splitImport(names: string, from: string, parts: ReadonlyMap<string, Part>): string {
  const lines = names.split('\n').length - 1;
  const values = names
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '' && !name.startsWith('type '));
  const imports = values.map((value) => {
    const [name = '', as = name] = value.split(' as ');
    const part = parts.get(name);
    if (!part) return `import { ${value} } from '${from}';`;
    return part.isNamespace ? `import * as ${as} from '${part.file}';` : `import { ${value} } from '${part.file}';`;
  });
  return imports.join(' ') + '\n'.repeat(lines);
}

/** Which file has each of the names that an index exports. */
function partsOf(index: string): ReadonlyMap<string, Part> {
  const found = new Map<string, Part>();
  const visit = (file: string): void => {
    const text = readFileSync(file, 'utf8');
    const at = (specifier: string) => join(dirname(file), specifier);
    for (const [, name = ''] of text.matchAll(
      /^export (?:abstract )?(?:async )?(?:class|function|const|var|let) (\w+)/gm,
    ))
      found.set(name, { file, isNamespace: false });
    for (const [, names = ''] of text.matchAll(/^export \{([^}]*)\}/gm))
      for (const name of names.split(',')) found.set(name.trim(), { file, isNamespace: false });
    for (const [, name = '', from = ''] of text.matchAll(/^import \* as (\w+) from '(\.[^']*)';/gm))
      if (found.has(name)) found.set(name, { file: at(from), isNamespace: true });
    for (const [, from = ''] of text.matchAll(/^export \* from '(\.[^']*)';/gm))
      if (existsSync(at(from))) visit(at(from));
  };
  visit(index);
  return found;
}
