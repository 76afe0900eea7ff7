/** Reading the simulator's answers by component and by connection; indexes are made once for each analysis. */
import type {
  Analysis,
  Component,
  ComponentResult,
  Connection,
  ConnectionResult,
  Path,
  ResourceUse,
} from '../../model/index.ts';

/** What the simulator says about a component at the declared load. */
export function resultOf(analysis: Analysis, component: Component): ComponentResult | undefined {
  return tablesOf(analysis).components.get(component.path);
}

/** Operations per second along a connection; 0 where nothing flows. */
export function rateAlong(analysis: Analysis, connection: Connection): number {
  return tablesOf(analysis).connections.get(connection.id)?.rate ?? 0;
}

/** The resource that is used most, of the named part of a database if one is named. */
export function busiest(result: ComponentResult, part?: ResourceUse['part']): ResourceUse | undefined {
  return result.resources
    .filter((use) => part === undefined || use.part === part)
    .reduce<ResourceUse | undefined>(
      (most, use) => (most && most.utilization >= use.utilization ? most : use),
      undefined,
    );
}

interface Tables {
  readonly components: ReadonlyMap<Path, ComponentResult>;
  readonly connections: ReadonlyMap<string, ConnectionResult>;
}

const tables = new WeakMap<Analysis, Tables>();

function tablesOf(analysis: Analysis): Tables {
  let found = tables.get(analysis);
  if (!found) {
    found = {
      components: new Map(analysis.solution.components.map((result) => [result.path, result])),
      connections: new Map(analysis.solution.connections.map((result) => [result.id, result])),
    };
    tables.set(analysis, found);
  }
  return found;
}
