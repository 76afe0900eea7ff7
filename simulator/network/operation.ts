/** What one component asks of another. The numbers index the flat tables of rates and service times. */
export const operation = { call: 0, read: 1, write: 2, static: 3, message: 4, apply: 5 } as const;

/** Index of an operation. `apply` is a write that arrives by replication; it costs work but nobody sent it. */
export type Operation = (typeof operation)[keyof typeof operation];

/** How many operations there are: the stride of the flat tables. */
export const operationCount = 6;

/** All operations in the order of their numbers. */
export const operations: readonly Operation[] = [0, 1, 2, 3, 4, 5];
