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
  ['--users 5ms', "'5ms' is no value of '--users'; it takes a number such as 5M."],
  ['--users 0', "'0' is no value of '--users'; it takes a number such as 5M."],
  ['--max-warnings -1', "'-1' is no value of '--max-warnings'; it takes a whole number."],
  ['--load peek', "'peek' is no value of '--load'; did you mean 'peak'?"],
  ['--fail-on x', "'x' is no value of '--fail-on'; it is one of error, warning, info, never."],
])('%s is refused', (args, message) => expect(() => parse(args)).toThrow(message));

test('a scale is above 0', () => {
  const scale = (text: string) =>
    new Command()
      .addOption(positiveNumber('--scale <factor>', 'zoom', 2))
      .parse(['--scale', text], { from: 'user' })
      .opts();
  expect(scale('1.5')).toEqual({ scale: 1.5 });
  for (const text of ['0', '-1', 'x', 'Infinity', ' ']) expect(() => scale(text)).toThrow('it takes a number above 0.');
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
