/** Request classes. */
import { kindOf, type RequestClass, requestProperties, withArticle } from '../../model/index.ts';
import * as ast from '../generated/ast.ts';
import { type ConnectionIds, draftConnections, settle } from './connections.ts';
import { checkShares, percent } from './flows.ts';
import { lowerProperties, type Properties } from './properties.ts';
import type { Surroundings } from './values.ts';

/** A request class; its share is 0 after reporting that it has none. */
export function lowerRequest(at: Surroundings, node: ast.RequestClass, ids: ConnectionIds): RequestClass {
  const { context } = at;
  const properties: Properties = {};
  lowerProperties(at, { table: requestProperties, label: 'a request class' }, node.statements, properties);
  const { share, ...rest } = properties;
  if (!share && !node.statements.some((statement) => ast.isProperty(statement) && statement.name === 'share')) {
    const message = `The request class '${node.name}' needs a share of the requests, as in 'share: 5%'.`;
    context.report('missing-share', message, context.spanOf(node, 'name'));
  }
  const drafts = node.statements.filter(ast.isConnection).map((statement) => draftConnections(at, statement, false));
  const connections = settle(ids, drafts);
  checkShares(context, connections);
  const { doc, ignores } = context.above(node);
  return {
    name: node.name,
    ...(node.title === undefined ? {} : { title: node.title }),
    ...(doc === undefined ? {} : { doc }),
    share: share?.value.type === 'quantity' ? share.value.amount : 0,
    properties: rest,
    overrides: node.statements.filter(ast.isOverride).flatMap((statement) => lowerOverride(at, statement)),
    connections,
    span: context.span(node),
    nameSpan: context.spanOf(node, 'name'),
    ...(ignores ? { ignores } : {}),
  };
}

/** Reports request classes whose shares add up to more than all requests. */
export function checkRequestShares(at: Surroundings, requests: readonly RequestClass[]): void {
  let sum = 0;
  for (const request of requests) {
    const before = sum;
    sum += request.share;
    if (sum <= 1 + 1e-9 || before > 1 + 1e-9) continue;
    at.context.report(
      'excessive-share',
      `The shares of the request classes add up to ${percent(sum)} with '${request.name}'.`,
      request.nameSpan,
    );
  }
}

function lowerOverride(at: Surroundings, node: ast.Override): RequestClass['overrides'] {
  const span = at.context.span(node);
  return at.references.resolve(node.target, at.from).flatMap(({ path, kind }) => {
    if (!kind) return [];
    const properties: Properties = {};
    const { label, properties: table } = kindOf(kind);
    lowerProperties({ ...at, kind }, { table, label: withArticle(label) }, node.statements, properties);
    return [{ component: path, properties, span }];
  });
}
