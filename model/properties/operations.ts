/** Properties of monitoring and automation. */
import { booleanOf, listOf, type PropertyTable, wordOf } from '../properties.ts';

export const monitoring: PropertyTable = {
  logs: wordOf(
    { central: 'In one place, searchable.', perServer: 'On each server.', none: 'Nowhere.' },
    'Where the logs are.',
  ),
  metrics: listOf(
    {
      type: 'enum',
      values: {
        host: 'CPU, memory, disk of each machine.',
        aggregate: 'Of a whole tier.',
        business: 'Active users, retention, revenue.',
      },
    },
    'Levels that are measured.',
    { example: 'metrics: [host, aggregate, business]' },
  ),
  alerts: booleanOf('Somebody is called when a limit is crossed.', { default: false }),
  tracing: booleanOf('Requests are traced across components.', { default: false }),
  watches: listOf({ type: 'reference', kinds: 'any' }, 'What is watched; a container stands for everything in it.', {
    example: 'watches: [us, eu]',
  }),
};

export const automation: PropertyTable = {
  builds: booleanOf('Each change is built.', { default: false }),
  tests: booleanOf('Each change is tested.', { default: false }),
  deploys: listOf(
    { type: 'reference', kinds: 'any' },
    'What is deployed by it; a container stands for everything in it.',
    { example: 'deploys: [us, eu]' },
  ),
};
