/** Properties of views. */
import { listOf, type PropertyTable, quantityOf, wordOf } from '../properties.ts';

export const view: PropertyTable = {
  include: listOf({ type: 'reference', kinds: 'any' }, 'Only these are drawn, with everything in them.', {
    example: 'include: [us]',
  }),
  exclude: listOf({ type: 'reference', kinds: 'any' }, 'These are not drawn, nor what is in them.', {
    example: 'exclude: [watch]',
  }),
  collapse: listOf({ type: 'reference', kinds: 'any' }, 'Containers drawn as one closed box.', {
    example: 'collapse: [eu]',
  }),
  direction: wordOf(
    {
      right: 'From left to right.',
      down: 'From top to bottom.',
      left: 'From right to left.',
      up: 'From bottom to top.',
    },
    'The direction in which requests run.',
    { example: 'direction: right' },
  ),
  scenario: { type: { type: 'name' }, doc: 'The scenario whose load is shown.', example: 'scenario: primaryLoss' },
  at: quantityOf('time', 'The moment of the scenario that is shown.', { example: 'at: 5m' }),
};
