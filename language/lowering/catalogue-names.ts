/** Checks names of engines, instance types and regions against the catalogue. */
import {
  type EngineKind,
  engineKinds,
  engineNames,
  findEngine,
  findInstance,
  findRegion,
  instanceNames,
  nearest,
  regionNames,
  type Severity,
} from '../../model/index.ts';

import { guessed } from './context.ts';

export interface CatalogueProblem {
  readonly rule: 'not-in-catalogue' | 'wrong-engine';
  readonly severity: Severity;
  readonly message: string;
  readonly meant?: string;
}

/** What each table has names of, and one of them as it is written. */
export const catalogueExamples = {
  engines: { what: 'the name of a product', example: "'postgres'" },
  instances: { what: 'an instance type', example: '"m5.large"' },
  regions: { what: 'the name of a region', example: '"us-east-1"' },
} as const;

/**
 * What is wrong with a name from the catalogue. One that it does not know is only an information: the architecture is right, but
 * nothing can be taken from the catalogue for it.
 */
export function catalogueName(
  table: 'engines' | 'instances' | 'regions',
  name: string,
  label: string,
  kind: string | undefined,
): CatalogueProblem | undefined {
  switch (table) {
    case 'engines':
      return engine(name, label, kind);
    case 'instances':
      return findInstance(name) ? undefined : unknown('instance type', name, label, instanceNames);
    case 'regions':
      return findRegion(name) ? undefined : unknown('region', name, label, regionNames);
  }
}

function engine(name: string, label: string, kind: string | undefined): CatalogueProblem | undefined {
  const own = engineKinds.find((engineKind) => engineKind === kind);
  if (own && engineNames(own).includes(name)) return undefined;
  const others = engineKinds.filter((other: EngineKind) => engineNames(other).includes(name));
  if (others.length > 0 && own) {
    const of = others.join(' or ');
    return {
      rule: 'wrong-engine',
      severity: 'error',
      message: `${label} of a ${kind} cannot be '${name}', which is a ${of}.`,
    };
  }
  return findEngine(name) ? undefined : unknown('engine', name, label, engineNames(own));
}

function unknown(what: string, name: string, label: string, known: readonly string[]): CatalogueProblem {
  const near = nearest(name, known);
  const { hint, meant } = guessed(near);
  return {
    rule: 'not-in-catalogue',
    severity: 'info',
    message: `${label}: the catalogue has no ${what} '${name}'${hint || ', so nothing is known about it'}.`,
    ...(meant === undefined ? {} : { meant }),
  };
}
