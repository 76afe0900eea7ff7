/** What is going to happen, the earliest first: a heap with four children for each entry, over typed arrays. */

/**
 * Times with a whole number each that says what happens then. What is due at the same time comes in a fixed order. What has been taken leaves a
 * hole that the next entry fills: most events cause one other.
 */
export class EventHeap {
  /** Times; the earliest is at 0, unless it is taken. */
  times = new Float64Array(1024);
  /** What happens at these times. */
  events = new Int32Array(1024);
  private size = 0;
  private isTaken = false;

  push(time: number, event: number): void {
    if (this.isTaken) {
      this.isTaken = false;
      this.sink(time, event);
      return;
    }
    if (this.size === this.times.length) this.grow();
    const { times, events } = this;
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

  /** Time of the earliest; Infinity where there is none. */
  earliest(): number {
    if (this.isTaken) {
      this.isTaken = false;
      const last = --this.size;
      if (last > 0) this.sink(this.times[last]!, this.events[last]!);
    }
    return this.size > 0 ? this.times[0]! : Number.POSITIVE_INFINITY;
  }

  /** Takes the earliest, whose time has been asked for. */
  take(): number {
    this.isTaken = true;
    return this.events[0]!;
  }

  /** Puts an entry in the place of the first one. */
  private sink(time: number, event: number): void {
    const { times, events, size } = this;
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
    const times = new Float64Array(this.times.length * 2);
    const events = new Int32Array(this.times.length * 2);
    times.set(this.times);
    events.set(this.events);
    this.times = times;
    this.events = events;
  }
}
