/** The outline of a file, nested as the text is, and the search for a symbol in all files. */
import { type AstNode, AstUtils, type LangiumDocument } from 'langium';
import type { DocumentSymbolProvider, LangiumSharedServices, WorkspaceSymbolProvider } from 'langium/lsp';
import type { DocumentSymbol, WorkspaceSymbol, WorkspaceSymbolParams } from 'vscode-languageserver';
import { type KindName, kindOf } from '../../model/index.ts';
import * as ast from '../generated/ast.ts';
import { textOf } from '../names.ts';
import { featureNode } from '../spans.ts';
import { isKind } from '../tables.ts';
import type { LoadpathServices } from './services.ts';

export class LoadpathDocumentSymbolProvider implements DocumentSymbolProvider {
  getSymbols(document: LangiumDocument): DocumentSymbol[] {
    const model = document.parseResult.value;
    return ast.isModel(model) ? model.statements.flatMap(toSymbol) : [];
  }
}

export class LoadpathWorkspaceSymbolProvider implements WorkspaceSymbolProvider {
  private readonly services: LangiumSharedServices;

  constructor(services: LangiumSharedServices) {
    this.services = services;
  }

  async getSymbols({ query }: WorkspaceSymbolParams): Promise<WorkspaceSymbol[]> {
    const { lsp, ServiceRegistry, workspace } = this.services;
    const isOn = ServiceRegistry.all.some((each) => (each as LoadpathServices).lsp.Settings.values.workspaceSymbols);
    if (!isOn) return [];
    const { FuzzyMatcher } = lsp;
    return workspace.LangiumDocuments.all
      .flatMap((document) =>
        AstUtils.streamAllContents(document.parseResult.value).flatMap((node): WorkspaceSymbol[] => {
          const described = describe(node);
          const name = described && featureNode(node, 'name');
          if (!name || !FuzzyMatcher.match(query, described.name)) return [];
          const container = containerName(node);
          return [
            {
              name: described.name,
              kind: described.kind,
              location: { uri: document.uri.toString(), range: name.range },
              ...(container ? { containerName: container } : {}),
            },
          ];
        }),
      )
      .toArray();
  }
}

function toSymbol(node: ast.Statement): DocumentSymbol[] {
  const range = node.$cstNode?.range;
  const described = describe(node);
  if (!range || !described) return [];
  const selection = featureNode(node, 'name') ?? featureNode(node, 'metric') ?? node.$cstNode;
  const children = 'statements' in node ? node.statements.flatMap(toSymbol) : [];
  return [
    { ...described, range, selectionRange: selection?.range ?? range, ...(children.length > 0 ? { children } : {}) },
  ];
}

interface Described {
  readonly name: string;
  readonly detail?: string;
  readonly kind: DocumentSymbol['kind'];
}

function describe(node: AstNode): Described | undefined {
  if (ast.isDeclaration(node)) {
    const kind = isKind(node.kind) ? symbolKindOf(node.kind) : symbols.Object;
    return named(
      node,
      [node.template ? 'template' : '', node.kind, node.title ?? ''].filter(Boolean).join(' · '),
      kind,
    );
  }
  if (ast.isParam(node)) return named(node, 'param', symbols.Constant);
  if (ast.isRequestClass(node)) return named(node, withTitle('request', node.title), symbols.Interface);
  if (ast.isScenario(node)) return named(node, withTitle('scenario', node.title), symbols.Event);
  if (ast.isView(node)) return named(node, withTitle('view', node.title), symbols.File);
  if (ast.isRequirement(node) && node.metric) {
    const of = node.subject ? ` of ${textOf(node.subject)}` : '';
    const limit = node.limit?.$cstNode?.text ?? '';
    return { name: `${node.metric}${of}`, detail: `${node.operator ?? ''} ${limit}`, kind: symbols.Boolean };
  }
  return undefined;
}

function named(node: { readonly name?: string }, detail: string, kind: Described['kind']): Described | undefined {
  return node.name ? { name: node.name, detail, kind } : undefined;
}

function withTitle(word: string, title: string | undefined): string {
  return title ? `${word} · ${title}` : word;
}

function containerName(node: AstNode): string {
  const names: string[] = [];
  for (let outer = node.$container; outer; outer = outer.$container) {
    if (ast.isDeclaration(outer) && outer.name) names.unshift(outer.name);
  }
  return names.join('.');
}

/** Numbers of `SymbolKind` of the protocol. */
const symbols = {
  File: 1,
  Module: 2,
  Namespace: 3,
  Package: 4,
  Class: 5,
  Interface: 11,
  Function: 12,
  Constant: 14,
  Boolean: 17,
  Array: 18,
  Object: 19,
  Struct: 23,
  Event: 24,
} as const;

/** The symbol that stands for a kind, in the outline and in the call hierarchy. */
export function symbolKindOf(kind: KindName): Described['kind'] {
  switch (kindOf(kind).role) {
    case 'container':
      return kind === 'dataCenter' ? symbols.Package : symbols.Namespace;
    case 'source':
      return symbols.Interface;
    case 'router':
      return kind === 'queue' ? symbols.Array : symbols.Module;
    case 'caller':
      return kind === 'function' ? symbols.Function : symbols.Class;
    case 'store':
      return symbols.Struct;
    case 'observer':
      return symbols.Object;
  }
}
