/** Models and runs that measure the engine of events: how many requests a second it completes, and what that takes. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../stamp.mjs';
import { measurePrograms, type Program, type Run } from './measure.ts';

const models: Readonly<Record<string, string>> = {
  'M/M/1': `users u { rate: 80/s }
server s { serviceTime: 10ms }
u -> s
`,
  'six stations': `users u { rate: 1k/s }
loadBalancer balancer { serviceTime: 0.2ms, algorithm: random }
server web { replicas: 4, serviceTime: 3ms }
cache cache { serviceTime: 0.3ms, hitRatio: 80% }
database database { serviceTime: 4ms }
queue queue { serviceTime: 0.2ms }
worker worker { replicas: 2, serviceTime: 1.5ms }
u -> balancer
balancer -> web
web -> cache : reads 1
cache -> database : misses
web -> queue : publishes 1
queue -> worker
`,
};

/** What simulating a model takes. */
export interface EventFigures {
  readonly model: string;
  /** Million completed requests for each second of processor time. */
  readonly rate: number;
  /** Wall time with one thread over that with two. */
  readonly speedup: number;
  /** MiB after few and after many requests. */
  readonly memory: readonly [number, number];
}

/** Two lengths, so that starting and warming up fall out of their difference. */
const FEW = 1e6;
const MANY = 9e6;

/** Figures of all models; the longer runs of each are measured so many times. */
export function measureEvents(folder: string, turns: number): readonly EventFigures[] {
  return Object.entries(models).map(([model, text], index) => {
    const own = join(folder, 'models', 'events');
    mkdirSync(own, { recursive: true });
    const file = join(own, `model-${index}.arch`);
    writeFileSync(file, text);
    const program = (requests: number, threads: number): Program => ({
      name: 'Loadpath',
      script: join(root, 'bin/loadpath.mjs'),
      args: [
        'simulate',
        file,
        '--engine',
        'events',
        '--requests',
        String(requests),
        '--threads',
        String(threads),
        '-q',
      ],
    });
    const runs = measurePrograms([program(FEW, 1), program(MANY, 1), program(FEW, 2), program(MANY, 2)], turns);
    const [few, many, fewTwo, manyTwo] = runs as [Run, Run, Run, Run];
    return {
      model,
      rate: (MANY - FEW) / 1e3 / (many.cpu - few.cpu),
      speedup: (many.wall - few.wall) / (manyTwo.wall - fewTwo.wall),
      memory: [few.memory, many.memory],
    };
  });
}
