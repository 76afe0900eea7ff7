/** What is going to happen, the earliest first: a heap with four children for each entry, over typed arrays. */

/**
 * Times with a whole number each that says what happens then. What is due at the same time comes in a fixed order. What has been taken leaves a
 * hole that the next entry fills: most events cause one other.
 */
export class EventHeap {
  /** Times; the earliest is at 0, Infinity where there is none, once `settle` was called. */
  times = new Float64Array(1024).fill(Number.POSITIVE_INFINITY);
  /** What happens at these times. */
  events = new Int32Array(1024);
  /** The time of the next entry. A number that is not whole would be allocated for being handed to a function. */
  readonly due = new Float64Array(1);
  private size = 0;
  private isTaken = false;

  /** Adds what is to happen at the time that is in `due`. */
  push(event: number): void {
    if (this.isTaken) {
      this.isTaken = false;
      this.sink(event);
      return;
    }
    if (this.size === this.times.length) this.grow();
    const { times, events } = this;
    const time = this.due[0]!;
    let hole = this.size++;
    while (hole > 0) {
      const parent = (hole - 1) >> 2;
      const above = times[parent]!;
      if (above <= time) break;
      times[hole] = above;
      events[hole] = events[parent]!;
      hole = parent;
    }
    times[hole] = time;
    events[hole] = event;
  }

  /** Fills the hole at 0, if there is one. */
  settle(): void {
    if (!this.isTaken) return;
    this.isTaken = false;
    const last = --this.size;
    this.due[0] = this.times[last]!;
    this.times[last] = Number.POSITIVE_INFINITY;
    if (last > 0) this.sink(this.events[last]!);
  }

  /** Takes the earliest, after `settle`. */
  take(): number {
    this.isTaken = true;
    return this.events[0]!;
  }

  /** Puts an entry in the place of the first one. */
  private sink(event: number): void {
    const { times, events, size } = this;
    const time = this.due[0]!;
    let hole = 0;
    for (;;) {
      const first = hole * 4 + 1;
      if (first >= size) break;
      let least = first;
      let leastTime = times[first]!;
      const end = first + 4 < size ? first + 4 : size;
      for (let child = first + 1; child < end; child++) {
        const at = times[child]!;
        if (at < leastTime) {
          leastTime = at;
          least = child;
        }
      }
      if (leastTime >= time) break;
      times[hole] = leastTime;
      events[hole] = events[least]!;
      hole = least;
    }
    times[hole] = time;
    events[hole] = event;
  }

  private grow(): void {
    const times = new Float64Array(this.times.length * 2).fill(Number.POSITIVE_INFINITY);
    const events = new Int32Array(this.times.length * 2);
    times.set(this.times);
    events.set(this.events);
    this.times = times;
    this.events = events;
  }
}
