/** The one way from a file to its model: its own statements and those of everything that it imports. */
import { type LangiumDocument, type LangiumSharedCoreServices, WorkspaceCache } from 'langium';
import type { Architecture, Finding, Path } from '../model/index.ts';
import type * as ast from './generated/ast.ts';
import { importClosure } from './imports.ts';
import type { ConnectionSyntax } from './lowering/connections.ts';
import type { Instance } from './lowering/instances.ts';
import { type Lowered, lower } from './lowering/lower.ts';
import { Memory } from './lowering/memory.ts';
import type { Names } from './names.ts';
import { syntaxFindings } from './syntax-findings.ts';

/** What compiling asks of the services of the language. */
export interface CompileServices {
  readonly shared: LangiumSharedCoreServices;
  readonly references: { readonly Names: Names };
}

export interface CompileOptions {
  /** Values of params, as written in the language, instead of the declared ones. */
  readonly overrides?: Readonly<Record<string, string>>;
}

/** A compiled file: plain data, and beside it the way back to the syntax, which is valid until the next build. */
export interface Compilation {
  readonly architecture: Architecture;
  /** Of all files of the architecture, in order of file and text. */
  readonly findings: readonly Finding[];
  /** What is wrong with `overrides`, as sentences; they stand in no file. */
  readonly overrideErrors: readonly string[];
  /** The root file and everything that it imports. */
  readonly documents: readonly LangiumDocument[];
  /** The declaration of each component; of a copy the one that it was copied from. */
  readonly nodes: ReadonlyMap<Path, ast.Declaration>;
  /** The declarations that each component is made of: what it extends first, its own text last. */
  readonly layers: ReadonlyMap<Path, readonly ast.Declaration[]>;
  /** The components made of a declaration: itself and its copies. */
  readonly paths: ReadonlyMap<ast.Declaration, readonly Path[]>;
  /** The statement of each connection, by id. */
  readonly connections: ReadonlyMap<string, ConnectionSyntax>;
}

/** Compiles a linked document. Never throws on what the text says; computed once for each build and set of overrides. */
export function compile(
  services: CompileServices,
  document: LangiumDocument,
  options: CompileOptions = {},
): Compilation {
  const overrides = options.overrides ?? {};
  const key = `${document.uri.toString()} ${JSON.stringify(Object.entries(overrides).sort())}`;
  return cacheOf(services).get(key, () => compileNow(services, document, overrides));
}

const caches = new WeakMap<LangiumSharedCoreServices, WorkspaceCache<string, Compilation>>();

function cacheOf(services: CompileServices): WorkspaceCache<string, Compilation> {
  let cache = caches.get(services.shared);
  if (!cache) {
    cache = new WorkspaceCache(services.shared);
    caches.set(services.shared, cache);
  }
  return cache;
}

function compileNow(
  services: CompileServices,
  document: LangiumDocument,
  overrides: Readonly<Record<string, string>>,
): Compilation {
  const loaded = services.shared.workspace.LangiumDocuments;
  const documents = importClosure(loaded, document);
  const byUri = new Set([...documents, ...loaded.all].map(({ uri }) => uri.toString()));
  const isLoaded = (uri: string) => byUri.has(uri);
  const memory = Object.keys(overrides).length === 0 ? memoryOf(document) : undefined;
  const lowered = lower(services.references.Names, documents, isLoaded, overrides, memory);
  const { architecture, overrideErrors, connections } = lowered;
  const findings = mergeFindings(documents, lowered);
  return Object.assign(wayBack(lowered.instances), { architecture, findings, overrideErrors, documents, connections });
}

/** Few ask for it, so it is made when one does. */
function wayBack(instances: readonly Instance[]): Pick<Compilation, 'nodes' | 'layers' | 'paths'> {
  const nodes = once(() => new Map(instances.map(({ path, node }) => [path, node])));
  const layers = once(() => new Map(instances.map(({ path, layers: own }) => [path, own])));
  const paths = once(() => pathsByLayer(instances));
  return {
    get nodes() {
      return nodes();
    },
    get layers() {
      return layers();
    },
    get paths() {
      return paths();
    },
  };
}

function pathsByLayer(instances: readonly Instance[]): ReadonlyMap<ast.Declaration, readonly Path[]> {
  const paths = new Map<ast.Declaration, Path[]>();
  for (const { path, layers } of instances) {
    for (const layer of layers) {
      const list = paths.get(layer);
      if (list) list.push(path);
      else paths.set(layer, [path]);
    }
  }
  return paths;
}

function once<T>(compute: () => T): () => T {
  let known: { readonly value: T } | undefined;
  return () => {
    known ??= { value: compute() };
    return known.value;
  };
}

/** None for the first compilation of a file: one that is compiled again is being edited. */
function memoryOf(document: LangiumDocument): Memory | undefined {
  const memory = memories.get(document);
  if (memory) return memory;
  memories.set(document, memories.has(document) ? new Memory() : undefined);
  return memories.get(document);
}

const memories = new WeakMap<LangiumDocument, Memory | undefined>();

/** Findings of syntax and meaning in order of the text; on a line that is not understood, only what is wrong with its form. */
function mergeFindings(documents: readonly LangiumDocument[], { findings }: Lowered): readonly Finding[] {
  const syntax = documents.flatMap(syntaxFindings);
  const braces = syntax.filter(({ message }) => message.startsWith("Expected '}' to close"));
  const unclosed = new Set(braces.map(({ span }) => span.file));
  // The line where the file ends is not the one that is broken.
  const broken = new Set(syntax.filter((finding) => !braces.includes(finding)).map(lineOf));
  const order = new Map(documents.map(({ uri }, i) => [uri.toString(), i]));
  const meaning = findings.filter(
    (finding) =>
      !broken.has(lineOf(finding)) && !(finding.rule === 'misplaced-statement' && unclosed.has(finding.span.file)),
  );
  return [...syntax, ...meaning].sort(
    (a, b) =>
      (order.get(a.span.file) ?? 0) - (order.get(b.span.file) ?? 0) || a.span.start.offset - b.span.start.offset,
  );
}

function lineOf({ span }: Finding): string {
  return `${span.start.line} ${span.file}`;
}
