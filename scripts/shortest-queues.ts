/**
 * Prints the tables of `simulator/queueing/watched-queues.ts`: mean response times behind balancers that look at the queues, by simulation of
 * the jump chain of n exponential servers. M/M/n runs along on the same events; its mean is known, which takes most of the noise
 * away. Seeded: the same figures on every machine. Takes about ten minutes.
 *
 *     node scripts/shortest-queues.ts
 */
import { erlangC } from '../simulator/queueing/index.ts';
import { fewerOfTwoAmongMany, MACHINES, UTILIZATIONS } from '../simulator/queueing/watched-queues.ts';

const EVENTS = 2e7;

/** Mean response time in service times of `servers` servers when each request joins the shortest of `choices` queues. */
function meanResponse(servers: number, utilization: number, choices: number): number {
  const random = generator(servers * 1000 + Math.round(utilization * 100) + choices);
  const queues = new Int32Array(servers);
  const arrivalRate = servers * utilization;
  const arrives = arrivalRate / (arrivalRate + servers);
  const sums = { separate: 0, pooled: 0 };
  let [separate, pooled] = [0, 0];
  for (let event = -EVENTS / 20; event < EVENTS; event++) {
    const drawn = random();
    if (drawn < arrives) {
      const shortest = choices < servers ? shorterOfTwo(queues, random) : shortestOfAll(queues, random);
      queues[shortest]! += 1;
      separate++;
      pooled++;
    } else {
      const server = Math.min(servers - 1, Math.floor(((drawn - arrives) / (1 - arrives)) * servers));
      if (queues[server]! > 0) {
        queues[server]! -= 1;
        separate--;
      }
      if (pooled > server) pooled--;
    }
    if (event < 0) continue;
    sums.separate += separate;
    sums.pooled += pooled;
  }
  const known = 1 + erlangC(servers, arrivalRate) / (servers * (1 - utilization));
  return known + (sums.separate - sums.pooled) / EVENTS / arrivalRate;
}

function shortestOfAll(queues: Int32Array, random: () => number): number {
  const start = Math.floor(random() * queues.length);
  let best = start;
  for (let i = 1; i < queues.length && queues[best]! > 0; i++) {
    const other = (start + i) % queues.length;
    if (queues[other]! < queues[best]!) best = other;
  }
  return best;
}

function shorterOfTwo(queues: Int32Array, random: () => number): number {
  const one = Math.floor(random() * queues.length);
  const two = (one + 1 + Math.floor(random() * (queues.length - 1))) % queues.length;
  return queues[two]! < queues[one]! ? two : one;
}

/** sfc32 of PractRand, 32 bits a number. */
function generator(seed: number): () => number {
  let [a, b, c, counter] = [seed | 0, 0x9e3779b9 | 0, 0x243f6a88, 1];
  return () => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + sum;
    c |= 0;
    return (sum >>> 0) / 2 ** 32;
  };
}

function print(name: string, entry: (servers: number, utilization: number) => number) {
  console.log(name);
  for (const servers of MACHINES) {
    const row = UTILIZATIONS.slice(1, -1).map((utilization) => Math.max(0, entry(servers, utilization)).toFixed(3));
    console.log(`  [${row.join(', ')}],`);
  }
}

print('ALL', (servers, utilization) => {
  const wait = meanResponse(servers, utilization, servers) - 1;
  return servers * (1 - utilization) * wait - erlangC(servers, servers * utilization);
});
print('TWO', (servers, utilization) => {
  const more = meanResponse(servers, utilization, 2) - fewerOfTwoAmongMany(utilization, 1).response;
  return servers * (1 - utilization) * more;
});
