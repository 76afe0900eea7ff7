/** Scenarios: how long, under which load, and what happens when. */
import { type Load, type Metric, type Requirement, type Scenario, scenarioProperties } from '../../model/index.ts';
import * as ast from '../generated/ast.ts';
import { textOf } from '../names.ts';
import { lowerEvent } from './events.ts';
import { evaluateAs } from './expressions.ts';
import { lowerProperties, type Properties } from './properties.ts';
import { lowerRequirement } from './requirements.ts';
import type { Surroundings } from './values.ts';

export function lowerScenario(at: Surroundings, node: ast.Scenario): Scenario {
  const { context } = at;
  const properties: Properties = {};
  const isLoad = (statement: ast.Statement): statement is ast.Property =>
    ast.isProperty(statement) && statement.name === 'load';
  const rest = node.statements.filter((statement) => !isLoad(statement));
  lowerProperties(at, { table: scenarioProperties, label: 'a scenario' }, rest, properties);
  const value = properties.duration?.value;
  const duration = value?.type === 'quantity' ? value.amount : (scenarioProperties.duration?.default as number);
  const { doc } = context.above(node);
  return {
    name: node.name,
    ...(node.title === undefined ? {} : { title: node.title }),
    ...(doc === undefined ? {} : { doc }),
    duration,
    load: lowerLoad(at, node.statements.filter(isLoad)) ?? { type: 'peak' },
    events: node.statements.filter(ast.isEvent).flatMap((event) => lowerEvent(at, event, duration) ?? []),
    requirements: node.statements.filter(ast.isRequirement).flatMap((requirement) => lowerPromise(at, requirement)),
    span: context.span(node),
    nameSpan: context.spanOf(node, 'name'),
  };
}

/** A requirement of a scenario is about what changes while it is played. */
function lowerPromise(at: Surroundings, node: ast.Requirement): readonly Requirement[] {
  const { context } = at;
  const lowered = lowerRequirement(at, node);
  const metric = lowered[0]?.metric;
  if (metric === undefined || !unfollowed.has(metric)) return lowered;
  const message = `'${metric}' is a figure of the design, which no scenario follows over time; require it outside of the scenario.`;
  context.report('unfollowed-metric', message, context.spanOf(node, 'metric'));
  return [];
}

const unfollowed: ReadonlySet<Metric> = new Set<Metric>(['capacity', 'cost', 'rpo', 'staleness']);

function lowerLoad(at: Surroundings, [property, second]: readonly ast.Property[]): Load | undefined {
  const { context, params } = at;
  if (second) context.report('duplicate-property', "'load' is declared twice here.", context.spanOf(second, 'name'));
  const value = property?.value;
  if (!value) return undefined;
  const word = ast.isQualifiedName(value) ? textOf(value) : undefined;
  if (word === 'peak' || word === 'mean') return { type: word };
  if (ast.isList(value)) return lowerPoints(at, value);
  if (ast.isLiteral(value) || ast.isBinary(value) || ast.isNegation(value) || isParam(value)) {
    const perSecond = evaluateAs(context, params, value, { dimension: 'rate', label: "'load'" });
    return perSecond === undefined ? undefined : { type: 'rate', perSecond };
  }
  const expected = "'load' expects 'peak', 'mean', a rate such as 500/s or a list such as [at 10m 3x]";
  context.report('wrong-type', `${expected}, but found '${context.text(value)}'.`, context.span(value));
  return undefined;
}

function isParam(value: ast.Value): value is ast.QualifiedName {
  return ast.isQualifiedName(value) && ast.isParam(value.segments.at(-1)?.target?.ref);
}

function lowerPoints(at: Surroundings, list: ast.List): Load {
  const { context, params } = at;
  const points = list.items.flatMap((item) => {
    if (!ast.isPoint(item)) {
      context.report(
        'wrong-type',
        `Expected a point such as 'at 10m 3x', but found '${context.text(item)}'.`,
        context.span(item),
      );
      return [];
    }
    const moment = evaluateAs(context, params, item.at, { dimension: 'time', label: "'at'" });
    const factor = evaluateAs(context, params, item.factor, { dimension: 'ratio', label: 'The load at a moment' });
    return moment === undefined || factor === undefined ? [] : [{ at: moment, factor }];
  });
  return { type: 'points', points };
}
