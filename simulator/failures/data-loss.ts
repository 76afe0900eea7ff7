/** Writes that are gone with the machines that failed. */
import type { Path } from '../../model/index.ts';
import type { FailureModel } from '../availability/domains.ts';
import type { Network } from '../network/network.ts';
import { isStore } from '../recovery/copies.ts';
import { lossOf } from '../recovery/recovery.ts';
import type { Candidate } from './failure.ts';
import type { Standing } from './standing.ts';

/** Age of the newest copy that is left of a store, should what failed never come back. */
export interface DataLoss {
  readonly path: Path;
  /** Seconds of writes; absent where no copy is declared, and everything is gone. */
  readonly seconds?: number;
  readonly why?: string;
}

/** The worst loss of all stores that have lost the machine that takes the writes. What a provider runs is out of order, not lost. */
export function dataLossOf(
  network: Network,
  model: FailureModel,
  failures: readonly Candidate[],
  standings: ReadonlyMap<number, Standing>,
): DataLoss | undefined {
  let worst: DataLoss | undefined;
  for (const [index, { alive, primary }] of standings) {
    const { component } = network.stations[index]!;
    const { reliability, store } = model.groups[index]!;
    if (!isStore(component) || reliability.whole || primary || (alive > 0 && !store)) continue;
    const { value, why } = lossOf(
      network.architecture,
      component,
      alive > 0 ? undefined : lostPlace(component.path, failures),
    );
    const loss: DataLoss = {
      path: component.path,
      ...(value === undefined ? {} : { seconds: value }),
      ...(why === undefined ? {} : { why }),
    };
    if (!worst || ageOf(loss) > ageOf(worst)) worst = loss;
  }
  return worst && ageOf(worst) > 0 ? worst : undefined;
}

function ageOf({ seconds }: DataLoss): number {
  return seconds ?? Number.POSITIVE_INFINITY;
}

/** The container that failed with everything in it, else the store itself. */
function lostPlace(store: Path, failures: readonly Candidate[]): Path {
  const around = failures.find(({ domain, failure }) => domain !== undefined && store.startsWith(`${failure.path}.`));
  return around && around.failure.zone === undefined ? around.failure.path : store;
}
