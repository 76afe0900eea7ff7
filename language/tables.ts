/** Which table of properties holds at a place in the tree. */
import {
  connectionProperties,
  type KindName,
  kindNames,
  kindOf,
  kinds,
  nearest,
  type PropertySpec,
  type PropertyTable,
  requestProperties,
  scenarioProperties,
  viewProperties,
} from '../model/index.ts';
import * as ast from './generated/ast.ts';

export function isKind(name: string): name is KindName {
  return Object.hasOwn(kinds, name);
}

/**
 * The kind of a declaration; of a misspelt one the kind that was probably meant, so that one wrong letter does not make everything
 * that refers to the declaration wrong too. Something unknown that holds others is treated as a group.
 */
export function kindOfDeclaration(declaration: ast.Declaration): KindName | undefined {
  if (isKind(declaration.kind)) return declaration.kind;
  const near = nearest(declaration.kind ?? '', kindNames);
  if (near !== undefined) return near as KindName;
  return declaration.statements.some(ast.isDeclaration) ? 'group' : undefined;
}

/** The row with exactly this name. */
export function rowOf(table: PropertyTable | undefined, name: string): PropertySpec | undefined {
  return table && Object.hasOwn(table, name) ? table[name] : undefined;
}

/** The table for the properties directly inside a node; undefined where none may stand or the kind is unknown. */
export function tableOf(owner: ast.Property['$container'] | undefined): PropertyTable | undefined {
  switch (owner?.$type) {
    case ast.Declaration.$type:
      return declarationTable(owner);
    case ast.Block.$type:
      return blockTable(owner);
    case ast.Override.$type:
      return overrideTable(owner);
    case ast.Connection.$type:
      return connectionProperties;
    case ast.RequestClass.$type:
      return requestProperties;
    case ast.Scenario.$type:
      return scenarioProperties;
    case ast.View.$type:
      return viewProperties;
    default:
      return undefined;
  }
}

/** The row of a property, found through what it stands in. */
export function specOf(property: ast.Property): PropertySpec | undefined {
  return rowOf(tableOf(property.$container), property.name);
}

function blockTable(block: ast.Block): PropertyTable | undefined {
  const type = rowOf(tableOf(block.$container), block.name)?.type;
  return type?.type === 'block' ? type.properties : undefined;
}

function declarationTable(declaration: ast.Declaration): PropertyTable | undefined {
  const kind = kindOfDeclaration(declaration);
  return kind && kindOf(kind).properties;
}

function overrideTable(override: ast.Override): PropertyTable | undefined {
  const target = override.target?.segments.at(-1)?.target?.ref;
  return ast.isDeclaration(target) ? declarationTable(target) : undefined;
}
