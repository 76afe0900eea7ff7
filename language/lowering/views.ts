/** Views: what a diagram shows. */
import { type Path, type Value, type View, viewProperties } from '../../model/index.ts';
import * as ast from '../generated/ast.ts';
import { referentOf } from '../names.ts';
import { lowerProperties, type Properties } from './properties.ts';
import { reportUnresolved } from './unresolved.ts';
import type { Surroundings } from './values.ts';

export function lowerView(at: Surroundings, node: ast.View): View {
  const { context } = at;
  const properties: Properties = {};
  lowerProperties(at, { table: viewProperties, label: 'a view' }, node.statements, properties);
  const { doc } = context.above(node);
  const direction = properties.direction?.value;
  const moment = properties.at?.value;
  const scenario = scenarioOf(at, node);
  return {
    name: node.name,
    ...(node.title === undefined ? {} : { title: node.title }),
    ...(doc === undefined ? {} : { doc }),
    ...paths('include', properties.include?.value),
    ...paths('exclude', properties.exclude?.value),
    ...paths('collapse', properties.collapse?.value),
    ...(direction?.type === 'word' ? { direction: direction.word as NonNullable<View['direction']> } : {}),
    ...(scenario === undefined ? {} : { scenario }),
    ...(moment?.type === 'quantity' ? { at: moment.amount } : {}),
    span: context.span(node),
    nameSpan: context.spanOf(node, 'name'),
  };
}

function paths(
  name: 'include' | 'exclude' | 'collapse',
  value: Value | undefined,
): { readonly [key: string]: readonly Path[] } {
  if (value?.type !== 'list') return {};
  return { [name]: value.items.flatMap((item) => (item.type === 'reference' ? [item.path] : [])) };
}

function scenarioOf(at: Surroundings, node: ast.View): string | undefined {
  for (const statement of node.statements) {
    if (!ast.isProperty(statement) || statement.name !== 'scenario' || !ast.isQualifiedName(statement.value)) continue;
    const referent = referentOf(statement.value);
    if (ast.isScenario(referent)) return referent.name;
    reportUnresolved(at.context, statement.value);
  }
  return undefined;
}
