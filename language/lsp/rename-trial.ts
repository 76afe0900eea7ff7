/** What a rename would change besides the name, found by making it in copies of the texts and comparing what every name means. */
import { type AstNode, AstUtils, type LangiumDocument } from 'langium';
import type { Finding } from '../../model/index.ts';
import { compile } from '../compile.ts';
import { type EditedCopies, editedCopies } from '../edited-copies.ts';
import type { TextEdit } from '../edits/index.ts';
import * as ast from '../generated/ast.ts';
import { refOf } from '../names.ts';
import type { NameServices } from '../scoping.ts';
import { segmentsOf } from '../segments.ts';
import type { LoadpathServices } from './services.ts';

/** A rename that is to be tried. */
export interface Trial {
  readonly from: string;
  readonly to: string;
  readonly edits: readonly TextEdit[];
  /** Every file that the name may be seen from, with all that these import. */
  readonly documents: readonly LangiumDocument[];
  /** Those of them that are architectures of their own. */
  readonly roots: readonly LangiumDocument[];
}

/** Why the rename must not be made, in a sentence that names the place; undefined where it changes nothing but the name. */
export async function objectionTo(services: LoadpathServices, trial: Trial): Promise<string | undefined> {
  const copies = await editedCopies(trial.documents, trial.edits);
  const before = new Things(services, trial.documents);
  const after = new Things(copies.arch, copies.documents);
  return (
    changedMeaning(trial, before, after) ?? changedCopy(trial, before, after) ?? newProblem(services, trial, copies)
  );
}

/** Everything that has a name, and every use of a name, in the order of the text: a rename keeps that order. */
class Things {
  readonly names: NameServices['references']['Names'];
  readonly named: readonly ast.Named[];
  readonly segments: readonly ast.Segment[];
  private readonly numbers: ReadonlyMap<ast.Named, number>;

  constructor(services: NameServices, documents: readonly LangiumDocument[]) {
    this.names = services.references.Names;
    this.named = documents.flatMap((document) =>
      AstUtils.streamAst(document.parseResult.value).filter(ast.isNamed).toArray(),
    );
    this.segments = documents.flatMap(segmentsOf);
    this.numbers = new Map(this.named.map((node, i) => [node, i]));
  }

  /** The number of what a use means; undefined where it means nothing. */
  meaning(segment: ast.Segment): number | undefined {
    const target = refOf(segment);
    return target && this.numbers.get(target);
  }

  /** The numbers of the declarations that a declaration is made of. */
  layers(node: ast.Named): string {
    if (!ast.isDeclaration(node)) return '';
    return this.names
      .layersOf(node)
      .map((layer) => this.numbers.get(layer))
      .join();
  }
}

function changedMeaning({ from, to }: Trial, before: Things, after: Things): string | undefined {
  if (before.named.length !== after.named.length || before.segments.length !== after.segments.length)
    return `'${to}' would not be read as a name everywhere where '${from}' stands.`;
  const changed = before.segments.findIndex(
    (segment, i) => before.meaning(segment) !== after.meaning(after.segments[i]!),
  );
  if (changed < 0) return undefined;
  const use = before.segments[changed]!;
  const [old, next] = [before.meaning(use), after.meaning(after.segments[changed]!)];
  const is = old === undefined ? 'it is no reference now' : `it means the one ${place(before.named[old]!)} now`;
  const becomes =
    next === undefined ? 'it would not be clear what it means' : `it would mean the one ${place(before.named[next]!)}`;
  const name = after.segments[changed]!.target.$refText;
  return `Renaming '${from}' to '${to}' would change what '${name}' means ${place(use)}: ${is}, and then ${becomes}.`;
}

/** In a copy, a declaration with the name of one that is copied changes that one. */
function changedCopy({ from, to }: Trial, before: Things, after: Things): string | undefined {
  const changed = before.named.findIndex((node, i) => before.layers(node) !== after.layers(after.named[i]!));
  if (changed < 0) return undefined;
  const layers = (things: Things) => things.layers(things.named[changed]!).split(',');
  const [old, next] = [layers(before), layers(after)];
  const number = next.find((layer) => !old.includes(layer)) ?? old.find((layer) => !next.includes(layer));
  const other = number === undefined ? undefined : before.named[Number(number)];
  const where = other ? ` the one ${place(other)}` : ' another one';
  const node = after.named[changed]!;
  return `Renaming '${from}' to '${to}' would make '${node.name}' ${place(before.named[changed]!)} ${
    next.length > old.length ? `a change of${where}` : `no longer a change of${where}`
  }.`;
}

function newProblem(services: LoadpathServices, { from, to, roots, documents }: Trial, copies: EditedCopies) {
  for (const root of roots) {
    const copy = copies.documents[documents.indexOf(root)];
    if (!copy) continue;
    const known = Map.groupBy(compile(services, root).findings, ({ rule }) => rule);
    const found = Map.groupBy(compile(copies.arch, copy).findings, ({ rule }) => rule);
    for (const [rule, findings] of found) {
      const old = known.get(rule) ?? [];
      if (findings.length <= old.length) continue;
      const fresh = findings.find((finding) => !old.some((other) => isSamePlace(finding, other))) ?? findings[0]!;
      return `Renaming '${from}' to '${to}' would be a mistake ${placeText(fresh.span.file, fresh.span.start.line)}: ${fresh.message}`;
    }
  }
  return undefined;
}

function isSamePlace(one: Finding, other: Finding): boolean {
  return one.span.file === other.span.file && one.span.start.line === other.span.start.line;
}

/** `on line 12 of 'main.arch'`. */
function place(node: AstNode): string {
  return placeText(AstUtils.getDocument(node).uri.toString(), node.$cstNode?.range.start.line ?? 0);
}

function placeText(file: string, line: number): string {
  return `on line ${line + 1} of '${file.slice(file.lastIndexOf('/') + 1)}'`;
}
