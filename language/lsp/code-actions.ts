/** Quick fixes: what the rules propose, as changes of the text, each with its effect; ignoring a finding with a reason; and all preferred fixes at once. */
import { AstUtils, CstUtils, type LangiumDocument } from 'langium';
import type { CodeActionProvider } from 'langium/lsp';
import type { CodeAction, CodeActionParams, WorkspaceEdit } from 'vscode-languageserver';
import type { Edit, Finding, Fix } from '../../model/index.ts';
import { type TextEdit, toTextEdits } from '../edits/index.ts';
import { effectOf, effectText } from '../effects.ts';
import * as ast from '../generated/ast.ts';
import { rules } from '../rules/index.ts';
import { toDiagnostic } from '../validation.ts';
import { type FileFinding, findingsIn } from './file-findings.ts';
import type { Insight } from './insight.ts';
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
      actions.push(...(await fixesOf(here)));
      const { customRules } = this.services.lsp.Configurations.of(file).settings;
      const custom = new Set(customRules.map(({ meta }) => meta.id));
      for (const { finding } of here)
        if (silenceable.has(finding.rule) || custom.has(finding.rule)) actions.push(ignoring(finding, document));
    }
    if (wants(fixAllKind)) actions.push(...fixAll(own));
    if (wants(organizeImportsKind)) {
      actions.push(...organizeImports(this.services.shared.workspace.LangiumDocuments, document));
    }
    return actions;
  }
}

/** Of more fixes at one place, and in larger architectures, the effects are not computed: the menu must open at once. */
const MOST_EFFECTS = 6;
const MOST_COMPONENTS = 250;

async function fixesOf(findings: readonly FileFinding[]): Promise<readonly CodeAction[]> {
  const actions: CodeAction[] = [];
  for (const { finding, insight } of findings) {
    for (const fix of finding.fixes ?? []) {
      const edit = editOf(fix.edits, insight);
      if (!edit) continue;
      const effect = actions.length < MOST_EFFECTS ? await effectFor(fix, insight) : '';
      actions.push({
        title: effect ? `${fix.title} (${effect})` : fix.title,
        kind: 'quickfix',
        diagnostics: [toDiagnostic(finding)],
        edit,
        ...(fix.preferred ? { isPreferred: true } : {}),
      });
    }
  }
  return actions;
}

/** Fixes live as long as the findings of a build, so what was computed for one of them holds as long as it. */
const effects = new WeakMap<Fix, Promise<string>>();

/** Empty where nothing changes noticeably or nothing is known. Never rejects. */
function effectFor(fix: Fix, insight: Insight): Promise<string> {
  let effect = effects.get(fix);
  if (!effect) {
    effect = computeEffect(fix, insight).catch(() => '');
    effects.set(fix, effect);
  }
  return effect;
}

async function computeEffect({ edits }: Fix, { compilation, architecture, analysis }: Insight): Promise<string> {
  if (!analysis || architecture.components.length > MOST_COMPONENTS) return '';
  const effect = await effectOf(compilation, analysis, edits);
  return effect ? effectText(effect) : '';
}

/** Undefined where nothing is left to change. */
function editOf(edits: readonly Edit[], { compilation }: Insight): WorkspaceEdit | undefined {
  const changes = toTextEdits(compilation, edits);
  return changes.length > 0 ? toWorkspaceEdit(changes) : undefined;
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

/** The first preferred fix of each finding; those of the first architecture where the file is part of several. */
function fixAll(findings: readonly FileFinding[]): readonly CodeAction[] {
  const insight = findings[0]?.insight;
  if (!insight) return [];
  const preferred = findings.flatMap(({ finding: { fixes = [] }, insight: own }): readonly Fix[] =>
    own === insight ? fixes.filter((fix) => fix.preferred).slice(0, 1) : [],
  );
  const edit = editOf(
    preferred.flatMap(({ edits }) => edits),
    insight,
  );
  return edit ? [{ title: 'Apply all preferred fixes', kind: fixAllKind, edit }] : [];
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
