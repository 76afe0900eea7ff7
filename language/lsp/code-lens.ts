/** Above the architecture its headline figures; above each scenario how it goes, and a way to play it. */
import type { LangiumDocument } from 'langium';
import type { CodeLensProvider } from 'langium/lsp';
import type { CodeLens, Range } from 'vscode-languageserver';
import { formatPercent, formatQuantity } from '../../model/index.ts';
import type { Judgement } from '../../simulator/index.ts';
import * as ast from '../generated/ast.ts';
import { capacityText, limitText } from './figures.ts';
import type { Insight } from './insight.ts';
import { toRange } from './ranges.ts';
import type { LoadpathServices } from './services.ts';

export class LoadpathCodeLensProvider implements CodeLensProvider {
  private readonly services: LoadpathServices;

  constructor(services: LoadpathServices) {
    this.services = services;
  }

  provideCodeLens(document: LangiumDocument): CodeLens[] {
    const insight = this.services.lsp.Insights.of(document);
    const range = placeOf(document);
    const figures = range ? titles(insight).map((title) => ({ range, command: { title, command: '' } })) : [];
    return [...figures, ...this.scenarios(document, insight)];
  }

  /** Clients that can show a playback say so; the others see the figures alone. */
  private scenarios(document: LangiumDocument, insight: Insight): CodeLens[] {
    const uri = document.uri.toString();
    return insight.architecture.scenarios.flatMap((scenario) => {
      const range = toRange(scenario.nameSpan);
      const judgement = scenario.span.file === uri ? insight.judgement(scenario) : undefined;
      if (!judgement) return [];
      const text = verdict(judgement);
      if (!this.services.lsp.Settings.playsScenarios) return [{ range, command: { title: text, command: '' } }];
      const command = { title: `$(play) Play · ${text}`, command: PLAY, arguments: [uri, scenario.name] };
      return [{ range, command }];
    });
  }
}

/** The command by which a client plays a scenario: its arguments are the URI of the file and the name of the scenario. */
const PLAY = 'loadpath.playScenario';

/** `availability 98.7% · 1 of 2 promises broken`. */
function verdict({ availability, requirements }: Judgement): string {
  const broken = requirements.filter(({ holds }) => holds === false).length;
  const promises =
    requirements.length === 0
      ? []
      : [broken === 0 ? 'all promises kept' : `${broken} of ${requirements.length} promises broken`];
  return [`availability ${formatPercent(availability)}`, ...promises].join(' · ');
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
