/** Above the architecture its headline figures; each can be clicked to see what they are about. */
import type { LangiumDocument } from 'langium';
import type { CodeLensProvider } from 'langium/lsp';
import type { CodeLens, Range } from 'vscode-languageserver';
import { formatPercent, formatQuantity } from '../../model/index.ts';
import * as ast from '../generated/ast.ts';
import { capacityText, limitText } from './figures.ts';
import type { Insight } from './insight.ts';
import type { LoadpathServices } from './services.ts';

export class LoadpathCodeLensProvider implements CodeLensProvider {
  private readonly services: LoadpathServices;

  constructor(services: LoadpathServices) {
    this.services = services;
  }

  provideCodeLens(document: LangiumDocument): CodeLens[] {
    const range = placeOf(document);
    if (!range) return [];
    return titles(this.services.lsp.Insights.of(document)).map((title) => ({ range, command: { title, command: '' } }));
  }
}

/** The title of the architecture; without one the first statement. Nothing where nobody uses the architecture. */
function placeOf(document: LangiumDocument): Range | undefined {
  const model = document.parseResult.value;
  if (!ast.isModel(model)) return undefined;
  const place = model.statements.find(ast.isTitle) ?? model.statements[0];
  return place?.$cstNode?.range;
}

function titles({ analysis }: Insight): readonly string[] {
  if (!analysis || !(analysis.solution.rate > 0)) return [];
  const { availability, cost } = analysis;
  const limit = limitText(analysis);
  const unknown = cost.unknown.length;
  return [
    Number.isFinite(analysis.capacity.scale) ? `carries ${capacityText(analysis)}` : 'nothing known limits it',
    ...(limit ? [`first limit: ${limit}`] : []),
    ...(Number.isFinite(availability.value) ? [`available ${formatPercent(availability.value)}`] : []),
    ...(cost.perHour > 0
      ? [`${formatQuantity(cost.perHour, 'moneyRate')}${unknown > 0 ? ` and ${unknown} unpriced` : ''}`]
      : []),
  ];
}
