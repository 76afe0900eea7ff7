/**
 * The simulator: what an architecture does under load, as a pure function of the model. It must not know syntax, files or editors; it
 * uses no clock, no random numbers but its own, and no I/O, never throws on an architecture, and runs in Node and in a browser.
 *
 * `analyze` answers everything at once; `prepare` builds the network of an architecture once, to be solved at many loads
 * with `solveNetwork`, or for sliders and sweeps with `solverOf`; `play` plays a scenario over time; `simulate` goes request by request, with random numbers of its own from a seed.
 */
export { analyze, analyzeNetwork, requirementsOf } from './analyze.ts';
export { availabilityOf, availabilityOfNetwork } from './availability/availability.ts';
export { capacityOf, capacityOfNetwork } from './capacity/capacity.ts';
export { costOf } from './cost/cost.ts';
export { type Change, changesOf, type PropertyChange } from './difference/changes.ts';
export {
  type Difference,
  differenceOf,
  type FigureChange,
  isRegression,
  type PromiseChange,
} from './difference/difference.ts';
export { energyOf } from './energy/energy.ts';
export { envelopeOf } from './envelope/envelope.ts';
export type { Estimate } from './events/estimate.ts';
export { Replication, type ReplicationRecord, type ReplicationTask } from './events/replication.ts';
export { REPLICATIONS, type RemoteRun, simulate, simulateRemotely } from './events/simulate.ts';
export type {
  SimulatedCalls,
  SimulatedComponent,
  SimulatedLatency,
  SimulatedRequest,
  SimulatedResource,
  SimulateOptions,
  Simulation,
} from './events/simulation.ts';
export { explain } from './explanation/explain.ts';
export {
  type ExplainedFigure,
  type ExplainedInput,
  type ExplainedTerm,
  type Explanation,
  evaluate,
  explainedFigures,
  type Unexplained,
} from './explanation/explanation.ts';
export type { Blame } from './failures/blame.ts';
export type { DataLoss } from './failures/data-loss.ts';
export { type Failure, type FailureKind, failureKinds } from './failures/failure.ts';
export type { FailureImpact } from './failures/impact.ts';
export { consequencesOf, failureName, isHarmful, losesAtFirst } from './failures/in-words.ts';
export type { Overload } from './failures/strain.ts';
export { type FailureOptions, type FailureSweep, failuresOf, failuresOfNetwork } from './failures/sweep.ts';
export type { BusyResource, Growth, GrowthOptions, GrowthPoint, GrowthStage, GrowthStep } from './growth/growth.ts';
export { growthOf } from './growth/growth.ts';
export type { Network } from './network/network.ts';
export { prepare } from './network/prepare.ts';
export type { Shortfall } from './planning/judgement.ts';
export { type Plan, type PlannedChange, type PlanOptions, planFor } from './planning/plan.ts';
export type { SearchStep } from './planning/search.ts';
export { recoveryOf } from './recovery/recovery.ts';
export { withEdits } from './remedies/apply-edits.ts';
export { movedFraction, type ShardingStrategy, shardingStrategies } from './resharding/moved.ts';
export type { CopyLoad, Resharding, ReshardingOptions, ShardedState, StrategyCost } from './resharding/resharding.ts';
export { reshardingOf } from './resharding/resharding.ts';
export { type SolveOptions, STATIC_FILES, solve, solveNetwork } from './steady/solve.ts';
export { canResize, type Solver, type SolverLoad, type SteadyFigures, solverOf } from './steady/solver.ts';
export {
  type Film,
  filmOf,
  type Judgement,
  judgeScenario,
  type Moment,
  play,
  playNetwork,
  snapshot,
} from './transient/play.ts';
export type {
  ComponentSeries,
  LogEntry,
  Playback,
  PlayOptions,
  RequestSeries,
  ScenarioVerdict,
  WholeSeries,
} from './transient/playback.ts';
