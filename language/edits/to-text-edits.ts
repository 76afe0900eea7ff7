/** Turns changes of the model into changes of the text that keep the user's formatting. */
import type { AstNode } from 'langium';
import { type Connection, type Edit, indexByPath, type Path, propertySpec } from '../../model/index.ts';
import { documentOf } from '../around.ts';
import type { Compilation } from '../compile.ts';
import * as ast from '../generated/ast.ts';
import { type Additions, addProperty, noAdditions } from './additions.ts';
import { type Host, lineBreakOf, writeAdditions } from './bodies.ts';
import { connectionText, hasFlow, removeConnection } from './connections.ts';
import { moveOf, withProperty } from './moves.ts';
import { commonContainer, nameFrom, valueFrom } from './name-from.ts';
import { removeStatement, removeText } from './removals.ts';
import { type TextEdit, textEdit } from './text-edit.ts';

/**
 * The edits of the texts that make the model edits true, sorted and without overlaps. What is true already, or is about something
 * that does not exist, takes no edit: so applying a fix twice changes nothing the second time. Never throws.
 */
export function toTextEdits(compilation: Compilation, edits: readonly Edit[]): readonly TextEdit[] {
  const draft = new Draft(compilation);
  for (const edit of edits) draft.apply(edit);
  return draft.finish();
}

/** The edits so far; additions to one body are collected, so that they are written together. */
class Draft {
  private readonly compilation: Compilation;
  private readonly replacements: TextEdit[] = [];
  private readonly additions = new Map<Host, Additions>();
  /** Bodies of components that do not exist in the text yet. */
  private readonly added = new Map<Path, Additions>();
  /** Components that have moved, by their new paths, and where they are written now. */
  private readonly moving = new Map<Path, { readonly target: Additions; readonly name: string }>();
  /** Removals that something else takes the place of. */
  private readonly filled = new Set<TextEdit>();
  /** Ids of connections that are removed. */
  private readonly gone = new Set<string>();
  /** Components that go with everything that is left in them. */
  private readonly emptied: Path[] = [];

  constructor(compilation: Compilation) {
    this.compilation = compilation;
  }

  apply(edit: Edit): void {
    switch (edit.type) {
      case 'setProperty':
        this.setProperty(edit);
        return;
      case 'removeProperty':
        this.removeProperty(edit);
        return;
      case 'setConnectionProperty':
        this.setConnectionProperty(edit);
        return;
      case 'addComponent':
        this.addComponent(edit);
        return;
      case 'moveComponent':
        this.moveComponent(edit);
        return;
      case 'removeComponent':
        this.emptied.push(edit.component);
        return;
      case 'addConnection':
        this.addConnection(edit);
        return;
      case 'removeConnection':
        this.removeConnection(edit.connection);
        return;
      case 'reconnect':
        this.reconnect(edit);
        return;
      case 'replaceText':
        this.replaceText(edit);
    }
  }

  finish(): readonly TextEdit[] {
    const touched = (file: string) => (start: number, end: number) =>
      this.replacements.some((it) => it.file === file && it.range.start.offset < end && it.range.end.offset > start);
    // Where two are written at one place, the body of the inner declaration comes before what follows the declaration.
    const inward = [...this.additions].toSorted(([one], [other]) => depthOf(other) - depthOf(one));
    const written = inward.flatMap(([host, additions]) =>
      writeAdditions(host, additions, touched(documentOf(host).uri.toString())),
    );
    for (const edit of written) this.replace(edit);
    for (const path of this.emptied) this.removeEmptied(path);
    return this.replacements.toSorted(
      (a, b) => (a.file < b.file ? -1 : a.file > b.file ? 1 : 0) || a.range.start.offset - b.range.start.offset,
    );
  }

  /**
   * Removes a declaration whose parts have moved away, together with the edits that took them out of it. What is to be written right behind
   * it takes its place.
   */
  private removeEmptied(path: Path): void {
    const node = this.compilation.nodes.get(path);
    const removal = node && removeStatement(node);
    const end = node?.$cstNode?.end;
    if (!removal || end === undefined) return;
    const isWithin = ({ file, range }: TextEdit) =>
      file === removal.file &&
      range.start.offset >= removal.range.start.offset &&
      range.end.offset <= removal.range.end.offset;
    const behind = this.replacements.filter((edit) => isWithin(edit) && edit.range.start.offset >= end);
    const kept = this.replacements.filter((edit) => !isWithin(edit));
    this.replacements.splice(0, this.replacements.length, ...kept, removal);
    for (const edit of behind) this.replace(edit);
  }

  /**
   * Of edits that overlap the first counts: the findings behind the others are there again afterwards. What is to be written where
   * something is removed takes its place.
   */
  private replace(edit: TextEdit): void {
    const { start, end } = edit.range;
    if (start.offset === end.offset && this.inPlaceOfRemoval(edit)) return;
    const overlaps = this.replacements.some(
      ({ file, range }) => file === edit.file && range.start.offset < end.offset && start.offset < range.end.offset,
    );
    if (!overlaps) this.replacements.push(edit);
  }

  private inPlaceOfRemoval({ file, range, newText }: TextEdit): boolean {
    const { offset } = range.start;
    const index = this.replacements.findIndex(
      (it) =>
        it.file === file &&
        it.range.start.offset < offset &&
        offset < it.range.end.offset &&
        (it.newText === '' || this.filled.has(it)),
    );
    const removal = this.replacements[index];
    const document = this.compilation.documents.find(({ uri }) => uri.toString() === file);
    if (!removal || !document) return false;
    const isWholeLine = document.textDocument.getText()[removal.range.end.offset - 1] === '\n';
    const text = isWholeLine ? `${newText.replace(/^[\r\n]+/, '')}${lineBreakOf(newText)}` : newText;
    const filled = { ...removal, newText: removal.newText + text };
    this.replacements[index] = filled;
    this.filled.add(filled);
    return true;
  }

  private setProperty({ component, name, value, request }: Extract<Edit, { type: 'setProperty' }>): void {
    const { architecture } = this.compilation;
    const kind = indexByPath(architecture).get(component)?.kind;
    const written = valueFrom(architecture, value, kind && propertySpec(kind, name), component);
    if (request !== undefined) {
      this.setOverride(request, component, name, written);
      return;
    }
    const move = this.moving.get(component);
    if (move) {
      const { lines = [], ...rest } = move.target.declarations.get(move.name)!;
      move.target.declarations.set(move.name, { ...rest, lines: withProperty(lines, name, written) });
      return;
    }
    const fresh = this.added.get(component);
    if (fresh) {
      addProperty(fresh, name, written);
      return;
    }
    const own = this.ownText(component);
    if (!own) return;
    const { host, rest } = own;
    if (rest.length === 0) this.setIn(host, name, written);
    else addProperty(this.copyBody(host, component, rest), name, written);
  }

  private setOverride(request: string, component: Path, name: string, value: string): void {
    const host = this.requestNamed(request);
    if (!host) return;
    const head = nameFrom(this.compilation.architecture, component, undefined);
    const { declarations } = this.additionsTo(host);
    const known = declarations.get(component) ?? { head, body: noAdditions() };
    declarations.set(component, known);
    addProperty(known.body, name, value);
  }

  private requestNamed(name: string): ast.RequestClass | undefined {
    return this.compilation.documents
      .flatMap(({ parseResult }) => (ast.isModel(parseResult.value) ? parseResult.value.statements : []))
      .find((it): it is ast.RequestClass => ast.isRequestClass(it) && it.name === name);
  }

  /** Sets a property in a body that is written out. */
  private setIn(host: Host, name: string, value: string): void {
    const [first = '', ...inner] = name.split('.');
    const present = host.statements.findLast((it) => (ast.isProperty(it) || ast.isBlock(it)) && it.name === first);
    if (inner.length > 0 && ast.isBlock(present)) {
      this.setIn(present, inner.join('.'), value);
    } else if (ast.isProperty(present) && inner.length === 0) {
      const cst = present.value?.$cstNode;
      if (!cst || cst.text === value) return;
      this.replace(textEdit(documentOf(host), cst.offset, cst.end, value));
    } else {
      addProperty(this.additionsTo(host), name, value);
    }
  }

  private removeProperty({ component, name }: Extract<Edit, { type: 'removeProperty' }>): void {
    const [first = '', inner] = name.split('.');
    for (const layer of [...(this.compilation.layers.get(component) ?? [])].reverse()) {
      let found = layer.statements.find((it) => (ast.isProperty(it) || ast.isBlock(it)) && it.name === first);
      if (inner !== undefined && ast.isBlock(found)) {
        found = found.statements.find((it) => ast.isProperty(it) && it.name === inner);
      }
      const removal = found && removeStatement(found);
      if (!removal) continue;
      this.replace(removal);
      return;
    }
  }

  private setConnectionProperty(edit: Extract<Edit, { type: 'setConnectionProperty' }>): void {
    const node = this.compilation.connections.get(edit.connection)?.node;
    if (node) this.setIn(node, edit.name, edit.value);
  }

  private addComponent(edit: Extract<Edit, { type: 'addComponent' }>): void {
    const { container, kind, name, title, properties, extends: base } = edit;
    const { architecture } = this.compilation;
    const path = container === undefined ? name : `${container}.${name}`;
    if (indexByPath(architecture).has(path) || this.added.has(path)) return;
    const target = this.bodyOf(container);
    if (!target) return;
    const body = noAdditions();
    for (const [property, value] of properties) {
      addProperty(body, property, valueFrom(architecture, value, propertySpec(kind, property), container));
    }
    const named = title === undefined ? `${kind} ${name}` : `${kind} ${name} ${JSON.stringify(title)}`;
    const head = base === undefined ? named : `${named} extends ${nameFrom(architecture, base, container)}`;
    target.declarations.set(name, { head, body });
    this.added.set(path, body);
  }

  private moveComponent({ component, container }: Extract<Edit, { type: 'moveComponent' }>): void {
    const move = moveOf(this.compilation, component, container, container !== undefined && this.added.has(container));
    const target = move && this.bodyOf(container);
    if (!move || !target) return;
    for (const edit of move.edits) this.replace(edit);
    target.declarations.set(move.name, { head: '', body: noAdditions(), lines: move.lines });
    this.moving.set(container === undefined ? move.name : `${container}.${move.name}`, { target, name: move.name });
  }

  private addConnection({ from, to, flow, properties, request }: Extract<Edit, { type: 'addConnection' }>): void {
    const { architecture } = this.compilation;
    const host = request === undefined ? undefined : this.requestNamed(request);
    if (request !== undefined) {
      const line = connectionText(architecture, { from, to, flow, properties }, undefined);
      if (host && !this.additionsTo(host).connections.includes(line)) this.additionsTo(host).connections.push(line);
      return;
    }
    const isThere = (it: Connection) => it.from === from && it.to === to && hasFlow(it, flow) && !this.gone.has(it.id);
    if (architecture.connections.some(isThere)) return;
    let container = commonContainer(from, to);
    // A copy's text stands elsewhere; a connection of the copy alone belongs to what is written out around it.
    while (container !== undefined && indexByPath(architecture).get(container)?.inherited) {
      container = around(container);
    }
    let body = this.bodyOf(container);
    // What has just moved is text; a connection inside of it goes to what it has moved into.
    for (; !body && container !== undefined; body = this.bodyOf(container)) container = around(container);
    if (!body) return;
    const line = connectionText(architecture, { from, to, flow, properties }, container);
    if (!body.connections.includes(line)) body.connections.push(line);
  }

  private removeConnection(id: string): void {
    const syntax = this.compilation.connections.get(id);
    this.gone.add(id);
    if (syntax) for (const it of removeConnection(syntax)) this.replace(it);
  }

  private reconnect({ connection, end, component }: Extract<Edit, { type: 'reconnect' }>): void {
    const syntax = this.compilation.connections.get(connection);
    if (!syntax) return;
    const { node, to } = syntax;
    const isOpposite = to === node.source;
    const other = isOpposite ? node.targets[0] : node.source;
    const cst = (end === 'to' ? to : other)?.$cstNode;
    if (!cst) return;
    const scope = ast.isDeclaration(node.$container) ? this.compilation.paths.get(node.$container)?.[0] : undefined;
    const text = nameFrom(this.compilation.architecture, component, scope);
    if (cst.text !== text) this.replace(textEdit(documentOf(node), cst.offset, cst.end, text));
  }

  private replaceText({ span, text }: Extract<Edit, { type: 'replaceText' }>): void {
    const document = this.compilation.documents.find(({ uri }) => uri.toString() === span.file);
    if (!document || document.textDocument.getText().slice(span.start.offset, span.end.offset) === text) return;
    this.replace(
      text === '' ? removeText(document, span) : textEdit(document, span.start.offset, span.end.offset, text),
    );
  }

  /** What is to be written into a container, of the file's top level when absent. */
  private bodyOf(container: Path | undefined): Additions | undefined {
    if (container === undefined) {
      const root = this.compilation.documents[0]?.parseResult.value;
      return ast.isModel(root) ? this.additionsTo(root) : undefined;
    }
    const fresh = this.added.get(container);
    if (fresh) return fresh;
    const written = this.ownText(container);
    return written && this.copyBody(written.host, container, written.rest);
  }

  /**
   * The innermost declaration around a component (itself included) whose text stands where the component is, and the names that
   * lead from there into the copy.
   */
  private ownText(path: Path): { readonly host: ast.Declaration; readonly rest: readonly string[] } | undefined {
    const components = indexByPath(this.compilation.architecture);
    const rest: string[] = [];
    for (let component = components.get(path); component; component = components.get(component.parent ?? '')) {
      const host = this.compilation.nodes.get(component.path);
      if (!component.inherited && host) return { host, rest };
      rest.unshift(component.name);
    }
    return undefined;
  }

  /** The body of a declaration inside a copy, made in the text of what surrounds the copy. */
  private copyBody(host: ast.Declaration, path: Path, rest: readonly string[]): Additions {
    const components = indexByPath(this.compilation.architecture);
    let body = this.additionsTo(host);
    rest.forEach((name, i) => {
      const depth = rest.length - 1 - i;
      const at = path
        .split('.')
        .slice(0, depth === 0 ? undefined : -depth)
        .join('.');
      let declaration = body.declarations.get(name);
      if (!declaration) {
        declaration = { head: `${components.get(at)?.kind} ${name}`, body: noAdditions() };
        body.declarations.set(name, declaration);
      }
      body = declaration.body;
    });
    return body;
  }

  private additionsTo(host: Host): Additions {
    let additions = this.additions.get(host);
    if (!additions) {
      additions = noAdditions();
      this.additions.set(host, additions);
    }
    return additions;
  }
}

function depthOf(host: Host): number {
  let depth = 0;
  for (let node: AstNode | undefined = host.$container; node; node = node.$container) depth++;
  return depth;
}

/** The container of a container. */
function around(path: Path): Path | undefined {
  return path.includes('.') ? path.slice(0, path.lastIndexOf('.')) : undefined;
}
