/** Behind each component how busy it is at peak, how much arrives, and its p99; behind each expression its value. */
import { type AstNode, AstUtils, type LangiumDocument } from 'langium';
import type { InlayHintProvider } from 'langium/lsp';
import type { InlayHint, InlayHintParams, Range } from 'vscode-languageserver';
import { type Dimension, formatQuantity, type Quantity } from '../../model/index.ts';
import * as ast from '../generated/ast.ts';
import { specOf } from '../tables.ts';
import { isComputed, quantityOf } from './expression-values.ts';
import { hintText, resultTable } from './figures.ts';
import type { Insight } from './insight.ts';
import type { LoadpathServices } from './services.ts';

export class LoadpathInlayHintProvider implements InlayHintProvider {
  private readonly services: LoadpathServices;

  constructor(services: LoadpathServices) {
    this.services = services;
  }

  getInlayHints(document: LangiumDocument, { range }: InlayHintParams): InlayHint[] {
    const insight = this.services.lsp.Insights.around(document);
    const nodes = nodesWithin(document, range);
    const hints = [...componentHints(document, insight, nodes), ...expressionHints(insight, nodes)];
    return hints.filter(({ position }) => isWithin(range, position.line));
  }
}

/** An editor asks for the lines that it shows: nothing is computed for others. */
function nodesWithin(document: LangiumDocument, { start, end }: Range): readonly AstNode[] {
  const [from, to] = [
    document.textDocument.offsetAt(start),
    document.textDocument.offsetAt({ line: end.line + 1, character: 0 }),
  ];
  const found: AstNode[] = [];
  const visit = (node: AstNode): void => {
    for (const child of AstUtils.streamContents(node)) {
      const { $cstNode: cst } = child;
      if (cst && (cst.end < from || cst.offset > to)) continue;
      found.push(child);
      visit(child);
    }
  };
  visit(document.parseResult.value);
  return found;
}

function componentHints(
  document: LangiumDocument,
  { compilation, results }: Insight,
  nodes: readonly AstNode[],
): readonly InlayHint[] {
  const hints: InlayHint[] = [];
  for (const node of nodes) {
    // A template has no load of its own; of several copies the declared one is shown.
    if (!ast.isDeclaration(node) || isInTemplate(node)) continue;
    const path = compilation.paths.get(node)?.[0];
    const result = path === undefined ? undefined : results.get(path);
    const text = result && hintText(result);
    const cst = node.$cstNode;
    if (!result || !text || !cst) continue;
    hints.push({
      position: endOfHead(document, node, cst.range),
      label: text,
      paddingLeft: true,
      tooltip: { kind: 'markdown', value: resultTable(result) },
    });
  }
  return hints;
}

function isInTemplate(node: AstNode): boolean {
  return (
    AstUtils.getContainerOfType(node, (each): each is ast.Declaration => ast.isDeclaration(each) && each.template) !==
    undefined
  );
}

/** Behind the brace that opens the body, or behind a whole declaration on one line: where the eye ends anyway. */
function endOfHead(document: LangiumDocument, node: ast.Declaration, range: Range): Range['end'] {
  if (range.start.line === range.end.line) return range.end;
  const text = document.textDocument.getText();
  const from = node.$cstNode!.offset;
  const brace = text.indexOf('{', from);
  return brace < 0 ? range.end : document.textDocument.positionAt(brace + 1);
}

/** `= 2.5M` behind `people / 2`; a literal says its value itself. */
function expressionHints({ architecture }: Insight, nodes: readonly AstNode[]): readonly InlayHint[] {
  return nodes.flatMap((node): InlayHint[] => {
    if (!isComputed(node) || isComputed(node.$container)) return [];
    const quantity = quantityOf(node, architecture.params);
    const end = node.$cstNode?.range.end;
    if (!quantity || !end) return [];
    const text = formatQuantity(quantity.amount, dimensionOf(node, quantity));
    return [{ position: end, label: `= ${text}`, paddingLeft: true }];
  });
}

/** A plain number may stand for a ratio, and then it is shown as one. */
function dimensionOf({ $container }: AstNode, { dimension }: Quantity): Dimension {
  const type = ast.isProperty($container) ? specOf($container)?.type : undefined;
  return dimension === 'count' && type?.type === 'quantity' && type.dimension === 'ratio' ? 'ratio' : dimension;
}

function isWithin({ start, end }: Range, line: number): boolean {
  return start.line <= line && line <= end.line;
}
