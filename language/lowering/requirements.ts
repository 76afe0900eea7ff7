/** Requirements: `require METRIC of SUBJECT OPERATOR LIMIT`. */
import {
  type Metric,
  metricDimensions,
  metrics,
  type Operator,
  operators,
  type Requirement,
} from '../../model/index.ts';
import * as ast from '../generated/ast.ts';
import { referentOf } from '../names.ts';
import { guess } from './context.ts';
import { evaluateAs } from './expressions.ts';
import { reportUnresolved } from './unresolved.ts';
import type { Surroundings } from './values.ts';

/** The requirement, once for each component that its subject stands for; none after reporting what is wrong with it. */
export function lowerRequirement(at: Surroundings, node: ast.Requirement): readonly Requirement[] {
  const { context, params } = at;
  const metric = metrics.find((name) => name === node.metric);
  if (!metric) {
    reportMetric(at, node);
    return [];
  }
  const operator = operators.find((name) => name === node.operator);
  const limit = evaluateAs(context, params, node.limit, { dimension: metricDimensions[metric], label: `'${metric}'` });
  const subjects = node.subject ? subjectsOf(at, node.subject) : [undefined];
  if (!operator || limit === undefined || !isPossible(at, metric, limit, node)) return [];
  const { ignores } = context.above(node);
  return subjects.map((of) => ({
    metric,
    ...(of ? { of } : {}),
    operator: operator satisfies Operator,
    limit,
    span: context.span(node),
    limitSpan: context.span(node.limit),
    ...(ignores ? { ignores } : {}),
  }));
}

function subjectsOf(at: Surroundings, name: ast.QualifiedName): readonly NonNullable<Requirement['of']>[] {
  const referent = referentOf(name);
  if (ast.isRequestClass(referent)) return [{ type: 'request', name: referent.name }];
  if (!referent) {
    reportUnresolved(at.context, name);
    return [];
  }
  return at.references
    .resolve(name, at.from)
    .flatMap(({ path, kind }) => (kind ? [{ type: 'component' as const, name: path }] : []));
}

/** A fraction of time or of requests lies between 0 and 1; utilisation may be asked to stay below more, which never fails. */
function isPossible(at: Surroundings, metric: Metric, limit: number, node: ast.Requirement): boolean {
  const isFraction = metric === 'availability' || metric === 'errors';
  if (limit >= 0 && !(isFraction && limit > 1)) return true;
  const bounds = isFraction ? 'between 0% and 100%' : 'at least 0';
  at.context.report(
    'out-of-range',
    `'${metric}' is ${bounds}, but the limit is ${at.context.text(node.limit)}.`,
    at.context.span(node.limit),
  );
  return false;
}

function reportMetric(at: Surroundings, node: ast.Requirement): void {
  if (!node.metric) return;
  const { hint, meant } = guess(node.metric, metrics);
  const message = `There is no metric '${node.metric}'${hint || `; metrics are ${metrics.join(', ')}`}.`;
  at.context.report('unknown-metric', message, at.context.spanOf(node, 'metric'), { meant });
}
