/** Moving a declaration into another container, together with its comments and with every name that means it. */
import type { AstNode, LangiumDocument } from 'langium';
import { type Architecture, indexByPath, isInside, type Path } from '../../model/index.ts';
import { documentOf, nodeAround } from '../around.ts';
import type { Compilation } from '../compile.ts';
import * as ast from '../generated/ast.ts';
import { segmentsOf } from '../segments.ts';
import { indentAt } from './bodies.ts';
import { nameFrom } from './name-from.ts';
import { removeStatement } from './removals.ts';
import { applyTextEdits, type TextEdit, textEdit } from './text-edit.ts';

/** What a move takes: the edits where the declaration was and where it is named, and its lines for the new place, not indented. */
export interface Move {
  readonly name: string;
  readonly edits: readonly TextEdit[];
  readonly lines: readonly string[];
}

/**
 * The move of a component into a container (the top level when undefined; `fresh` if the same edits make it). Undefined where it is there already, where its name is
 * taken, or where it or its place is written once but stands for several (`extends`): then no text would say what is meant.
 */
export function moveOf(
  compilation: Compilation,
  path: Path,
  container: Path | undefined,
  fresh = false,
): Move | undefined {
  const { architecture } = compilation;
  const component = indexByPath(architecture).get(path);
  const node = compilation.nodes.get(path);
  if (!component || !node?.$cstNode || component.parent === container) return undefined;
  const newPath = container === undefined ? component.name : `${container}.${component.name}`;
  if (indexByPath(architecture).has(newPath) || (container !== undefined && isInside(container, path)))
    return undefined;
  const around = container === undefined || fresh ? [] : [container];
  if (![path, ...around].every((it) => isWrittenOnce(compilation, it))) return undefined;
  const moved = (it: Path) => (isInside(it, path) ? newPath + it.slice(path.length) : it);
  const document = documentOf(node);
  const renamed = renamings(compilation, path, moved);
  const own = blockAround(document, node);
  const isWithin = ({ file, range }: TextEdit) =>
    file === document.uri.toString() && range.start.offset >= own.start && range.end.offset <= own.end;
  const text = document.textDocument.getText();
  const inner = renamed.filter(isWithin).map((edit) => shifted(edit, own.start));
  const removal = own.isAlone ? withoutDoubleBlank(document, own) : removeStatement(node);
  if (!removal) return undefined;
  return {
    name: component.name,
    edits: [...renamed.filter((edit) => !isWithin(edit)), removal],
    lines: dedented(applyTextEdits(text.slice(own.start, own.end), inner), indentAt(text, node.$cstNode.offset)),
  };
}

function isWrittenOnce({ nodes, paths, layers, architecture }: Compilation, path: Path): boolean {
  const node = nodes.get(path);
  const parts = architecture.components.filter((it) => isInside(it.path, path));
  return (
    node !== undefined &&
    paths.get(node)?.length === 1 &&
    layers.get(path)?.length === 1 &&
    parts.every((it) => !it.inherited)
  );
}

/** New names for what moves, wherever it is named, and for what is named from inside of it. */
function renamings(compilation: Compilation, path: Path, moved: (path: Path) => Path): readonly TextEdit[] {
  const after: Architecture = {
    ...compilation.architecture,
    components: compilation.architecture.components.map((it) => ({ ...it, path: moved(it.path) })),
  };
  return compilation.documents.flatMap((document) =>
    segmentsOf(document).flatMap((segment) => {
      const name = segment.$container;
      const target = segment.target?.ref;
      if (!ast.isQualifiedName(name) || name.segments.at(-1) !== segment || !ast.isDeclaration(target)) return [];
      const [meant, ...others] = compilation.paths.get(target) ?? [];
      const scope = scopeOf(compilation, name);
      const isConcerned =
        meant !== undefined && (isInside(meant, path) || (scope !== undefined && isInside(scope, path)));
      const cst = name.$cstNode;
      if (!isConcerned || others.length > 0 || !cst) return [];
      const text = nameFrom(after, moved(meant), scope === undefined ? undefined : moved(scope));
      return text === cst.text ? [] : [textEdit(document, cst.offset, cst.end, text)];
    }),
  );
}

/** The declaration in which a name is read; that which a declaration extends is read outside of it. */
function scopeOf({ paths }: Compilation, name: ast.QualifiedName): Path | undefined {
  const start: AstNode | undefined = ast.isDeclaration(name.$container) ? name.$container.$container : name.$container;
  const declaration = nodeAround(start, ast.isDeclaration);
  return declaration && paths.get(declaration)?.[0];
}

interface Block {
  readonly start: number;
  readonly end: number;
  /** True if nothing else stands on its lines. */
  readonly isAlone: boolean;
}

/** A declaration with the comments directly above it and behind it, in whole lines if nothing else stands on them. */
function blockAround(document: LangiumDocument, { $cstNode: cst }: ast.Declaration): Block {
  const text = document.textDocument.getText();
  const { offset, end } = cst!;
  const before = text.slice(0, offset);
  const lineStart = before.lastIndexOf('\n') + 1;
  const rest = /^[ \t]*(?:\/\/[^\r\n]*)?(?=\r?\n|$)/.exec(text.slice(end));
  if (before.slice(lineStart).trim() !== '' || !rest) return { start: offset, end, isAlone: false };
  const comments = /(?:(?<=^|\n)[ \t]*(?:\/\/[^\r\n]*|\/\*(?:[^*]|\*(?!\/))*\*\/[ \t]*)\r?\n)*$/.exec(
    before.slice(0, lineStart),
  );
  return { start: lineStart - (comments?.[0].length ?? 0), end: end + rest[0].length, isAlone: true };
}

/** Removes whole lines; of empty lines on both sides one is left, and none at the beginning of a body. */
function withoutDoubleBlank(document: LangiumDocument, { start, end }: Block): TextEdit {
  const text = document.textDocument.getText();
  const after = /^\r?\n/.exec(text.slice(end))?.[0].length ?? 0;
  const blank = /^[ \t]*\r?\n/.exec(text.slice(end + after))?.[0].length ?? 0;
  const isEdge = /(?:^|\{[ \t]*|\n[ \t]*)\r?\n$/.test(text.slice(0, start)) || start === 0;
  return textEdit(document, start, end + after + (isEdge ? blank : 0), '');
}

function shifted(edit: TextEdit, by: number): TextEdit {
  const { start, end } = edit.range;
  return {
    ...edit,
    range: { start: { ...start, offset: start.offset - by }, end: { ...end, offset: end.offset - by } },
  };
}

function dedented(text: string, indent: string): readonly string[] {
  return text.split(/\r?\n/).map((line) => (line.startsWith(indent) ? line.slice(indent.length) : line.trimStart()));
}

/** The lines of a declaration with one more property at the end of its body. */
export function withProperty(lines: readonly string[], name: string, value: string): readonly string[] {
  const last = lines.findLastIndex((line) => /^\}|\}\s*(?:\/\/.*)?$/.test(line));
  const line = lines[last];
  if (line === undefined) {
    const end = lines.length - 1;
    return lines.with(end, `${lines[end]} { ${name}: ${value} }`);
  }
  if (line.startsWith('}')) return lines.toSpliced(last, 0, `  ${name}: ${value}`);
  const brace = line.lastIndexOf('}');
  const before = line.slice(0, brace).trimEnd();
  const comma = before.endsWith('{') ? '' : ',';
  return lines.with(last, `${before}${comma} ${name}: ${value} ${line.slice(brace)}`);
}
