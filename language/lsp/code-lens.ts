/** Above the architecture its headline figures, which lead to what they are made of; above each scenario how it goes, and a way to play it. */
import type { LangiumDocument } from 'langium';
import type { CodeLensProvider } from 'langium/lsp';
import type { CodeLens, LSPAny, Range } from 'vscode-languageserver';
import {
  type Analysis,
  type Architecture,
  formatPercent,
  formatQuantity,
  indexByPath,
  type Span,
} from '../../model/index.ts';
import type { Judgement } from '../../simulator/index.ts';
import * as ast from '../generated/ast.ts';
import { lensCommands } from '../protocol.ts';
import { capacityText, limitText } from './figures.ts';
import type { Insight } from './insight.ts';
import { toRange } from './ranges.ts';
import type { LoadpathServices } from './services.ts';

/** The text of a lens, and what a click on it does. */
interface Headline {
  readonly title: string;
  /** The text where it can be clicked, if that is another one. */
  readonly active?: string;
  readonly does?: keyof typeof lensCommands;
  readonly arguments?: LSPAny[];
}

export class LoadpathCodeLensProvider implements CodeLensProvider {
  private readonly services: LoadpathServices;

  constructor(services: LoadpathServices) {
    this.services = services;
  }

  provideCodeLens(document: LangiumDocument): CodeLens[] {
    const insight = this.services.lsp.Insights.of(document);
    const uri = document.uri.toString();
    const place = placeOf(document);
    return [
      ...(place ? headlines(insight, uri).map((headline) => this.lens(place, headline)) : []),
      ...this.scenarios(insight, uri),
    ];
  }

  private scenarios({ architecture, judgement }: Insight, uri: string): CodeLens[] {
    return architecture.scenarios.flatMap((scenario) => {
      const judged = scenario.span.file === uri ? judgement(scenario) : undefined;
      if (!judged) return [];
      const title = verdict(judged);
      const active = `$(play) Play · ${title}`;
      return [this.lens(toRange(scenario.nameSpan), { title, active, does: 'play', arguments: [uri, scenario.name] })];
    });
  }

  /** A client that has the command of a lens gets it; the others see the text alone. */
  private lens(range: Range, { title, active = title, does, arguments: given = [] }: Headline): CodeLens {
    const command = does && lensCommands[does];
    if (command === undefined || !this.services.lsp.Settings.commands.has(command))
      return { range, command: { title, command: '' } };
    return { range, command: { title: active, command, arguments: given } };
  }
}

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

function headlines({ architecture, analysis }: Insight, uri: string): readonly Headline[] {
  if (!analysis || !(analysis.solution.rate > 0)) return [];
  const { availability, capacity, cost } = analysis;
  const isLimited = Number.isFinite(capacity.scale);
  const unknown = cost.unknown.length > 0 ? ` and ${cost.unknown.length} unpriced` : '';
  const found: Headline[] = [
    isLimited
      ? { title: `carries ${capacityText(analysis)}`, does: 'capacity', arguments: [uri] }
      : { title: 'nothing known limits it' },
  ];
  const limit = limitText(analysis);
  if (limit) found.push({ title: `first limit: ${limit}`, ...revealing(limitPlace(architecture, analysis)) });
  if (Number.isFinite(availability.value)) {
    const title = `available ${formatPercent(availability.value)}`;
    found.push({ title, does: 'availability', arguments: [uri] });
  }
  if (cost.perHour > 0) {
    const title = `${formatQuantity(cost.perHour, 'moneyRate')}${unknown}`;
    found.push({ title, does: 'cost', arguments: [uri] });
  }
  return found;
}

/** The promise that breaks first, or the component that saturates first. */
function limitPlace(architecture: Architecture, { capacity: { limit } }: Analysis): Span | undefined {
  if (limit?.type === 'requirement') return limit.requirement.span;
  return limit && indexByPath(architecture).get(limit.bottleneck.path)?.nameSpan;
}

function revealing(place: Span | undefined): Pick<Headline, 'does' | 'arguments'> {
  return place ? { does: 'reveal', arguments: [{ uri: place.file, range: toRange(place) }] } : {};
}
