/** The call hierarchy follows the paths of requests: who asks a component, whom it asks, and how often. */
import { CstUtils, type LangiumDocument, URI } from 'langium';
import type { CallHierarchyProvider } from 'langium/lsp';
import type {
  CallHierarchyIncomingCall,
  CallHierarchyIncomingCallsParams,
  CallHierarchyItem,
  CallHierarchyOutgoingCall,
  CallHierarchyOutgoingCallsParams,
  CallHierarchyPrepareParams,
  Range,
} from 'vscode-languageserver';
import { type Connection, digits, type Flow, formatPercent, formatRate, type Path } from '../../model/index.ts';
import * as ast from '../generated/ast.ts';
import { featureNode } from '../spans.ts';
import type { Insight } from './insight.ts';
import { pathOfUse } from './paths.ts';
import { toRange } from './ranges.ts';
import type { LoadpathServices } from './services.ts';
import { memberOf } from './settings.ts';
import { symbolKindOf } from './symbols.ts';

/** What an item carries for the next question: a component may stand in a file that another one imports. */
interface ItemData {
  /** URI of the file that was asked first. */
  readonly root: string;
  readonly path: Path;
}

/** Connections between the same two components, by the component at the other end. */
type Calls = ReadonlyMap<Path, readonly Connection[]>;

export class LoadpathCallHierarchyProvider implements CallHierarchyProvider {
  private readonly services: LoadpathServices;

  constructor(services: LoadpathServices) {
    this.services = services;
  }

  prepareCallHierarchy(
    document: LangiumDocument,
    { position }: CallHierarchyPrepareParams,
  ): CallHierarchyItem[] | undefined {
    const root = document.parseResult.value.$cstNode;
    const leaf = root && CstUtils.findDeclarationNodeAtOffset(root, document.textDocument.offsetAt(position));
    if (!leaf) return undefined;
    const insight = this.services.lsp.Insights.around(document);
    const path = pathAt(leaf.astNode, leaf.offset, insight);
    const rate = path === undefined ? undefined : insight.results.get(path)?.arrivalRate;
    const item = path === undefined ? undefined : itemOf(path, document.uri.toString(), insight, rateText(rate));
    return item && [item];
  }

  incomingCalls({ item }: CallHierarchyIncomingCallsParams): CallHierarchyIncomingCall[] | undefined {
    return this.calls(item, 'to', (from, fromRanges) => ({ from, fromRanges }));
  }

  outgoingCalls({ item }: CallHierarchyOutgoingCallsParams): CallHierarchyOutgoingCall[] | undefined {
    return this.calls(item, 'from', (to, fromRanges) => ({ to, fromRanges }));
  }

  private calls<T>(
    item: CallHierarchyItem,
    own: 'from' | 'to',
    call: (other: CallHierarchyItem, ranges: Range[]) => T,
  ): T[] | undefined {
    const data = dataOf(item);
    const document = data && this.services.shared.workspace.LangiumDocuments.getDocument(URI.parse(data.root));
    if (!data || !document) return undefined;
    const insight = this.services.lsp.Insights.around(document);
    return [...connectionsBy(own, data.path, insight)].flatMap(([path, connections]) => {
      const other = itemOf(path, data.root, insight, callText(connections, insight));
      if (!other) return [];
      // The places are those of the caller's file; a connection may stand in another one.
      const caller = own === 'to' ? other : item;
      const ranges = connections.filter(({ span }) => span.file === caller.uri).map(({ span }) => toRange(span));
      return [call(other, ranges)];
    });
  }
}

/** The component whose name is at an offset, in its declaration or where it is used. */
function pathAt(node: unknown, offset: number, insight: Insight): Path | undefined {
  if (ast.isSegment(node)) {
    const target = node.target?.ref;
    return ast.isDeclaration(target) ? pathOfUse(target, node, insight) : undefined;
  }
  // What is made of a template is asked and answered, not the template.
  if (!ast.isDeclaration(node) || node.template) return undefined;
  const name = featureNode(node, 'name');
  return name && name.offset <= offset && offset < name.end ? insight.compilation.paths.get(node)?.[0] : undefined;
}

function connectionsBy(own: 'from' | 'to', path: Path, { architecture }: Insight): Calls {
  const all = [...architecture.connections, ...architecture.requests.flatMap(({ connections }) => connections)];
  return Map.groupBy(
    all.filter((connection) => connection[own] === path),
    ({ from, to }) => (own === 'to' ? from : to),
  );
}

function itemOf(path: Path, root: string, insight: Insight, detail: string): CallHierarchyItem | undefined {
  const component = insight.architecture.components.find((each) => each.path === path);
  if (!component) return undefined;
  const { kind, span, nameSpan } = component;
  return {
    name: path,
    kind: symbolKindOf(kind),
    ...(detail ? { detail } : {}),
    uri: span.file,
    range: toRange(span),
    selectionRange: toRange(nameSpan),
    data: { root, path } satisfies ItemData,
  };
}

function dataOf({ data }: CallHierarchyItem): ItemData | undefined {
  const [root, path] = [memberOf(data, 'root'), memberOf(data, 'path')];
  return typeof root === 'string' && typeof path === 'string' ? { root, path } : undefined;
}

/** `1.2k/s · reads 3`; the rate is that of all connections between the two, and is missing where nothing arrives. */
function callText(connections: readonly Connection[], { analysis }: Insight): string {
  const ids = new Set(connections.map(({ id }) => id));
  const rates = analysis?.solution.connections.filter(({ id }) => ids.has(id)) ?? [];
  const rate = rates.reduce((sum, each) => sum + each.rate, 0);
  const flows = connections.flatMap((connection) => connection.flows).map(flowText);
  return [rateText(rate), [...new Set(flows)].join(', ')].filter(Boolean).join(' · ');
}

function rateText(rate: number | undefined): string {
  return rate !== undefined && rate > 0 ? formatRate(rate) : '';
}

/** A share is written without a word before it. */
function flowText({ type, amount }: Flow): string {
  if (amount === undefined) return type;
  return type === 'share' ? formatPercent(amount) : `${type} ${digits(amount)}`;
}
