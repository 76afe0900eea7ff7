/** Whether a component is selected, and whether what is asserted about it holds. */
import {
  type Architecture,
  amount,
  ancestors,
  type Component,
  declared,
  flag,
  parseQuantity,
  type Value,
  word,
  words,
} from '../../model/index.ts';
import type { Assertion, Condition, Literal, Selector } from './custom-rule.ts';
import { matchesPath } from './path-pattern.ts';

export function isSelected(selector: Selector, component: Component, architecture: Architecture): boolean {
  const { path, kind, name, tag, inside, properties, all, any, not } = selector;
  const matches = (other: Selector) => isSelected(other, component, architecture);
  return (
    (!path || path.some((pattern) => matchesPath(pattern, component.path))) &&
    (!kind || kind.includes(component.kind)) &&
    (!name || name.some((pattern) => matchesPath(pattern, component.name))) &&
    (!tag || words(component, 'tags').some((each) => tag.includes(each))) &&
    (!inside || ancestors(architecture, component).some((around) => isSelected(inside, around, architecture))) &&
    (!properties || properties.every((condition) => holds(condition, component) === true)) &&
    (!all || all.every(matches)) &&
    (!any || any.some(matches)) &&
    (!not || !matches(not))
  );
}

/** Undefined where the component does not say enough. */
export function holds(assertion: Assertion, component: Component): boolean | undefined {
  if ('property' in assertion) return holdsFor(assertion, component);
  if ('not' in assertion) {
    const inner = holds(assertion.not, component);
    return inner === undefined ? undefined : !inner;
  }
  const isAny = 'any' in assertion;
  const results = (isAny ? assertion.any : assertion.all).map((each) => holds(each, component));
  if (results.includes(isAny)) return isAny;
  return results.includes(undefined) ? undefined : !isAny;
}

/** The properties that an assertion is about. */
export function propertiesOf(assertion: Assertion): readonly string[] {
  if ('property' in assertion) return [assertion.property];
  if ('not' in assertion) return propertiesOf(assertion.not);
  return ('any' in assertion ? assertion.any : assertion.all).flatMap(propertiesOf);
}

function holdsFor({ property, op, value }: Condition, component: Component): boolean | undefined {
  if (op === 'exists') return (declared(component, property) !== undefined) === value;
  const actual = actualOf(component, property);
  if (actual === undefined) return undefined;
  const expected = (Array.isArray(value) ? value : [value as Literal]).map(comparable);
  switch (op) {
    case '=':
    case 'in':
      return expected.includes(actual);
    case '!=':
      return !expected.includes(actual);
    default:
      return compares(op, actual, expected[0]);
  }
}

function compares(op: '<' | '<=' | '>' | '>=', actual: Literal, expected: Literal | undefined): boolean | undefined {
  if (typeof actual !== 'number' || typeof expected !== 'number') return undefined;
  switch (op) {
    case '<':
      return actual < expected;
    case '<=':
      return actual <= expected;
    case '>':
      return actual > expected;
    case '>=':
      return actual >= expected;
  }
}

/** What is declared, else the default of the table; of a range the lower end. */
function actualOf(component: Component, property: string): Literal | undefined {
  const value = declared(component, property)?.value;
  if (value) return literalOf(value);
  return amount(component, property) ?? flag(component, property) ?? word(component, property);
}

function literalOf(value: Value): Literal | undefined {
  switch (value.type) {
    case 'quantity':
      return value.amount;
    case 'range':
      return value.from;
    case 'string':
      return value.text;
    case 'boolean':
      return value.value;
    case 'word':
      return value.word;
    case 'reference':
      return value.path;
    default:
      return undefined;
  }
}

/** `10m` as seconds, so that it compares with what a file says in any unit; words as they are. */
function comparable(value: Literal): Literal {
  if (typeof value !== 'string') return value;
  const quantity = parseQuantity(value);
  return 'error' in quantity ? value : quantity.amount;
}
