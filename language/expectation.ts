/** What a name may refer to, decided by where it stands: the grammar takes names everywhere, the tables say which are references. */
import type { PropertyType } from '../model/index.ts';
import * as ast from './generated/ast.ts';
import { specOf } from './tables.ts';

export type Target = 'component' | 'template' | 'param' | 'request' | 'scenario';

export interface Expectation {
  readonly targets: readonly Target[];
  /** True if a word that is no reference may stand here too. */
  readonly words?: boolean;
}

const COMPONENT: Expectation = { targets: ['component'] };
const BASE: Expectation = { targets: ['component', 'template'] };
const PARAM: Expectation = { targets: ['param'] };
const PARAM_OR_WORD: Expectation = { targets: ['param'], words: true };
const WORD: Expectation = { targets: [], words: true };
const SUBJECT: Expectation = { targets: ['component', 'request'] };

/** What the first segment of a qualified name may refer to. */
export function expectationOf(name: ast.QualifiedName): Expectation {
  const owner = name.$container;
  switch (owner.$type) {
    case ast.Connection.$type:
    case ast.Override.$type:
      return COMPONENT;
    case ast.Declaration.$type:
      return BASE;
    case ast.Requirement.$type:
      return name.$containerProperty === 'subject' ? SUBJECT : PARAM;
    case ast.Event.$type:
      return name.$containerProperty === 'target' || name.$containerProperty === 'other' ? COMPONENT : PARAM;
    case ast.Property.$type:
      return ofValue(specOf(owner)?.type, owner);
    case ast.List.$type:
      return ofItem(owner);
    case ast.Param.$type:
      return PARAM_OR_WORD;
    case ast.Binary.$type:
    case ast.Negation.$type:
    case ast.Range.$type:
    case ast.Flow.$type:
    case ast.Point.$type:
      return PARAM;
    default:
      return COMPONENT;
  }
}

function ofItem(list: ast.List): Expectation {
  if (list.$container.$type !== ast.Property.$type) return PARAM_OR_WORD;
  const type = specOf(list.$container)?.type;
  return ofValue(type?.type === 'list' ? type.of : undefined, list.$container);
}

function ofValue(type: PropertyType | undefined, property: ast.Property): Expectation {
  switch (type?.type) {
    case 'reference':
      return type.words ? { ...COMPONENT, words: true } : COMPONENT;
    case 'quantity':
      return PARAM;
    case 'enum':
    case 'catalogue':
    case 'boolean':
    case 'string':
      return PARAM_OR_WORD;
    case 'name':
      return property.$container.$type === ast.View.$type ? { targets: ['scenario'] } : WORD;
    default:
      return property.name === 'load' ? PARAM_OR_WORD : WORD;
  }
}
