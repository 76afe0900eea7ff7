/** Quick fixes: what the rules propose, as changes of the text, each with its effect; ignoring a finding with a reason; and all preferred fixes at once. */
import { AstUtils, CstUtils, type LangiumDocument, URI } from 'langium';
import type { CodeActionProvider } from 'langium/lsp';
import type { CodeAction, CodeActionParams, WorkspaceEdit } from 'vscode-languageserver';
import type { Finding, Fix } from '../../model/index.ts';
import { agreedFixes } from '../agreed-fixes.ts';
import type { TextEdit } from '../edits/index.ts';
import { effectOfTextEdits, effectText } from '../effects.ts';
import * as ast from '../generated/ast.ts';
import type { SharedFinding } from '../roots.ts';
import { rules } from '../rules/index.ts';
import { toDiagnostic } from '../validation.ts';
import { type FileRoot, findingsIn, rootsOf } from './file-findings.ts';
import { organizeImports, organizeImportsKind } from './organize-imports.ts';
import { overlaps, toRange } from './ranges.ts';
import type { LoadpathServices } from './services.ts';

/** The kind of the action that takes all preferred fixes. */
export const fixAllKind = 'source.fixAll.loadpath';

/** Rules can be silenced; what is wrong with the text itself cannot. */
const silenceable: ReadonlySet<string> = new Set(rules.map(({ meta }) => meta.id));

export class LoadpathCodeActionProvider implements CodeActionProvider {
  private readonly services: LoadpathServices;

  constructor(services: LoadpathServices) {
    this.services = services;
  }

  async getCodeActions(document: LangiumDocument, { range, context }: CodeActionParams): Promise<CodeAction[]> {
    const file = document.uri.toString();
    const own = findingsIn(this.services, document);
    const wants = (kind: string) => context.only?.some((only) => kind === only || kind.startsWith(`${only}.`)) ?? false;
    const actions: CodeAction[] = [];
    if (!context.only || wants('quickfix')) {
      const here = own.filter(({ finding }) => overlaps(toRange(finding.span), range));
      actions.push(...(await fixesOf(here, rootsOf(this.services, document))));
      const { customRules } = this.services.lsp.Configurations.of(file).settings;
      const custom = new Set(customRules.map(({ meta }) => meta.id));
      for (const { finding } of here)
        if (silenceable.has(finding.rule) || custom.has(finding.rule)) actions.push(ignoring(finding, document));
    }
    if (wants(fixAllKind)) actions.push(...fixAll(this.services, document));
    if (wants(organizeImportsKind)) {
      actions.push(...organizeImports(this.services.shared.workspace.LangiumDocuments, document));
    }
    return actions;
  }
}

/** Of more fixes at one place, and in larger architectures, the effects are not computed: the menu must open at once. */
const MOST_EFFECTS = 6;
const MOST_COMPONENTS = 250;

type FileFinding = SharedFinding<FileRoot>;

async function fixesOf(findings: readonly FileFinding[], roots: readonly FileRoot[]): Promise<readonly CodeAction[]> {
  const actions: CodeAction[] = [];
  // Architectures that share a file may have the same problem with other figures.
  const problems = Map.groupBy(findings, ({ finding: { rule, span } }) => `${rule} ${span.start.offset}`);
  for (const same of problems.values()) {
    const by = same.flatMap((each) => each.by);
    for (const { fix, edits, proposedBy } of variantsOf(by)) {
      const effect = actions.length < MOST_EFFECTS ? await effectFor(fix, edits, roots) : '';
      const whose = proposedBy.length < by.length ? ` for ${proposedBy.map((name) => `'${name}'`).join(', ')}` : '';
      actions.push({
        title: effect ? `${fix.title}${whose} (${effect})` : `${fix.title}${whose}`,
        kind: 'quickfix',
        diagnostics: same.map(({ finding }) => toDiagnostic(finding)),
        edit: toWorkspaceEdit(edits),
        ...(fix.preferred && whose === '' ? { isPreferred: true } : {}),
      });
    }
  }
  return actions;
}

interface Variant {
  readonly fix: Fix;
  readonly edits: readonly TextEdit[];
  /** The names of the architectures that would change the text like this. */
  readonly proposedBy: readonly string[];
}

/** The fixes of a problem; where architectures propose different changes, each of them. */
function variantsOf(by: FileFinding['by']): readonly Variant[] {
  const all = by.flatMap(({ root, finding: { fixes = [] } }) =>
    fixes.map((fix) => ({ fix, edits: root.textEdits(fix.edits), name: root.name })),
  );
  const changing = all.filter(({ edits }) => edits.length > 0);
  const variants = Map.groupBy(changing, ({ fix, edits }) => JSON.stringify([fix.title, edits]));
  return [...variants.values()].map((same) => ({ ...same[0]!, proposedBy: same.map(({ name }) => name) }));
}

/** Fixes live as long as the findings of a build, so what was computed for one of them holds as long as it. */
const effects = new WeakMap<Fix, Promise<string>>();

/** Empty where nothing changes noticeably or nothing is known. Never rejects. */
function effectFor(fix: Fix, edits: readonly TextEdit[], roots: readonly FileRoot[]): Promise<string> {
  let effect = effects.get(fix);
  if (!effect) {
    effect = effectIn(edits, roots);
    effects.set(fix, effect);
  }
  return effect;
}

/** In every architecture that the file is part of: `a.arch: p99 410 → 95 ms; b.arch: cost +$212/month` where it is not the same in all. */
async function effectIn(edits: readonly TextEdit[], roots: readonly FileRoot[]): Promise<string> {
  const texts = await Promise.all(roots.map((root) => effectInOne(edits, root).catch(() => '')));
  if (new Set(texts).size === 1) return texts[0]!;
  return roots.flatMap(({ name }, i) => (texts[i] ? [`${name}: ${texts[i]}`] : [])).join('; ');
}

async function effectInOne(edits: readonly TextEdit[], { insight }: FileRoot): Promise<string> {
  const { compilation, architecture, analysis } = insight;
  if (!analysis || architecture.components.length > MOST_COMPONENTS) return '';
  const effect = await effectOfTextEdits(compilation, analysis, edits);
  return effect ? effectText(effect) : '';
}

/** Edits of texts as the protocol has them, by file. */
export function toWorkspaceEdit(edits: readonly TextEdit[]): WorkspaceEdit {
  const byFile = Map.groupBy(edits, ({ file }) => file);
  const changes = [...byFile].map(([file, inFile]) => [
    file,
    inFile.map(({ range, newText }) => ({ range: toRange({ file, ...range }), newText })),
  ]);
  return { changes: Object.fromEntries(changes) };
}

/** The first preferred fix of each finding, as far as all architectures with the files would change the same. */
function fixAll(services: LoadpathServices, document: LangiumDocument): readonly CodeAction[] {
  const file = document.uri.toString();
  const roots = allRoots(services, document);
  const { agreed, disputed } = agreedFixes(roots, ({ span }) => span.file === file);
  const edits = [...Map.groupBy(agreed, ({ root }) => root)].flatMap(([root, own]) =>
    // Together, because several edits of one place are made as one.
    root.textEdits(own.flatMap(({ fix }) => fix.edits)),
  );
  if (edits.length === 0) return [];
  const title =
    disputed.length === 0
      ? 'Apply all preferred fixes'
      : `Apply the preferred fixes that all architectures with this file agree on (${agreed.length} of ${agreed.length + disputed.length})`;
  return [{ title, kind: fixAllKind, edit: toWorkspaceEdit(edits) }];
}

/** Those of the file, and those of all files that they consist of, which a fix may change too. */
function allRoots(services: LoadpathServices, document: LangiumDocument): readonly FileRoot[] {
  const { LangiumDocuments } = services.shared.workspace;
  const own = rootsOf(services, document);
  const members = new Set(own.flatMap(({ files }) => files));
  const found = new Map(own.map((root) => [root.document, root]));
  for (const member of members) {
    const file = LangiumDocuments.getDocument(URI.parse(member));
    if (!file || file === document) continue;
    for (const root of rootsOf(services, file)) if (!found.has(root.document)) found.set(root.document, root);
  }
  return [...found.values()];
}

/** A comment above the statement; the user replaces the word “reason”. */
function ignoring(finding: Finding, document: LangiumDocument): CodeAction {
  const { rule, span } = finding;
  const { textDocument } = document;
  const root = document.parseResult.value.$cstNode;
  const leaf = root && CstUtils.findLeafNodeAtOffset(root, span.start.offset);
  const statement = leaf && AstUtils.getContainerOfType(leaf.astNode, ast.isStatement);
  const line = statement?.$cstNode?.range.start.line ?? span.start.line;
  const start = { line, character: 0 };
  const lineText = textDocument.getText({ start, end: { line: line + 1, character: 0 } });
  const indent = /^[ \t]*/.exec(lineText)?.[0] ?? '';
  const newText = `${indent}// arch-ignore ${rule}: reason\n`;
  return {
    title: `Ignore '${rule}' here, with a reason`,
    kind: 'quickfix',
    diagnostics: [toDiagnostic(finding)],
    edit: { changes: { [document.uri.toString()]: [{ range: { start, end: start }, newText }] } },
  };
}
