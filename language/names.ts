/**
 * Which declaration a name means. A name is looked for in the innermost container first, then outwards, then at the top level of
 * the file, then in the files that it imports. At each level a declaration in the container itself comes first, then one deeper
 * inside it, if there is only one of that name: `lb -> app` finds `app` inside a tier.
 */
import {
  type AstNode,
  type LangiumCoreServices,
  type LangiumDocument,
  type LangiumDocuments,
  WorkspaceCache,
} from 'langium';
import { documentOf } from './around.ts';
import { type Expectation, expectationOf, type Target } from './expectation.ts';
import * as ast from './generated/ast.ts';
import { importClosure } from './imports.ts';

/** Declarations by name at one level: those that stand there, and those that stand deeper inside. */
export interface Level {
  readonly direct: ReadonlyMap<string, readonly ast.Named[]>;
  readonly deep: () => ReadonlyMap<string, readonly ast.Named[]>;
}

type Table = Map<string, ast.Named[]>;

/** A chain of `extends` longer than this is cut, and reported by the lowering. */
export const LONGEST_CHAIN = 300;

export class Names {
  private readonly documents: () => LangiumDocuments;
  private readonly layers: WorkspaceCache<ast.Declaration, readonly ast.Declaration[]>;
  private readonly levels: WorkspaceCache<ast.Declaration, Level>;
  private readonly files: WorkspaceCache<string, readonly Level[]>;
  private readonly around: WorkspaceCache<AstNode, readonly Level[]>;
  private readonly resolving = new Set<ast.Declaration>();
  /** True while what is being computed has met a cycle: it must not be kept, as it depends on where the cycle was entered. */
  private incomplete = false;

  constructor(services: Pick<LangiumCoreServices, 'shared'>) {
    this.documents = () => services.shared.workspace.LangiumDocuments;
    this.layers = new WorkspaceCache(services.shared);
    this.levels = new WorkspaceCache(services.shared);
    this.files = new WorkspaceCache(services.shared);
    this.around = new WorkspaceCache(services.shared);
  }

  /**
   * What a segment of a qualified name may mean: one element if it is clear, several if it is ambiguous, none if nothing has the
   * name. Only elements that may stand here are found.
   */
  candidates(segment: ast.Segment): readonly ast.Named[] {
    const name = segment.target.$refText;
    if (!name) return [];
    const { targets } = this.expectation(segment);
    for (const level of this.levelsFor(segment)) {
      const found = among(level.direct.get(name), targets) ?? among(level.deep().get(name), targets);
      if (found) return found.length === 1 ? found : this.origins(found);
    }
    return [];
  }

  /** Declarations that change a copy stand for what they were copied from. */
  private origins(nodes: readonly ast.Named[]): readonly ast.Named[] {
    return [...new Set(nodes.map((node) => (ast.isDeclaration(node) ? this.layersOf(node)[0]! : node)))];
  }

  /** What has this name at the place of a first segment, whether or not it may stand there. */
  named(segment: ast.Segment, name: string): ast.Named | undefined {
    for (const level of this.levelsFor(segment)) {
      const found = level.direct.get(name) ?? level.deep().get(name);
      if (found) return found[0];
    }
    return undefined;
  }

  /** Everything that a segment may mean, the nearest first, each name once. */
  visible(segment: ast.Segment): ReadonlyMap<string, ast.Named> {
    const { targets } = this.expectation(segment);
    const found = new Map<string, ast.Named>();
    for (const level of this.levelsFor(segment)) {
      for (const table of [level.direct, level.deep()]) {
        for (const [name, nodes] of table) {
          const fitting = found.has(name) ? undefined : among(nodes, targets);
          if (fitting) found.set(name, fitting[0]!);
        }
      }
    }
    return found;
  }

  /** True unless it is nothing that could be linked: a word of an enum or the catalogue that is no name of anything. */
  isReference(segment: ast.Segment): boolean {
    if (!segment.target?.$refText) return false;
    const { targets, words } = this.expectation(segment);
    if (targets.length === 0) return false;
    return !words || this.candidates(segment).length === 1;
  }

  /** What a segment may refer to; segments after the first refer to members of the one before. */
  expectation(segment: ast.Segment): Expectation {
    const name = segment.$container;
    const first = expectationOf(name);
    if (segment.$containerIndex === 0) {
      return name.segments.length > 1 ? { targets: first.targets.filter((target) => target !== 'param') } : first;
    }
    return { targets: first.targets.includes('component') ? ['component', 'template'] : [] };
  }

  /** The declarations that a declaration is made of: what it extends first, itself last. Templates and cycles included once. */
  layersOf(declaration: ast.Declaration): readonly ast.Declaration[] {
    const known = this.layers.get(declaration);
    if (known) return known;
    if (this.resolving.size > LONGEST_CHAIN) return [declaration];
    if (this.resolving.has(declaration)) {
      this.incomplete = true;
      return [declaration];
    }
    this.resolving.add(declaration);
    const overridden = this.overriddenBy(declaration);
    const base = baseOf(declaration);
    const result = overridden || base ? this.joined(declaration, overridden, base) : [declaration];
    this.resolving.delete(declaration);
    if (base === null) this.incomplete = true;
    if (!this.incomplete) this.layers.set(declaration, result);
    if (this.resolving.size === 0) this.incomplete = false;
    return result;
  }

  private joined(
    declaration: ast.Declaration,
    overridden: ast.Declaration | undefined,
    base: ast.Declaration | null | undefined,
  ): readonly ast.Declaration[] {
    const layers = new Set<ast.Declaration>();
    if (overridden) for (const layer of this.layersOf(overridden)) layers.add(layer);
    if (base) for (const layer of this.layersOf(base)) layers.add(layer);
    layers.delete(declaration);
    layers.add(declaration);
    return [...layers];
  }

  /** The declaration that a declaration in the body of a copy changes, or that this one changes in turn; itself where it changes none. */
  originOf(declaration: ast.Declaration): ast.Declaration {
    const seen = new Set([declaration]);
    for (let origin = declaration; ; ) {
      const next = this.overriddenBy(origin);
      if (!next || seen.has(next)) return origin;
      seen.add(next);
      origin = next;
    }
  }

  /** The members of a declaration, those of what it extends included. */
  levelOf(declaration: ast.Declaration): Level {
    return this.levels.get(declaration, () => {
      const direct: Table = new Map();
      for (const layer of this.layersOf(declaration)) {
        for (const [name, nodes] of tableOf(layer.statements)) direct.set(name, nodes);
      }
      return { direct, deep: once(() => this.deepen(direct)) };
    });
  }

  /** The declaration of the same name in what the container extends, which a declaration in its body changes. */
  private overriddenBy(declaration: ast.Declaration): ast.Declaration | undefined {
    const container = declaration.$container;
    if (!ast.isDeclaration(container) || (!container.base && !ast.isDeclaration(container.$container)))
      return undefined;
    const layers = this.layersOf(container);
    for (let i = layers.length - 1; i >= 0; i--) {
      if (layers[i] === container) continue;
      const found = layers[i]!.statements.find(
        (statement) => ast.isDeclaration(statement) && statement.name === declaration.name,
      );
      if (found) return found as ast.Declaration;
    }
    return undefined;
  }

  private levelsFor(segment: ast.Segment): readonly Level[] {
    const name = segment.$container;
    const index = segment.$containerIndex ?? 0;
    const isBase = name.$container.$type === ast.Declaration.$type;
    const wrap = isBase ? declaredOnly : (level: Level) => level;
    if (index > 0) {
      const before = refOf(name.segments[index - 1]!);
      return ast.isDeclaration(before) ? [wrap(this.levelOf(before))] : [];
    }
    const levels = this.levelsAround(isBase ? name.$container.$container : name.$container);
    return isBase ? levels.map(wrap) : levels;
  }

  /** The levels of all declarations around a node, the innermost first, then those of its file. */
  private levelsAround(node: AstNode): readonly Level[] {
    let inner: AstNode = node;
    while (inner.$type !== ast.Declaration.$type && inner.$container) inner = inner.$container;
    return this.around.get(inner, () => {
      const levels: Level[] = [];
      for (let outer: AstNode | undefined = inner; outer; outer = outer.$container)
        if (ast.isDeclaration(outer)) levels.push(this.levelOf(outer));
      return [...levels, ...this.fileLevels(documentOf(inner))];
    });
  }

  /** The top level of a file, then that of all files that it imports. */
  private fileLevels(document: LangiumDocument): readonly Level[] {
    return this.files.get(document.uri.toString(), () => {
      const [own, ...imported] = importClosure(this.documents(), document).map(statementsOf);
      return [own ?? [], imported.flat()].map((statements) => {
        const direct = tableOf(statements);
        return { direct, deep: once(() => this.deepen(direct)) };
      });
    });
  }

  private deepen(direct: ReadonlyMap<string, readonly ast.Named[]>): Table {
    const deep = new Map<string, Set<ast.Named>>();
    for (const nodes of direct.values()) {
      for (const node of nodes) {
        if (!ast.isDeclaration(node) || node.template || !hasMembers(node)) continue;
        const level = this.levelOf(node);
        for (const table of [level.direct, level.deep()]) {
          for (const [name, inner] of table) addAll(deep, name, inner.filter(ast.isDeclaration));
        }
      }
    }
    return new Map([...deep].map(([name, found]) => [name, [...found]]));
  }
}

/** The declaration that another extends; null if it cannot be known yet because it is being resolved. */
export function baseOf(declaration: ast.Declaration): ast.Declaration | undefined | null {
  const last = declaration.base?.segments.at(-1);
  if (!last?.target) return undefined;
  try {
    const base = last.target.ref;
    return ast.isDeclaration(base) && base !== declaration ? base : undefined;
  } catch {
    // Langium throws when a reference is read while it is being resolved: a cycle of `extends`, which the lowering reports.
    return null;
  }
}

/** What a segment refers to, undefined also where reading it would be a cycle. */
export function refOf(segment: ast.Segment): ast.Named | undefined {
  try {
    return segment.target?.ref;
  } catch {
    return undefined;
  }
}

/** What a whole qualified name refers to. */
export function referentOf(name: ast.QualifiedName): ast.Named | undefined {
  const last = name.segments.at(-1);
  return last && refOf(last);
}

/** A qualified name as written, without blanks. */
export function textOf(name: ast.QualifiedName): string {
  return name.segments.map((segment) => segment.target?.$refText ?? '').join('.');
}

function tableOf(statements: readonly ast.Statement[]): Table {
  const table: Table = new Map();
  for (const statement of statements) {
    if (!isNamed(statement) || !statement.name) continue;
    const list = table.get(statement.name);
    if (list) list.push(statement);
    else table.set(statement.name, [statement]);
  }
  return table;
}

/** True for the four types of statements that other statements refer to; cheaper than the generated guard. */
function isNamed(statement: ast.Statement): statement is ast.Named {
  const type = statement.$type;
  return type === 'Declaration' || type === 'Param' || type === 'RequestClass' || type === 'Scenario';
}

/** The elements that fit; of those that stand side by side with the same name the first, as the others are reported there. */
function among(nodes: readonly ast.Named[] | undefined, targets: readonly Target[]): readonly ast.Named[] | undefined {
  const fitting = nodes?.filter((node) => targets.includes(targetOf(node)));
  if (!fitting?.length) return undefined;
  const container = fitting[0]!.$container;
  return fitting.every((node) => node.$container === container) ? [fitting[0]!] : fitting;
}

function targetOf(node: ast.Named): Target {
  switch (node.$type) {
    case ast.Declaration.$type:
      return node.template ? 'template' : 'component';
    case ast.Param.$type:
      return 'param';
    case ast.RequestClass.$type:
      return 'request';
    case ast.Scenario.$type:
      return 'scenario';
  }
}

function hasMembers(declaration: ast.Declaration): boolean {
  return declaration.base !== undefined || declaration.statements.some(ast.isDeclaration);
}

/** The level without what is inherited deeper inside: what `extends` itself needs before that is known. */
function declaredOnly(level: Level): Level {
  return { direct: level.direct, deep: () => declaredInside(level.direct) };
}

function declaredInside(direct: ReadonlyMap<string, readonly ast.Named[]>): Table {
  const deep = new Map<string, Set<ast.Named>>();
  const visit = (statements: readonly ast.Statement[]): void => {
    for (const statement of statements) {
      if (!ast.isDeclaration(statement)) continue;
      addAll(deep, statement.name, [statement]);
      if (!statement.template) visit(statement.statements);
    }
  };
  for (const nodes of direct.values()) {
    for (const node of nodes) if (ast.isDeclaration(node) && !node.template) visit(node.statements);
  }
  return new Map([...deep].map(([name, found]) => [name, [...found]]));
}

function addAll(table: Map<string, Set<ast.Named>>, name: string, nodes: readonly ast.Named[]): void {
  const set = table.get(name);
  if (set) for (const node of nodes) set.add(node);
  else if (nodes.length > 0) table.set(name, new Set(nodes));
}

function statementsOf(document: LangiumDocument): readonly ast.Statement[] {
  const model = document.parseResult.value;
  return ast.isModel(model) ? model.statements : [];
}

/** Computes a table when it is first needed; while that runs it is empty, as happens when something is inside of what it extends. */
function once(compute: () => Table): () => Table {
  let table: Table | undefined;
  return () => {
    if (!table) {
      table = new Map();
      table = compute();
    }
    return table;
  };
}
