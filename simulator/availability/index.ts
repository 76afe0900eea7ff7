// Formulas for the availability of parts that are needed together, that stand in for each other and that are repaired. It
// must not know the architecture model; whoever calls it decides which failures are shared.
export * from './block-diagram.ts';
export * from './repair.ts';
