/** What can flow along a connection, in one table: grammar, completion, hover, diagram and reference read it. */
export const flowTypes = {
  calls: {
    amount: 'perRequest',
    doc: 'Synchronous operations per request handled by the source; the source waits for each.',
  },
  reads: {
    amount: 'perRequest',
    doc: 'Synchronous reads per request handled by the source. They reach read replicas where there are any.',
  },
  writes: {
    amount: 'perRequest',
    doc: 'Synchronous writes per request handled by the source. They reach the primary.',
  },
  publishes: { amount: 'perRequest', doc: 'Messages per request handled by the source, which does not wait for them.' },
  static: {
    amount: 'perRequest',
    doc: 'Requests for static files per request. Servers answer them without calling anyone.',
  },
  misses: { amount: 'none', doc: 'What a cache or CDN did not find goes there.' },
  share: {
    amount: 'fraction',
    doc: 'Share of the traffic of a router. What is left is spread evenly over connections without a share.',
  },
  replicates: { amount: 'none', doc: 'Replication between stores.' },
} as const satisfies Record<string, { readonly amount: 'perRequest' | 'fraction' | 'none'; readonly doc: string }>;

export type FlowType = keyof typeof flowTypes;

/** The flows that the source waits for. */
export const synchronousFlows: readonly FlowType[] = ['calls', 'reads', 'writes'];
