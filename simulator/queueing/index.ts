// Formulas for single queues and networks of queues in equilibrium, over plain numbers in seconds and requests per
// second. It must not know the architecture model, nor how its results are shown.
export * from './bounds.ts';
export * from './closed-multi-class.ts';
export * from './closed-network.ts';
export * from './erlang.ts';
export * from './flow-equivalent.ts';
export * from './ggc.ts';
export * from './ggck.ts';
export * from './jackson.ts';
export * from './load-balancing.ts';
export * from './mg1.ts';
export * from './mixed-weights.ts';
export * from './mmc.ts';
export * from './mmck.ts';
export * from './priority.ts';
export * from './processor-sharing.ts';
export * from './slowdown.ts';
export type { Mmc, StationMetrics } from './station.ts';
export * from './traffic-variability.ts';
export * from './usl.ts';
export * from './watched-queues.ts';
