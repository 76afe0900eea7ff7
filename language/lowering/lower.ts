/** From the syntax trees of a file and of what it imports to the architecture that they describe. */
import type { LangiumDocument } from 'langium';
import type { Architecture, Component, Path } from '../../model/index.ts';
import { type Finding, isContainer, type KindName, kindNames, kindOf, withArticle } from '../../model/index.ts';
import * as ast from '../generated/ast.ts';
import { importUri } from '../imports.ts';
import type { Names } from '../names.ts';
import { ofType } from '../nodes.ts';
import { sourceOf } from '../spans.ts';
import { isKind } from '../tables.ts';
import {
  ConnectionIds,
  type ConnectionSyntax,
  type Draft,
  draftConnections,
  settle,
  withoutOverridden,
} from './connections.ts';
import { Context, guess, guessed } from './context.ts';
import { checkShares } from './flows.ts';
import { checkBases, type Instance, instantiate, reportDuplicate } from './instances.ts';
import type { Memory } from './memory.ts';
import { namesIn } from './names-in.ts';
import { lowerParam, type Overrides, Params } from './params.ts';
import { checkPlacement, withMisplaced } from './placement.ts';
import { lowerProperties, type Properties } from './properties.ts';
import { References } from './references.ts';
import { checkRequestShares, lowerRequest } from './requests.ts';
import { lowerRequirement } from './requirements.ts';
import { lowerScenario } from './scenarios.ts';
import type { Surroundings } from './values.ts';
import { lowerView } from './views.ts';

/** The architecture, what is wrong with its text, and the way back from the model to the syntax. */
export interface Lowered {
  readonly architecture: Architecture;
  readonly findings: readonly Finding[];
  readonly overrideErrors: readonly string[];
  /** What the components are made of. */
  readonly instances: readonly Instance[];
  readonly connections: ReadonlyMap<string, ConnectionSyntax>;
}

/** Lowers files, the root file first. `isLoaded` says whether an import could be read. */
export function lower(
  names: Names,
  documents: readonly LangiumDocument[],
  isLoaded: (uri: string) => boolean,
  overrides: Overrides,
  memory?: Memory,
): Lowered {
  const context = new Context(names, memory);
  const statements = documents.flatMap((document) => withMisplaced(statementsOf(document)));
  checkImports(context, documents, isLoaded);
  for (const document of documents) checkPlacement(context, statementsOf(document));
  const declarations = notableIn(statements);
  checkKinds(context, declarations);
  const instances = instantiate(context, statements);
  checkBases(context, declarations);
  const params = new Params(context, overrides);
  const references = new References(context, instances);
  const top: Surroundings = { context, params, references };
  memory?.begin(documents.map(sourceOf), documents.every(isWhole) ? namesIn(documents, params) : undefined);
  const ids = new ConnectionIds();

  const components = instances.all.flatMap((instance) => lowerComponent(top, instance) ?? []);
  const drafts = new Map<Instance, readonly Draft[]>();
  for (const instance of instances.all) {
    const own = draftsOf(top, instance);
    if (own.length > 0) drafts.set(instance, own);
  }
  for (const template of instances.templates) {
    lowerComponent(top, template);
    draftsOf(top, template);
  }
  const connections = settle(ids, orderedDrafts(top, statements, instances.roots, drafts));
  checkShares(context, connections);

  const unique = uniquely(context, statements, instances.roots);
  const requests = unique.requests.map((node) =>
    context.made('request', node.name, node, lowerRequest(top, node, ids)),
  );
  checkRequestShares(top, requests);
  const architecture: Architecture = {
    ...titleOf(context, documents),
    files: documents.map(({ uri }) => uri.toString()),
    params: unique.params.flatMap((node) => {
      const param = lowerParam(context, params, node);
      return param ? context.made('param', node.name, node, param) : [];
    }),
    components,
    connections,
    requests,
    requirements: ofType(statements, ast.Requirement.$type).flatMap((node) =>
      context.part('requirement', undefined, [node], () => lowerRequirement(top, node)),
    ),
    scenarios: unique.scenarios.map((node) =>
      context.part('scenario', node.name, [node], () => lowerScenario(top, node)),
    ),
    views: unique.views.map((node) => context.part('view', node.name, [node], () => lowerView(top, node))),
  };
  params.checkOverrides(unique.params.map(({ name }) => name));
  return {
    architecture,
    findings: context.findings,
    overrideErrors: params.overrideErrors,
    instances: instances.all,
    connections: ids.syntax,
  };
}

/** True if every word of a text is understood. */
function isWhole({ parseResult }: LangiumDocument): boolean {
  return parseResult.parserErrors.length === 0 && parseResult.lexerErrors.length === 0;
}

function statementsOf(document: LangiumDocument): readonly ast.Statement[] {
  const model = document.parseResult.value;
  return ast.isModel(model) ? model.statements : [];
}

function lowerComponent(top: Surroundings, instance: Instance): Component | undefined {
  const { kind, path, layers } = instance;
  return kind && top.context.part('component', path, layers, () => makeComponent(top, instance, kind));
}

function makeComponent(top: Surroundings, instance: Instance, kind: KindName): Component {
  const { context } = top;
  const { node, layers, parent } = instance;
  const properties: Properties = {};
  const at = { ...top, from: instance, kind };
  const { label, properties: table } = kindOf(kind);
  for (const layer of layers) lowerProperties(at, { table, label: withArticle(label) }, layer.statements, properties);
  const replicas = properties.replicas;
  if (replicas?.value.type === 'range' && !properties.autoscale) {
    const message = `A range of replicas needs an 'autoscale' block, as in 'autoscale { target: 60% }'.`;
    context.report('range-without-autoscale', message, replicas.valueSpan);
  }
  const above = layers.map((layer) => context.above(layer)).findLast(({ doc }) => doc !== undefined);
  const { ignores } = context.above(node);
  const title = layers.findLast((layer) => layer.title !== undefined)?.title;
  const base = node.base && !instance.inherited ? basePath(top, instance) : undefined;
  return {
    path: instance.path,
    name: instance.name,
    kind,
    ...(title === undefined ? {} : { title }),
    ...(above?.doc === undefined ? {} : { doc: above.doc }),
    ...(parent ? { parent: parent.path } : {}),
    ...(base === undefined ? {} : { extends: base }),
    properties,
    span: context.span(node),
    nameSpan: context.spanOf(node, 'name'),
    ...(instance.inherited ? { inherited: true } : {}),
    ...(ignores ? { ignores } : {}),
  };
}

/** Path of what an instance extends; undefined for templates, which are not part of the architecture. */
function basePath({ references, context }: Surroundings, instance: Instance): Path | undefined {
  const { base } = instance.node;
  const layer = base && context.names.layersOf(instance.node).at(-2);
  if (!layer || layer.template) {
    if (base && !layer) references.resolve(base, instance.parent);
    return undefined;
  }
  return references.resolve(base!, instance.parent)[0]?.path;
}

/** The connections in the body of an instance, those of what it extends included. */
function draftsOf(top: Surroundings, instance: Instance): readonly Draft[] {
  const { layers, node, kind } = instance;
  if (!kind || !isContainer(kind)) return [];
  const at = { ...top, from: instance };
  return withoutOverridden(
    layers.map((layer) =>
      ofType(withMisplaced(layer.statements), ast.Connection.$type).flatMap((statement) =>
        draftConnections(at, statement, instance.inherited || layer !== node),
      ),
    ),
  );
}

/** Connections in order of the text: those inside a declaration where it stands, those of the top level between them. */
function orderedDrafts(
  top: Surroundings,
  statements: readonly ast.Statement[],
  roots: ReadonlyMap<string, Instance>,
  inside: ReadonlyMap<Instance, readonly Draft[]>,
): readonly (readonly Draft[])[] {
  const found: (readonly Draft[])[] = [];
  const collect = (instance: Instance): void => {
    const own = inside.get(instance);
    if (own) found.push(own);
    for (const child of instance.children.values()) collect(child);
  };
  for (const statement of statements) {
    if (statement.$type === ast.Connection.$type) found.push(draftConnections(top, statement, false));
    if (statement.$type !== ast.Declaration.$type) continue;
    const root = roots.get(statement.name);
    if (root?.node === statement) collect(root);
  }
  return found;
}

interface Unique {
  readonly params: readonly ast.Param[];
  readonly requests: readonly ast.RequestClass[];
  readonly scenarios: readonly ast.Scenario[];
  readonly views: readonly ast.View[];
}

/** Named statements of the top level, each name once; request classes share their names with components. */
function uniquely(
  context: Context,
  statements: readonly ast.Statement[],
  roots: ReadonlyMap<string, Instance>,
): Unique {
  const once = <T extends ast.Param | ast.RequestClass | ast.Scenario | ast.View>(
    nodes: readonly T[],
  ): readonly T[] => {
    const byName = new Map<string, T>();
    for (const node of nodes) {
      if (!node.name) continue;
      const first = byName.get(node.name);
      if (first) reportDuplicate(context, node, first);
      else byName.set(node.name, node);
    }
    return [...byName.values()];
  };
  const requests = once(ofType(statements, ast.RequestClass.$type));
  for (const request of requests) {
    const component = roots.get(request.name);
    if (component) reportDuplicate(context, request, component.node);
  }
  return {
    params: once(ofType(statements, ast.Param.$type)),
    requests,
    scenarios: once(ofType(statements, ast.Scenario.$type)),
    views: once(ofType(statements, ast.View.$type)),
  };
}

function titleOf(context: Context, [root]: readonly LangiumDocument[]): { readonly title?: string } {
  const [first, ...others] = ofType(root ? statementsOf(root) : [], ast.Title.$type);
  for (const other of others) {
    context.report('duplicate-name', 'The architecture has a title already.', context.span(other), {
      related: [{ message: 'The first title is here.', span: context.span(first!) }],
    });
  }
  return first?.title === undefined ? {} : { title: first.title };
}

function checkImports(
  context: Context,
  documents: readonly LangiumDocument[],
  isLoaded: (uri: string) => boolean,
): void {
  for (const document of documents) {
    for (const statement of ofType(statementsOf(document), ast.Import.$type)) {
      const uri = importUri(document, statement)?.toString();
      if (!uri || isLoaded(uri)) continue;
      const { hint, meant } = guessed(isLoaded(`${uri}.arch`) ? `${statement.path}.arch` : undefined);
      const message = `The file '${statement.path}' does not exist or cannot be read${hint}.`;
      context.report('unresolved-import', message, context.spanOf(statement, 'path'), {
        meant: meant && JSON.stringify(meant),
      });
    }
  }
}

/** Reports unknown kinds. */
function checkKinds(context: Context, declarations: Iterable<ast.Declaration>): void {
  for (const declaration of declarations) {
    if (isKind(declaration.kind)) continue;
    const { hint, meant } = guess(declaration.kind, kindNames);
    const message = `There is no kind '${declaration.kind}'${hint}.`;
    context.report('unknown-kind', message, context.spanOf(declaration, 'kind'), { meant });
  }
}

/** Declarations of unknown kinds and those that extend others, at all depths, in order of the text. */
function notableIn(statements: readonly ast.Statement[]): ReadonlySet<ast.Declaration> {
  const found = new Set<ast.Declaration>();
  const visit = (nodes: readonly ast.Statement[]): void => {
    for (const node of nodes) {
      if (node.$type !== ast.Declaration.$type) continue;
      if (node.base || !isKind(node.kind)) found.add(node);
      visit(node.statements);
    }
  };
  visit(statements);
  return found;
}
