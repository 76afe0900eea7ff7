/** What is under the pointer: components with what the simulation says, properties with their default, values with their meaning. */
import { type AstNode, AstUtils, CstUtils, type LangiumDocument, URI, UriUtils } from 'langium';
import type { HoverProvider } from 'langium/lsp';
import type { Hover, HoverParams } from 'vscode-languageserver';
import {
  type Component,
  type FlowType,
  findEngine,
  findInstance,
  flowTypes,
  formatQuantity,
  formatValue,
  kindOf,
  type Metric,
  metrics,
  type Property,
} from '../../model/index.ts';
import * as ast from '../generated/ast.ts';
import { actions } from '../lowering/events.ts';
import { featureNode } from '../spans.ts';
import { isKind, specOf, tableOf } from '../tables.ts';
import { describeEngine, describeInstance, describeRegion } from './catalogue-docs.ts';
import { arithmetic, isComputed } from './expression-values.ts';
import { resultTable } from './figures.ts';
import type { Insight } from './insight.ts';
import { ownProperties } from './own-properties.ts';
import { pathOfUse } from './paths.ts';
import { placeText } from './place-text.ts';
import {
  describeFlow,
  describeKind,
  describeLoad,
  describeMetric,
  describeProperty,
  loadWords,
  partDocs,
  typeText,
} from './property-docs.ts';
import type { LoadpathServices } from './services.ts';

export class LoadpathHoverProvider implements HoverProvider {
  private readonly services: LoadpathServices;

  constructor(services: LoadpathServices) {
    this.services = services;
  }

  getHoverContent(document: LangiumDocument, { position }: HoverParams): Hover | undefined {
    const root = document.parseResult.value.$cstNode;
    const offset = document.textDocument.offsetAt(position);
    const leaf =
      root && (CstUtils.findDeclarationNodeAtOffset(root, offset) ?? CstUtils.findLeafNodeAtOffset(root, offset));
    if (!leaf || leaf.end < offset) return undefined;
    const insight = this.services.lsp.Insights.around(document);
    const value = this.describe(leaf.astNode, leaf.offset, insight);
    return value ? { contents: { kind: 'markdown', value }, range: leaf.range } : undefined;
  }

  private describe(node: AstNode, offset: number, insight: Insight): string | undefined {
    const on = (feature: string) => {
      const cst = featureNode(node, feature);
      return cst !== undefined && cst.offset <= offset && offset < cst.end;
    };
    if (ast.isSegment(node)) return this.segment(node, insight);
    if (ast.isDeclaration(node)) {
      if (on('kind') && isKind(node.kind)) return describeKind(node.kind);
      return on('name') ? this.named(node, undefined, insight) : undefined;
    }
    if (ast.isNamed(node)) return on('name') ? this.named(node, undefined, insight) : undefined;
    if (ast.isView(node)) return on('name') ? view(node, insight) : undefined;
    if (ast.isProperty(node) && on('name')) return property(node, insight);
    if (ast.isBlock(node) && on('name')) return block(node);
    if (ast.isText(node)) return textValue(node);
    if (ast.isFlow(node) && on('flow') && Object.hasOwn(flowTypes, node.flow ?? ''))
      return describeFlow(node.flow as FlowType);
    if (ast.isRequirement(node) && on('metric')) return requirement(node, insight);
    if (isComputed(node) || isComputed(node.$container)) return expression(node, insight);
    if (ast.isLiteral(node)) {
      return ast.isParam(node.$container) ? this.named(node.$container, undefined, insight) : literal(node, insight);
    }
    if (ast.isEvent(node) && on('action')) return action(node.action ?? '');
    if (ast.isEvent(node) && on('part') && node.part) return part(node.part);
    return undefined;
  }

  private segment(node: ast.Segment, insight: Insight): string | undefined {
    const target = node.target?.ref;
    if (target) return this.named(target, node, insight);
    return word(node);
  }

  /** What a name stands for. Of a dotted name into a copy (`eu.app`) the copy's own figures are shown. */
  private named(target: ast.Named, use: ast.Segment | undefined, insight: Insight): string | undefined {
    const { architecture } = insight;
    if (ast.isParam(target)) {
      const param = architecture.params.find(({ name }) => name === target.name);
      return param && [`**${param.name}** = ${formatValue(param.value)}`, param.doc ?? ''].filter(Boolean).join('\n\n');
    }
    if (ast.isRequestClass(target)) {
      const request = architecture.requests.find(({ name }) => name === target.name);
      const share = request && `${formatQuantity(request.share, 'ratio')} of the requests`;
      return joined(`**${target.name}** · request class`, target.title, share, request?.doc);
    }
    if (ast.isScenario(target)) {
      const scenario = architecture.scenarios.find(({ name }) => name === target.name);
      const lasts = scenario && `Lasts ${formatQuantity(scenario.duration, 'time')}.`;
      return joined(`**${target.name}** · scenario`, target.title, lasts, scenario?.doc);
    }
    const path = pathOfUse(target, use, insight);
    const component = architecture.components.find((each) => each.path === path);
    if (component) return this.component(component, insight);
    return joined(`**${target.name}** · ${target.template ? 'template, ' : ''}${target.kind}`, target.title);
  }

  private component(component: Component, { results, architecture }: Insight): string {
    const { path, title, doc, kind } = component;
    const result = results.get(path);
    const figures = result && this.services.lsp.Settings.values.hoverFigures ? resultTable(result) : undefined;
    const base = component.extends ? `Extends \`${component.extends}\`.` : undefined;
    const [root = ''] = architecture.files;
    // A part carries the load of the file that imports it; without that file's name one would look for it in vain.
    const whole =
      figures && component.span.file !== root
        ? `_In the architecture of '${UriUtils.basename(URI.parse(root))}'._`
        : undefined;
    const own = ownProperties(component, this.services.shared.workspace.LangiumDocuments);
    const beyond = this.services.lsp.Settings.values.hoverFigures ? placeText(architecture, path) : undefined;
    return joined(`**${path}** · ${kindOf(kind).label}`, title, doc, base, own, figures, beyond, whole);
  }
}

function property(node: ast.Property, { architecture }: Insight): string | undefined {
  if (isLoad(node)) return describeLoad();
  const spec = specOf(node);
  if (!spec) return undefined;
  const file = AstUtils.getDocument(node).uri.toString();
  const offset = node.$cstNode?.offset;
  const isThis = (each: Property) => each.span.file === file && each.span.start.offset === offset;
  const owners = [...architecture.components, ...architecture.connections, ...architecture.requests];
  const value = owners.flatMap(({ properties }) => Object.values(properties)).find(isThis)?.value;
  // Only where the text does not say it: a computed value or a param.
  const isPlain = ast.isLiteral(node.value) || !value;
  const steps = isComputed(node.value) ? arithmetic(node.value, architecture.params) : undefined;
  return joined(
    isPlain ? undefined : `\`${node.name}\` = **${formatValue(value)}**`,
    steps,
    describeProperty(node.name, spec),
  );
}

/** A number means what its property, its flow or its requirement means. */
function literal(node: ast.Literal, insight: Insight): string | undefined {
  const owner = ast.isRange(node.$container) ? node.$container.$container : node.$container;
  // In the points of a curve, deeper in.
  const written = ast.isPoint(owner) ? AstUtils.getContainerOfType(owner, ast.isProperty) : owner;
  if (ast.isProperty(written)) return property(written, insight);
  if (ast.isRequirement(owner)) return requirement(owner, insight);
  if (ast.isEvent(owner)) return action(owner.action ?? '');
  const flow = ast.isFlow(owner) ? (owner.flow ?? 'share') : undefined;
  return flow && Object.hasOwn(flowTypes, flow) ? describeFlow(flow as FlowType) : undefined;
}

function view({ name }: ast.View, { architecture }: Insight): string {
  const found = architecture.views.find((each) => each.name === name);
  const parts = (['include', 'exclude', 'collapse'] as const).flatMap((part) => {
    const paths = found?.[part];
    return paths ? [`- ${part}: ${paths.map((path) => `\`${path}\``).join(', ')}`] : [];
  });
  return joined(`**${name}** · view`, found?.title, found?.doc, parts.join('\n'));
}

function isLoad({ name, $container }: ast.Property): boolean {
  return name === 'load' && ast.isScenario($container);
}

/** Of all that is computed there, the outermost. */
function expression(node: AstNode, { architecture }: Insight): string | undefined {
  let whole = node;
  while (isComputed(whole.$container)) whole = whole.$container;
  return isComputed(whole) ? arithmetic(whole, architecture.params) : undefined;
}

function block(node: ast.Block): string | undefined {
  const table = tableOf(node.$container);
  const spec = table && Object.hasOwn(table, node.name) ? table[node.name] : undefined;
  if (spec?.type.type !== 'block') return undefined;
  const inside = Object.entries(spec.type.properties).map(
    ([name, { type, doc }]) => `- \`${name}\` (${typeText(type)}): ${doc}`,
  );
  return joined(`**${node.name}** · block`, spec.doc, inside.join('\n'));
}

/** A word that refers to nothing: what it means as the value of its property. */
function word(node: ast.Segment): string | undefined {
  const text = node.target?.$refText ?? '';
  const name = node.$container;
  const owner = ast.isList(name.$container) ? name.$container.$container : name.$container;
  if (!ast.isProperty(owner)) return undefined;
  if (isLoad(owner))
    return Object.hasOwn(loadWords, text)
      ? joined(`**${text}**`, loadWords[text as keyof typeof loadWords])
      : undefined;
  const spec = specOf(owner);
  const type = spec?.type.type === 'list' ? spec.type.of : spec?.type;
  if (type?.type === 'enum' && Object.hasOwn(type.values, text)) return joined(`**${text}**`, type.values[text]);
  if (type?.type === 'reference' && type.words && Object.hasOwn(type.words, text))
    return joined(`**${text}**`, type.words[text]);
  return type?.type === 'catalogue' ? catalogueEntry(text) : undefined;
}

function textValue({ text = '', $container }: ast.Text): string | undefined {
  return ast.isProperty($container) && specOf($container)?.type.type === 'catalogue' ? catalogueEntry(text) : undefined;
}

function catalogueEntry(name: string): string | undefined {
  const instance = findInstance(name);
  if (instance) return describeInstance(instance);
  const engine = findEngine(name);
  return engine ? describeEngine(engine) : describeRegion(name);
}

function requirement(node: ast.Requirement, { analysis }: Insight): string | undefined {
  const metric = metrics.find((each): each is Metric => each === node.metric);
  if (!metric) return undefined;
  const file = AstUtils.getDocument(node).uri.toString();
  const offset = node.$cstNode?.offset;
  const result = analysis?.requirements.find(
    ({ requirement: { span } }) => span.file === file && span.start.offset === offset,
  );
  const verdict = result?.holds === undefined ? result?.why : result.holds ? 'It holds.' : 'It does not hold.';
  return joined(describeMetric(metric), verdict);
}

function action(name: string): string | undefined {
  if (!Object.hasOwn(actions, name)) return undefined;
  const { doc, example } = actions[name as keyof typeof actions];
  return joined(`**${name}**`, doc, `\`\`\`arch\nat 5m ${example}\n\`\`\``);
}

function part(name: string): string | undefined {
  return Object.hasOwn(partDocs, name) ? joined(`**${name}**`, partDocs[name]) : undefined;
}

function joined(...parts: readonly (string | undefined)[]): string {
  return parts.filter(Boolean).join('\n\n');
}
