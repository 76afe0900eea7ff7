/** Published numeric results, each as an `.arch` text and the figures that Loadpath has to reproduce. */
import type { ComponentResult, Solution } from '../model/index.ts';

export interface PublishedCase {
  readonly id: string;
  readonly what: string;
  readonly source: string;
  readonly text: string;
  readonly figures: readonly {
    readonly name: string;
    readonly published: number;
    readonly predict: (solution: Solution) => number;
  }[];
}

const station = (users: string, server: string) => `users u { ${users} }\nserver s { ${server} }\nu -> s\n`;

const CIW = 'https://github.com/CiwPython/Ciw/blob/d223453308423640f16c241f2b0590531d2814b7/docs/Guides/Services/';
const CIW_TESTS =
  'https://github.com/CiwPython/Ciw/blob/2ad03e1c5017ad4490edd204e65c0ee8e327d4bb/tests/test_simulation.py';
const LQN = 'https://github.com/layeredqueuing/V5/blob';
const PETRI = `${LQN}/ee02c745b838253f37f180c0461c2abc61ddcbeb/models/regression-xml/petri-results`;
const PDQ = 'https://github.com/DrQz/pdq-qnm-pkg/blob';
const QUEUEING = 'https://github.com/mmarzolla/queueing/blob/f36e01c546a5fed92b68de9a2d50d0ae7653dbe3/inst';
const LINE = 'https://github.com/imperial-qore/line-solver/blob/fd111240d0dff1f527d5a9588d8f7b0b94112103';

/** A report of PDQ at one commit of its repository. */
const pdq = (file: string) => `[report of PDQ (Gunther)](${PDQ}/${encodeURI(file)})`;
/** Tests in a file of the queueing package. */
const queueing = (file: string) => `[tests of the queueing package (Marzolla)](${QUEUEING}/${file})`;
/** A book, its figures as the tests of the queueing package quote them. */
const book = (text: string) => `${text}, in ${queueing('qnos.m')}`;

export const publishedCases: readonly PublishedCase[] = [
  {
    id: 'T-01',
    what: 'M/M/1, 0.75 requests per second of 1 s',
    source: pdq('478fcad506dada9fb6cba86deb18ca4a5c6602fb/examples/ppa_1998/chap2/open1.out'),
    text: station('rate: 0.75/s', 'serviceTime: 1s'),
    figures: [
      { name: 'utilisation', published: 0.75, predict: utilization('s') },
      { name: 'requests in the system', published: 3, predict: inSystem('s') },
      { name: 'mean response, s', published: 4, predict: mean },
    ],
  },
  {
    id: 'T-02',
    what: 'M/M/2, 9 per second, 5 served per second by each server',
    source: queueing('qsmmm.m'),
    text: station('rate: 9/s', 'cores: 2, serviceTime: 200ms'),
    figures: [{ name: 'mean response, s', published: 1.053, predict: mean }],
  },
  {
    id: 'T-03',
    what: 'M/M/4, 9 per second, 5 served per second by each server',
    source: queueing('qsmmm.m'),
    text: station('rate: 9/s', 'cores: 4, serviceTime: 200ms'),
    figures: [{ name: 'mean response, s', published: 0.212, predict: mean }],
  },
  {
    id: 'T-05',
    what: 'a cluster as M/M/4, 0.099 jobs an hour of 10 h',
    source: pdq('c2ad6074b873349e2f69119d6405ab383b972f0d/examples/Linux Magazine/orca.out'),
    text: station('rate: 0.099/h', 'cores: 4, serviceTime: 10h'),
    figures: [
      { name: 'utilisation', published: 0.2475, predict: utilization('s') },
      { name: 'mean response, h', published: 10.0656, predict: (solution) => mean(solution) / 3600 },
    ],
  },
  {
    id: 'T-06',
    what: 'three cashiers, 40 customers an hour of 4 min',
    source: pdq('c2ad6074b873349e2f69119d6405ab383b972f0d/examples/Big Book Store/bks3.rpt'),
    text: station('rate: 40/h', 'cores: 3, serviceTime: 4min'),
    figures: [
      { name: 'utilisation', published: 0.888889, predict: utilization('s') },
      { name: 'customers in the system', published: 9.0467, predict: inSystem('s') },
      { name: 'mean wait, min', published: 9.5701, predict: (solution) => (find(solution, 's').waiting ?? 0) / 60 },
      { name: 'mean response, min', published: 13.5701, predict: (solution) => mean(solution) / 60 },
    ],
  },
  {
    id: 'T-10',
    what: 'M/M/4/6, overloaded: what is refused',
    source: queueing('qsmmmk.m'),
    text: station('rate: 50/s', 'cores: 4, serviceTime: 100ms, maxQueue: 2'),
    figures: [{ name: 'refused', published: 0.293543, predict: (solution) => find(solution, 's').refused }],
  },
  {
    id: 'T-14',
    what: 'processor sharing, 4 per second, 9 served per second',
    source: `[guide of Ciw](${CIW}processor-sharing.rst): 1/(9 − 4), with which it compares its simulation`,
    text: station('rate: 4/s', 'serviceTime: 1s / 9, discipline: processorSharing'),
    figures: [{ name: 'mean response, s', published: 0.2, predict: mean }],
  },
  {
    id: 'T-15',
    what: 'two priorities at one server without interruptions, 0.2 and 0.6 per second of 1 s',
    source: `[tests of Ciw](${CIW_TESTS}): figures of the literature`,
    text: `users u { rate: 0.8/s }
server s { serviceTime: 1s, discipline: priority }
u -> s
request urgent { share: 25%, priority: 1 }
`,
    figures: [
      { name: 'mean response of the urgent, s', published: 2, predict: meanOf('urgent') },
      { name: 'mean response of the others, s', published: 6, predict: meanOf('default') },
    ],
  },
  {
    id: 'T-22',
    what: 'a processor and two disks, visits 121, 70 and 50',
    source: book('Lazowska et al., Quantitative System Performance, 1984, p. 113'),
    text: `users u { rate: 0.3/s }
workflow session { serviceTime: 0s }
server cpu { serviceTime: 5ms }
server disk1 { serviceTime: 30ms }
server disk2 { serviceTime: 27ms }
u -> session
session -> cpu : calls 121
session -> disk1 : calls 70
session -> disk2 : calls 50
`,
    figures: [
      { name: 'utilisation of the processor', published: 0.182, predict: utilization('cpu') },
      { name: 'requests at the processor', published: 0.222, predict: inSystem('cpu') },
    ],
  },
  {
    id: 'T-23',
    what: 'three stations, visits 16, 7 and 8',
    source: book('Jain, The Art of Computer Systems Performance Analysis, 1991, example 34.1'),
    text: `users u { rate: 3/s }
workflow session { serviceTime: 0s }
server a { serviceTime: 10ms }
server b { serviceTime: 20ms }
server c { serviceTime: 30ms }
u -> session
session -> a : calls 16
session -> b : calls 7
session -> c : calls 8
`,
    figures: [
      { name: 'mean response of a, s', published: 0.0192, predict: response('a') },
      { name: 'mean response of b, s', published: 0.0345, predict: response('b') },
      { name: 'mean response of c, s', published: 0.107, predict: response('c') },
    ],
  },
  {
    id: 'T-24',
    what: 'four stations with feedback',
    source: book('Bolch et al., Queueing Networks and Markov Chains, 1998, example 7.4'),
    text: `users u { rate: 4/s }
server n1 { serviceTime: 40ms }
server n2 { serviceTime: 30ms }
server n3 { serviceTime: 60ms }
server n4 { serviceTime: 50ms }
u -> n4
n4 -> n1
n1 -> n2 : calls 0.5
n1 -> n3 : calls 0.5
n2 -> n1
n3 -> n1 : calls 0.6
`,
    figures: [
      { name: 'throughput of station 1, per s', published: 20, predict: (solution) => find(solution, 'n1').throughput },
      { name: 'utilisation of station 1', published: 0.8, predict: utilization('n1') },
      { name: 'mean response of station 3, s', published: 0.15, predict: response('n3') },
      { name: 'requests at station 2', published: 0.429, predict: inSystem('n2') },
    ],
  },
  {
    id: 'T-30',
    what: '100 users who think for 300 s, work of 0.63 s',
    source: pdq('4d0f9c9def7938dbacf6caa6d6d14954586f6e83/examples/Book PPA 1998/chap2/closed1.out'),
    text: station('population: 100, thinkTime: 300s', 'serviceTime: 630ms'),
    figures: [
      { name: 'throughput, per s', published: 0.3325, predict: ({ rate }) => rate },
      { name: 'mean response, s', published: 0.7943, predict: mean },
      { name: 'utilisation', published: 0.209445, predict: utilization('s') },
    ],
  },
  {
    id: 'T-35',
    what: 'three machines, two repairers (M/M/2//3)',
    source: `[tutorial 3 of LINE](${LINE}/python-wrapper/examples/gettingstarted/tut03_repairmen.ipynb), a solved Markov chain`,
    text: station('population: 3, thinkTime: 2s', 'cores: 2, serviceTime: 250ms'),
    figures: [
      { name: 'throughput, per s', published: 1.3324, predict: ({ rate }) => rate },
      { name: 'mean response, s', published: 0.2515, predict: mean },
    ],
  },
  {
    id: 'T-40',
    what: 'three users who never think beside one request per second of others',
    source: `Schwetman, Implementing the Mean Value Analysis, 1982, figure 10, in ${queueing('qnmix.m')}`,
    text: `users open { rate: 1/s }
users closed { population: 3, thinkTime: 0s }
workflow both { serviceTime: 0s }
server a { serviceTime: 250ms }
server b { serviceTime: 100ms }
open -> a
closed -> both
both -> a, b : calls 1
`,
    figures: [
      {
        name: 'throughput of the three, 3 / (0.885 s + 0.135 s)',
        published: 2.941,
        predict: ({ rate }) => rate - 1,
      },
      {
        name: 'requests at a, 1.201 + 2.941 × 0.885',
        published: 3.804,
        predict: inSystem('a'),
      },
    ],
  },
  {
    id: 'T-41',
    what: 'two open and two closed chains at two stations',
    source: `Lazowska et al., Quantitative System Performance, 1984, p. 148, in ${queueing('qnmix.m')}`,
    text: `users a { rate: 1/s }
users b { rate: 0.5/s }
users c { population: 1, thinkTime: 0s }
users d { population: 1, thinkTime: 0s }
workflow wa { serviceTime: 0s }
workflow wb { serviceTime: 0s }
workflow wc { serviceTime: 0s }
workflow wd { serviceTime: 0s }
server s1 { serviceTime: 1s / 4 }
server s2 { serviceTime: 1s / 6 }
a -> wa
b -> wb
c -> wc
d -> wd
wa -> s1, s2 : calls 1
wb -> s1 : calls 2
wb -> s2 : calls 6
wc -> s1 : calls 2
wc -> s2 : calls 6
wd -> s1 : calls 4
wd -> s2 : calls 8
`,
    figures: [
      {
        name: 'requests at s1, 9/19 closed and 28/19 open',
        published: 1.9474,
        predict: inSystem('s1'),
      },
      {
        name: 'requests at s2, 29/19 closed and 96/19 open',
        published: 6.5789,
        predict: inSystem('s2'),
      },
    ],
  },
  {
    id: 'L-20',
    what: 'layered network 20: four clients who think for 1 s, a task of two threads',
    source: `[results of petrisrvn](${PETRI}/20-multiserver.lqxo), a solved Petri net, of the layered queueing network solvers (Franks et al.)`,
    text: `users client { population: 4, thinkTime: 1s }
server server { threads: 2, cores: 4, serviceTime: 1s }
client -> server
`,
    figures: [
      { name: 'throughput, per s', published: 1.7, predict: ({ rate }) => rate },
      { name: 'mean response, s', published: 1.352942, predict: mean },
      {
        name: 'mean wait for a thread, s',
        published: 0.352942,
        predict: (solution) => find(solution, 'server').waiting!,
      },
    ],
  },
  {
    id: 'L-12',
    what: 'layered network 12: two clients call a task, which they and another task hold a thread for (interlock)',
    source: `[results of petrisrvn](${PETRI}/12-interlock.lqxo), with a random number of calls of mean 1 where Loadpath has one call`,
    text: `users t0 { population: 2, thinkTime: 1s }
workflow session { serviceTime: 0s }
server t1 { threads: 1, serviceTime: 1s }
server t2 { threads: 1, serviceTime: 1s }
t0 -> session
session -> t2, t1 : calls 1
t1 -> t2 : calls 1
`,
    figures: [
      { name: 'throughput, per s', published: 0.345407, predict: ({ rate }) => rate },
      { name: 'mean response, s', published: 4.79027, predict: mean },
      { name: 'utilisation of t2', published: 0.690811, predict: (solution) => cpuOf(solution, 't2') },
    ],
  },
  ...(
    [
      [4, 2, 0.66208, 1.04157],
      [10, 1, 0.981618, 5.18735],
      [10, 2, 1.51927, 1.58218],
    ] as const
  ).map(([users, cores, rate, response]) => ({
    id: `L-${users}-${cores}`,
    what: `layered network 1-class: ${users} users who think for 5 s, ${cores} processors`,
    source: `[results of petrisrvn](${LQN}/56452fa2a81f9689d646fbdcfdb4b494a435ea49/models/user-models/zhou-multiserver/1-class/petri)`,
    text: `users t0 { population: ${users}, thinkTime: 5s }\nserver p0 { cores: ${cores}, serviceTime: 1s }\nt0 -> p0\n`,
    figures: [
      { name: 'throughput, per s', published: rate, predict: (solution: Solution) => solution.rate },
      { name: 'mean response, s', published: response, predict: mean },
    ],
  })),
];

function cpuOf(solution: Solution, path: string): number {
  return find(solution, path).resources.find(({ resource }) => resource === 'cpu')?.utilization ?? Number.NaN;
}

function mean({ response }: Solution): number {
  return response.mean;
}

function meanOf(request: string): (solution: Solution) => number {
  return ({ requests }) => requests.find(({ name }) => name === request)?.response.mean ?? Number.NaN;
}

function utilization(path: string): (solution: Solution) => number {
  return (solution) => find(solution, path).utilization ?? Number.NaN;
}

function inSystem(path: string): (solution: Solution) => number {
  return (solution) => find(solution, path).inSystem ?? Number.NaN;
}

function response(path: string): (solution: Solution) => number {
  return (solution) => find(solution, path).response?.mean ?? Number.NaN;
}

function find({ components }: Solution, path: string): ComponentResult {
  const component = components.find((one) => one.path === path);
  if (!component) throw new Error(`No result for '${path}'.`);
  return component;
}
