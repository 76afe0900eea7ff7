import { Command } from 'commander';
import { expect, test } from 'vitest';
import { addLoadOptions, addThresholdOptions, choice, collect, positiveNumber } from './options.ts';

test.each([
  ['--users 5M', { users: 5_000_000 }],
  ['--users 1_000', { users: 1000 }],
  ['--load mean', { load: 'mean' }],
  ['--max-warnings 3', { maxWarnings: 3 }],
])('%s', (args, expected) => expect(parse(args)).toMatchObject(expected));

test.each([
  ['--users 5ms', "option '--users <count>' argument '5ms' is invalid. It is a number such as 5M."],
  ['--users 0', "option '--users <count>' argument '0' is invalid. It is a number such as 5M."],
  ['--max-warnings -1', "option '--max-warnings <count>' argument '-1' is invalid. It is a whole number."],
  ['--load peek', "option '--load <load>' argument 'peek' is invalid. Did you mean 'peak'?"],
  ['--fail-on x', "option '--fail-on <severity>' argument 'x' is invalid. It is one of error, warning, info, never."],
])('%s is refused', (args, message) => expect(() => parse(args)).toThrow(message));

test('a scale is above 0', () => {
  expect(positiveNumber('1.5')).toBe(1.5);
  for (const text of ['0', '-1', 'x', 'Infinity', '']) expect(() => positiveNumber(text)).toThrow('above 0');
});

test('repeated options are collected', () => expect(collect('b', ['a'])).toEqual(['a', 'b']));

test('a choice has its default', () => {
  expect(
    new Command()
      .addOption(choice('--f <f>', 'which', ['a', 'b'], 'a'))
      .parse([], { from: 'user' })
      .opts(),
  ).toEqual({ f: 'a' });
});

function parse(args: string): Record<string, unknown> {
  const command = new Command().exitOverride().configureOutput({ outputError: () => {} });
  return addThresholdOptions(addLoadOptions(command)).parse(args.split(' '), { from: 'user' }).opts();
}
