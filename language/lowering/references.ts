/** From the declaration that a name refers to, to the instance that is meant at a place: inside a copy, the copy's own. */
import type { AstNode } from 'langium';
import * as ast from '../generated/ast.ts';
import { referentOf, refOf } from '../names.ts';
import type { Context } from './context.ts';
import type { Instance, Instances } from './instances.ts';
import { reportUnresolved } from './unresolved.ts';

export class References {
  private readonly context: Context;
  private readonly instances: Instances;
  /** Instances inside one, by the declarations in their layers. */
  private readonly inside = new WeakMap<Instance, ReadonlyMap<ast.Declaration, readonly Instance[]>>();

  constructor(context: Context, instances: Instances) {
    this.context = context;
    this.instances = instances;
  }

  /**
   * The instances that a name stands for, seen from an instance (from the top level when absent). Several if the name does not say
   * which of several copies it means; none, after reporting it, if it does not resolve.
   */
  resolve(name: ast.QualifiedName, from: Instance | undefined): readonly Instance[] {
    if (!ast.isDeclaration(referentOf(name))) {
      reportUnresolved(this.context, name);
      return [];
    }
    const nodes = name.segments.map((segment) => refOf(segment) as ast.Declaration);
    let found = this.first(nodes[0]!, name, from);
    for (const node of nodes.slice(1)) found = unique(found.flatMap((instance) => this.within(instance, node)));
    if (found.length === 0) this.reportTemplate(name, nodes.at(-1)!);
    return found;
  }

  /** As `resolve`, but only those that are nearest to the instance: in its own copy where there is one. */
  nearest(name: ast.QualifiedName, from: Instance | undefined): readonly Instance[] {
    return nearestTo(from, this.resolve(name, from));
  }

  private first(node: ast.Declaration, name: AstNode, from: Instance | undefined): readonly Instance[] {
    const encloses = enclosed(name, node);
    for (let outer = from; outer; outer = outer.parent) {
      if (encloses && outer.layers.includes(node)) return [outer];
      const found = this.within(outer, node);
      if (found.length > 0) return found;
    }
    const { byLayer, roots } = this.instances;
    const made = (byLayer.get(node) ?? []).filter((instance) => {
      const root = rootOf(instance);
      return instance.name === node.name && roots.get(root.name) === root;
    });
    return ast.isModel(node.$container) ? made.filter(({ parent }) => !parent) : made;
  }

  /** Children made of a declaration, else whatever is made of it deeper inside. */
  private within(instance: Instance, node: ast.Declaration): readonly Instance[] {
    if (instance.children.size === 0) return [];
    const child = instance.children.get(node.name);
    if (child?.layers.includes(node)) return [child];
    return this.indexOf(instance).get(node) ?? [];
  }

  private indexOf(instance: Instance): ReadonlyMap<ast.Declaration, readonly Instance[]> {
    let index = this.inside.get(instance);
    if (!index) {
      const found = new Map<ast.Declaration, Instance[]>();
      for (const child of instance.children.values()) {
        // What extends a declaration under another name is not a copy that its name could mean.
        for (const layer of child.layers) if (layer.name === child.name) push(found, layer, [child]);
        for (const [node, inner] of this.indexOf(child)) push(found, node, inner);
      }
      index = found;
      this.inside.set(instance, index);
    }
    return index;
  }

  private reportTemplate(name: ast.QualifiedName, node: ast.Declaration): void {
    const template = templateOf(node);
    if (!template) return;
    this.context.report(
      'unresolved-name',
      `'${template.name}' is a template, which is not part of the architecture; refer to something that extends it.`,
      this.context.span(name),
      { related: [{ message: `'${template.name}' is declared here.`, span: this.context.spanOf(template, 'name') }] },
    );
  }
}

/** Of several instances those that share the most containers with the given one. */
export function nearestTo(from: Instance | undefined, candidates: readonly Instance[]): readonly Instance[] {
  if (candidates.length < 2 || !from) return candidates;
  const depths = candidates.map((candidate) => sharedDepth(from, candidate));
  const most = Math.max(...depths);
  return candidates.filter((_, i) => depths[i] === most);
}

function sharedDepth(one: Instance, other: Instance): number {
  const chain = containers(other);
  let shared = 0;
  for (const container of containers(one)) {
    if (chain[shared] !== container) break;
    shared++;
  }
  return shared;
}

/** The instance's containers, outermost first, and itself. */
function containers(instance: Instance): readonly Instance[] {
  const chain: Instance[] = [];
  for (let node: Instance | undefined = instance; node; node = node.parent) chain.unshift(node);
  return chain;
}

function rootOf(instance: Instance): Instance {
  let root = instance;
  while (root.parent) root = root.parent;
  return root;
}

function templateOf(node: ast.Declaration): ast.Declaration | undefined {
  for (let outer: AstNode | undefined = node; outer; outer = outer.$container) {
    if (ast.isDeclaration(outer) && outer.template) return outer;
  }
  return undefined;
}

function enclosed(node: AstNode, by: AstNode): boolean {
  for (let outer: AstNode | undefined = node.$container; outer; outer = outer.$container) if (outer === by) return true;
  return false;
}

function push<K, V>(map: Map<K, V[]>, key: K, values: readonly V[]): void {
  const list = map.get(key);
  if (list) list.push(...values);
  else map.set(key, [...values]);
}

function unique<T>(items: readonly T[]): readonly T[] {
  return [...new Set(items)];
}
