/** What is to happen when: moments in order, those of the same time in the order in which they were added. */
export interface Agenda {
  add(at: number, act: () => void): void;
  /** The time of the next moment; Infinity where nothing is left. */
  next(): number;
  /** Does everything that is due; true if there was anything. */
  run(now: number): boolean;
}

/** An empty agenda. */
export function createAgenda(): Agenda {
  const entries: { readonly at: number; readonly act: () => void }[] = [];
  return {
    add(at, act) {
      if (!Number.isFinite(at)) return;
      let place = entries.length;
      while (place > 0 && entries[place - 1]!.at > at) place--;
      entries.splice(place, 0, { at, act });
    },
    next: () => entries[0]?.at ?? Number.POSITIVE_INFINITY,
    run(now) {
      let ran = false;
      for (let first = entries[0]; first && first.at <= now; first = entries[0]) {
        entries.shift();
        first.act();
        ran = true;
      }
      return ran;
    },
  };
}
