/** The tree of what there is once `extends` and templates are resolved: every declaration, and every copy of one. */
import { isContainer, type KindName, type Path } from '../../model/index.ts';
import * as ast from '../generated/ast.ts';
import { LONGEST_CHAIN, referentOf } from '../names.ts';
import { kindOfDeclaration } from '../tables.ts';
import type { Context } from './context.ts';
import { withMisplaced } from './placement.ts';

/** One component or container of the architecture, or of a template. */
export interface Instance {
  readonly name: string;
  readonly path: Path;
  /** Undefined for what has an unknown kind: it is left out, and so is what refers to it. */
  readonly kind: KindName | undefined;
  readonly parent?: Instance;
  /** The declarations that it is made of, what it extends first; the last one is its own text. */
  readonly layers: readonly ast.Declaration[];
  /** The last of the layers. */
  readonly node: ast.Declaration;
  /** Its text stands in something that its container extends. */
  readonly inherited: boolean;
  readonly children: ReadonlyMap<string, Instance>;
}

export interface Instances {
  /** Of the architecture, parents before their children, otherwise in order of declaration. */
  readonly all: readonly Instance[];
  /** Of templates: they are checked like the others, but are not part of the architecture. */
  readonly templates: readonly Instance[];
  readonly roots: ReadonlyMap<string, Instance>;
  /** Instances by the declarations in their layers, those of templates included. */
  readonly byLayer: ReadonlyMap<ast.Declaration, readonly Instance[]>;
}

/** More copies than this are a mistake: a few lines of nested `extends` can ask for billions. */
const MOST_COPIES = 50_000;
/** Containers in containers, by copies of copies. */
const DEEPEST = 100;

/** Builds the tree from the statements of all files, the root file first. */
export function instantiate(context: Context, statements: readonly ast.Statement[]): Instances {
  const builder = new Builder(context);
  const roots = new Map<string, Instance>();
  const all: Instance[] = [];
  const templates: Instance[] = [];
  for (const declaration of uniqueDeclarations(context, statements)) {
    const instance = builder.build(declaration, undefined, false, 1);
    if (!declaration.template) roots.set(declaration.name, instance);
    collect(instance, declaration.template ? templates : all);
  }
  return { all, templates, roots, byLayer: builder.byLayer };
}

/** An instance and everything in it, parents first. */
export function descendants(instance: Instance): readonly Instance[] {
  const found: Instance[] = [];
  collect(instance, found);
  return found;
}

function collect(instance: Instance, found: Instance[]): void {
  found.push(instance);
  for (const child of instance.children.values()) collect(child, found);
}

/** Declarations among statements, each name once; further ones of the same name are reported. */
function uniqueDeclarations(context: Context, statements: readonly ast.Statement[]): readonly ast.Declaration[] {
  const byName = new Map<string, ast.Declaration>();
  for (const statement of statements) {
    if (statement.$type !== ast.Declaration.$type || !statement.name) continue;
    const first = byName.get(statement.name);
    if (first) reportDuplicate(context, statement, first);
    else byName.set(statement.name, statement);
  }
  return [...byName.values()];
}

/** Reports the second of two elements with the same name. */
export function reportDuplicate(context: Context, second: ast.Named | ast.View, first: ast.Named | ast.View): void {
  context.report(
    'duplicate-name',
    `There is already something named '${first.name}' here.`,
    context.spanOf(second, 'name'),
    {
      related: [{ message: `The first '${first.name}' is here.`, span: context.spanOf(first, 'name') }],
    },
  );
}

/** The children of what cannot have any. */
const NOBODY: ReadonlyMap<string, Instance> = new Map();

class Builder {
  readonly byLayer = new Map<ast.Declaration, Instance[]>();
  private readonly context: Context;
  private count = 0;

  constructor(context: Context) {
    this.context = context;
  }

  build(node: ast.Declaration, parent: Instance | undefined, inherited: boolean, depth: number): Instance {
    const layers = this.context.names.layersOf(node);
    const kind = kindOfDeclaration(node);
    const children = kind && !isContainer(kind) ? undefined : new Map<string, Instance>();
    const instance: Instance = {
      name: node.name,
      path: parent ? `${parent.path}.${node.name}` : node.name,
      kind,
      ...(parent ? { parent } : {}),
      layers,
      node,
      inherited,
      children: children ?? NOBODY,
    };
    this.count++;
    for (const layer of layers) this.remember(layer, instance);
    if (children) this.addChildren(instance, children, depth);
    return instance;
  }

  private addChildren(instance: Instance, children: Map<string, Instance>, depth: number): void {
    for (const child of this.declarationsIn(instance.layers)) {
      if (child.template) continue;
      if (this.isEndless(instance, child, depth)) continue;
      const inherited = instance.inherited || child.$container !== instance.node;
      children.set(child.name, this.build(child, instance, inherited, depth + 1));
    }
  }

  /** Of several layers the last declaration of each name, where the first one stands. */
  private declarationsIn(layers: Instance['layers']): Iterable<ast.Declaration> {
    const found = layers.map((layer) => uniqueDeclarations(this.context, withMisplaced(layer.statements)));
    if (found.length === 1) return found[0]!;
    const declarations = new Map<string, ast.Declaration>();
    for (const child of found.flat()) if (!child.template) declarations.set(child.name, child);
    return declarations.values();
  }

  /** True, after reporting it, if a child would contain itself or the copies become too many. */
  private isEndless(instance: Instance, child: ast.Declaration, depth: number): boolean {
    const layers = this.context.names.layersOf(child);
    for (let outer: Instance | undefined = instance; outer; outer = outer.parent) {
      // Without `extends` a declaration is inside of others only.
      if (layers.length === 1 && outer.layers.length === 1) continue;
      const repeated = outer.layers.find((layer) => layers.includes(layer));
      if (!repeated) continue;
      this.context.report(
        'extends-cycle',
        `'${child.name}' would contain a copy of itself, because it extends '${repeated.name}'.`,
        child.base ? this.context.span(child.base) : this.context.spanOf(child, 'name'),
        { related: [{ message: `'${repeated.name}' is declared here.`, span: this.context.spanOf(repeated, 'name') }] },
      );
      return true;
    }
    const isDeep = depth > DEEPEST;
    if (this.count < MOST_COPIES && !isDeep) return false;
    const what = isDeep ? `nested more than ${DEEPEST} deep` : `more than ${MOST_COPIES.toLocaleString('en-US')}`;
    const message = `The copies made by 'extends' are ${what}; '${child.name}' is left out.`;
    this.context.report('too-many-copies', message, this.context.spanOf(child, 'name'));
    return true;
  }

  private remember(layer: ast.Declaration, instance: Instance): void {
    const list = this.byLayer.get(layer);
    if (list) list.push(instance);
    else this.byLayer.set(layer, [instance]);
  }
}

/** Reports declarations that extend themselves, once for each cycle, and those that extend another kind. */
export function checkBases(context: Context, declarations: Iterable<ast.Declaration>): void {
  const reported = new Set<ast.Declaration>();
  for (const declaration of declarations) {
    if (!declaration.base) continue;
    const cycle = cycleFrom(declaration);
    if (cycle && !cycle.some((node) => reported.has(node))) {
      for (const node of cycle) reported.add(node);
      reportCycle(context, cycle);
    }
    if (isTooLong(context, declaration)) {
      const message = `'${declaration.name}' extends a chain of more than ${LONGEST_CHAIN} others; the rest is left out.`;
      context.report('too-many-copies', message, context.span(declaration.base));
    }
    const base = referentOf(declaration.base);
    if (ast.isDeclaration(base) && !cycle && kindOfDeclaration(base) !== kindOfDeclaration(declaration)) {
      context.report(
        'extends-other-kind',
        `'${declaration.name}' is a ${declaration.kind}, so it cannot extend '${base.name}', which is a ${base.kind}.`,
        context.span(declaration.base),
        { related: [{ message: `'${base.name}' is declared here.`, span: context.spanOf(base, 'name') }] },
      );
    }
  }
}

/** The declarations on a cycle of `extends` through this one, itself first. */
function cycleFrom(declaration: ast.Declaration): readonly ast.Declaration[] | undefined {
  const seen = new Set<ast.Declaration>();
  let node: ast.Declaration | undefined = declaration;
  while (node && !seen.has(node) && seen.size <= LONGEST_CHAIN) {
    seen.add(node);
    const base: ast.Named | undefined = node.base && referentOf(node.base);
    node = ast.isDeclaration(base) ? base : undefined;
  }
  return node === declaration ? [...seen] : undefined;
}

/** True if a declaration extends one that extends one, and so on, without end in sight. */
function isTooLong(context: Context, declaration: ast.Declaration): boolean {
  return context.names.layersOf(declaration).length > LONGEST_CHAIN;
}

function reportCycle(context: Context, cycle: readonly ast.Declaration[]): void {
  const [first, ...others] = cycle;
  const path = [...cycle, first!].map(({ name }) => `'${name}'`).join(' → ');
  context.report('extends-cycle', `'${first!.name}' extends itself: ${path}.`, context.span(first!.base!), {
    related: others.map((node) => ({
      message: `'${node.name}' is part of the cycle.`,
      span: context.span(node.base!),
    })),
  });
}
