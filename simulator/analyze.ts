import type { Analysis, Architecture, RequirementResult } from '../model/index.ts';
import { availabilityFrom } from './availability/availability.ts';
import { capacityOfNetwork } from './capacity/capacity.ts';
import { type Answers, judge } from './capacity/requirements.ts';
import { costAt } from './cost/cost.ts';
import type { Network } from './network/network.ts';
import { prepare } from './network/prepare.ts';
import { stormsOf } from './steady/metastable.ts';
import { type SolveOptions, solutionFrom, solveLoad } from './steady/solve.ts';

/**
 * Everything that can be said about an architecture on every keystroke: its steady state at the declared load (`peak` unless told
 * otherwise, times `scale`), its capacity, availability and cost, and whether its requirements hold. The same architecture
 * gives the same result, to the last digit. Never throws.
 */
export function analyze(architecture: Architecture, options: SolveOptions = {}): Analysis {
  return analyzeNetwork(prepare(architecture), options);
}

/**
 * The same for a network that is there already. What takes long, such as the capacity, is computed when it is first read, and only
 * then; reading a member always gives the same value.
 */
export function analyzeNetwork(network: Network, options: SolveOptions = {}): Analysis {
  const load = options.load ?? 'peak';
  const scale = options.scale !== undefined && Number.isFinite(options.scale) ? Math.max(0, options.scale) : 1;
  const solved = solveLoad(network, { scale, load });
  const { architecture } = network;
  const solution = once(() => solutionFrom(solved));
  const capacity = once(() => capacityOfNetwork(network, load));
  const availability = once(() => availabilityFrom(solved.actual));
  const cost = once(() => costAt(network, { scale, load: 'mean' }));
  const storms = once(() => stormsOf(solved.actual));
  const answers: Answers = {
    architecture,
    get solution() {
      return solution();
    },
    get capacity() {
      return capacity();
    },
    get availability() {
      return availability();
    },
    get cost() {
      return cost();
    },
  };
  const requirements = architecture.requirements.map((requirement) => judge(requirement, answers));
  return {
    get solution() {
      return solution();
    },
    get capacity() {
      return capacity();
    },
    get availability() {
      return availability();
    },
    get cost() {
      return cost();
    },
    requirements,
    get storms() {
      return storms();
    },
  };
}

function once<T>(compute: () => T): () => T {
  let known: { readonly value: T } | undefined;
  return () => {
    known ??= { value: compute() };
    return known.value;
  };
}

/** Whether the requirements of an architecture hold at a load. */
export function requirementsOf(architecture: Architecture, options: SolveOptions = {}): readonly RequirementResult[] {
  return analyze(architecture, options).requirements;
}
