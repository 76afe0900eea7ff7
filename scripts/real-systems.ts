/** What was published about the systems in examples/real, to hold the predictions against. */
import { type Analysis, formatPercent, formatTime } from '../model/index.ts';

export interface RealSystem {
  readonly file: string;
  readonly title: string;
  readonly intro: string;
  readonly comparisons: readonly {
    readonly what: string;
    readonly overrides?: Readonly<Record<string, string>>;
    readonly predict: (analysis: Analysis) => string;
    readonly measured: string;
    readonly verdict: string;
  }[];
  readonly lessons: string;
}

export const realSystems: readonly RealSystem[] = [
  {
    file: 'examples/real/stack-overflow-2016.arch',
    title: 'Stack Overflow, 9 February 2016',
    intro: `From two posts of Nick Craver:
[Stack Overflow: The Architecture – 2016 Edition](https://nickcraver.com/blog/2016/02/17/stack-overflow-the-architecture-2016-edition/)
(17 February 2016) and
[Stack Overflow: The Hardware – 2016 Edition](https://nickcraver.com/blog/2016/03/29/stack-overflow-the-hardware-2016-edition/)
(29 March 2016).
Inputs are the published counts and total milliseconds of one day; the published CPU loads are not used.
The file is [stack-overflow-2016.arch](stack-overflow-2016.arch).`,
    comparisons: [
      {
        what: 'CPU of the nine web servers at the mean load',
        predict: (analysis) => utilization(analysis, 'web.iis'),
        measured: 'shown as low; 5–15 % in the post of 2013',
        verdict: 'just below the range of 2013, on newer machines; the mean of a day, not its peak',
      },
      {
        what: 'CPU of SQL Server',
        predict: (analysis) => utilization(analysis, 'data.sql'),
        measured: '"almost always 5–10 %"',
        verdict: 'about twice too high: the inputs are wall-clock times, which include waiting for disk and locks',
      },
      {
        what: 'CPU of Redis',
        predict: (analysis) => utilization(analysis, 'data.redis'),
        measured: 'below 2 % for every instance',
        verdict: 'too high for the same reason, and because two processes stand in for the many instances of that day',
      },
      {
        what: 'CPU of the tag engine',
        predict: (analysis) => utilization(analysis, 'data.tagEngine'),
        measured: 'not published',
        verdict: '–',
      },
      {
        what: 'one web server instead of nine: its CPU',
        overrides: { webServers: '1' },
        predict: (analysis) => utilization(analysis, 'web.iis'),
        measured: '"needing only 1 web server", tried unintentionally a few times: it works',
        verdict: 'agrees: it carries the mean load with room to spare',
      },
      {
        what: 'one web server: does it still answer?',
        overrides: { webServers: '1' },
        predict: ({ solution }) => (solution.errors === 0 && Number.isFinite(solution.response.mean) ? 'yes' : 'no'),
        measured: 'yes',
        verdict: 'agrees',
      },
      {
        what: 'mean time in ASP.NET for a request at the load balancer',
        predict: ({ solution }) => formatTime(solution.response.mean),
        measured: '7.69 ms (1,609,944,301 ms for 209,420,973 requests)',
        verdict: 'the sum of the same inputs plus queueing and network, so this checks the arithmetic, not the model',
      },
    ],
    lessons: `The web tier is predicted from work that excludes waiting, and fits.
The data tier is predicted from wall-clock times, and is over-estimated: whoever has CPU times should use those.`,
  },
];

function utilization({ solution }: Analysis, path: string): string {
  const value = solution.components.find((component) => component.path === path)?.utilization;
  return value === undefined ? 'unknown' : formatPercent(value);
}
