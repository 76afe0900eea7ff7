/** Writes docs/accuracy.md: published results and what Loadpath predicts for the same architecture, side by side. `--check` compares. */
import { parse } from '../language/index.ts';
import { simulate, solve } from '../simulator/index.ts';
import { publishedCases } from './accuracy-cases.ts';
import { emit } from './emit.ts';
import { simulatedSolution } from './simulated-solution.ts';

/** Requests that every case is simulated with. */
const REQUESTS = 100_000;

const cases = await Promise.all(
  publishedCases.map(async ({ id, what, source, text, figures }) => {
    const { architecture, findings } = await parse(text);
    if (findings.length > 0) throw new Error(`${id}: ${findings[0]!.message}`);
    const solution = solve(architecture);
    const simulation = simulate(architecture, { requests: REQUESTS, seed: Number(/\d+/.exec(id)![0]) })!;
    const simulated = simulatedSolution(solution, simulation);
    const above = simulatedSolution(solution, simulation, 1);
    const titles = (at: number, ...all: readonly string[]) => (at === 0 ? all : all.map(() => ''));
    return {
      formulas: figures.map(({ name, published, predict }, at) => {
        const predicted = predict(solution);
        const figure = [name, published, Number(predicted.toPrecision(6)), percent(predicted / published - 1, 2)];
        return `| ${[...titles(at, id, what, source), ...figure].join(' | ')} |`;
      }),
      events: figures.map(({ name, published, predict }, at) => {
        const seen = predict(simulated);
        const half = Math.abs(predict(above) - seen);
        const figure = [name, published, Number(seen.toPrecision(4)), `± ${percent(half / seen, 1)}`];
        return `| ${[...titles(at, id), ...figure, percent(seen / published - 1, 1)].join(' | ')} |`;
      }),
    };
  }),
);

function percent(share: number, digits: number): string {
  return `${(share * 100).toFixed(digits)} %`;
}

const texts = publishedCases.map(({ id, what, text }) => `### ${id}: ${what}\n\n\`\`\`arch\n${text}\`\`\``);

emit(
  'docs/accuracy.md',
  `# Accuracy

Figures that others have published, and what Loadpath computes from an \`.arch\` text of the same system.
Nothing is tuned; differences are those of the printed digits of the source unless said otherwise.
This page is generated (\`npm run docs\`). The tests hold more cases than fit here, to the tolerance of each source.

| case | system | source | figure | published | Loadpath | difference |
|---|---|---|---|---|---|---|
${cases.flatMap(({ formulas }) => formulas).join('\n')}

Except for L-12, where two tiers call the same third one, these cases are exact for their model: random arrivals, exponential service times.
Where a design leaves that model, the reports mark the figure as approximate and say why and by how much:

- other service times with one server: exact mean (Pollaczek–Khinchine); with several servers Whitt's refinement of 1993, whose mean
  response was within 2 % for squared variability up to 1, within 8 % at 4, and off by 20 % and more at 16;
- processor sharing: exact means for every service time; percentiles of exponential ones within 1 % from p90 on, of others within
  6 % of simulations, and within 10 % where short and ten times longer requests are mixed;
- priorities: exact means for one server, and for equal exponential service times on several; percentiles by two moments of the wait, within
  7 % at p99 of simulations request by request; different service times on several servers within 9 %;
- arrivals that are not random, behind other service times or bursty users: by their variability (Whitt's Queueing Network Analyzer), mean
  responses within 8 % of simulations of stations in a row in nine of ten cases, 12 % in the worst; equal constant services in a row, of
  which only the first makes anybody wait, count as if the second did, too; behind a mix of short and
  thirty times longer requests a simulation had waits of 0.41 ms where 0.53 were computed;
- bounded queues before other than exponential services: what is refused by two moments (Kimura 1996), from a utilisation of 0.9 on within 10 % of
  exact chains for constant services and within 16 % for a squared variability of 4; where little is refused, too much by up to a half;
- calls that are tried again: attempts are taken as independent; of calls made at the same time, waits are, which is an upper bound;
- threads and pools of connections that requests hold while they wait for others: the mean response was within 3 % of the Markov chain
  with up to 90 % of them in use; above 95 % the report names the command that [simulates](simulation.md);
- users who think before servers with few threads: within 0.3 % of simulations where every tier calls the next one, within 4 % where two
  tiers call the same third one; several groups of such users, and more than 500, by the interactive response time law, which was off
  by up to 27 %;
- percentiles of a path: the distribution of the sum, by numerical inversion of its transform; exact where the visits are independent;
- hit ratios by characteristic times (Che): within 2 % for the smallest caches, 0.3 % from fifty items on.

## Simulated

The same texts, [simulated request by request](simulation.md) with 100,000 requests and the number of the case as the seed. Beside each figure is half of
its interval of 95 %, which one in twenty should miss.

| case | figure | published | simulated | interval | difference |
|---|---|---|---|---|---|
${cases.flatMap(({ events }) => events).join('\n')}

Formulas and simulation are compared on generated networks by the tests, too (\`simulator/events/random-networks.ts\`): servers of one and several
cores, caches, queues with workers, in trees of calls. Of 40 networks with exponential times the mean response of the formulas was within
3.4 % of the simulated one and the 99th percentile within 6.6 %; of 40 with squared variations up to 4 they were within 9.1 % and 13.8 %
(100,000 requests each, so chance is part of that). Where every request comes to the same busy queue several times in a row, its waits are alike:
the 99th percentile of the formulas was up to 32 % too low, while the means held.

How a real system compares is told in [Stack Overflow, 2016](../examples/real/README.md): there the inputs, not the formulas, are what
the error comes from.

## The texts

${texts.join('\n\n')}
`,
);
