/**
 * The catalogue: instance types, engines, prices, latencies, promises and energy as plain tables, every figure with its source.
 * It must not know architectures, the language or the simulator.
 */
export * from './availability.ts';
export * from './energy.ts';
export * from './engines.ts';
export * from './estimates.ts';
export type { Figure, FigureRange } from './figure.ts';
export * from './instances.ts';
export * from './latencies.ts';
export * from './prices.ts';
export * from './region-round-trips.ts';
export * from './regions.ts';
export * from './round-trips.ts';
export { type Confidence, getSource, type Source, type SourceId, sources } from './sources.ts';
