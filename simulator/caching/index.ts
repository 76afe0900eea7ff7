// Hit ratios of caches from how popular their items are, how many fit and how long they live. It must not know the
// architecture model, nor bytes: whoever calls it turns memory into items.
export * from './exact.ts';
export * from './popularity.ts';
export * from './replacement.ts';
export * from './time-to-live.ts';
