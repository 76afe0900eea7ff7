import { Command } from 'commander';
import { expect, test } from 'vitest';
import { addReportOptions, reportRequests } from './report-requests.ts';

test.each([
  ['', [{ format: 'pretty' }]],
  ['-o x', [{ format: 'pretty', output: 'x' }]],
  ['--format json', [{ format: 'json' }]],
  ['--format json -o -', [{ format: 'json', output: '-' }]],
  ['--format json -o x', [{ format: 'json', output: 'x' }]],
  ['-o x --format json', [{ format: 'json', output: 'x' }]],
  ['-o x --format json --format junit', [{ format: 'json', output: 'x' }, { format: 'junit' }]],
  ['--format sarif -o x --format pretty', [{ format: 'sarif', output: 'x' }, { format: 'pretty' }]],
  ['--format sarif --format pretty --output x', [{ format: 'sarif' }, { format: 'pretty', output: 'x' }]],
])('%s', (args, requests) => expect(parse(args)).toEqual(requests));

test.each([
  [
    '--format sarif --format pretty',
    "The formats 'sarif' and 'pretty' cannot both go to standard output; name a file for one of them with '-o'.",
  ],
  ['--format sarif -o x --format json -o ./x', "The formats 'sarif' and 'json' cannot both go to './x'."],
  ['--format json -o x -o y', "'-o y' has no format of its own; write '--format' before each further file."],
  ['-o x -o y', "'-o y' has no format of its own; write '--format' before each further file."],
  ['--format sarf', "'sarf' is no value of '--format'; did you mean 'sarif'?"],
])('%s is refused', (args, message) => expect(() => parse(args)).toThrow(message));

function parse(args: string) {
  const command = new Command().exitOverride().configureOutput({ outputError: () => {} });
  const options = addReportOptions(command).parse(args.split(' ').filter(Boolean), { from: 'user' }).opts();
  return reportRequests(options, '/work');
}
