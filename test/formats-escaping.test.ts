/** Whatever findings say, the formats hold: names and messages come from files that may be anyone's. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { CheckReport } from '../cli/reports/check.ts';
import { formatCheckstyle } from '../cli/reports/formats/checkstyle.ts';
import { formatCompact } from '../cli/reports/formats/compact.ts';
import type { FormatContext } from '../cli/reports/formats/format.ts';
import { escapeData, escapeProperty, formatGithub } from '../cli/reports/formats/github.ts';
import { formatGitlab } from '../cli/reports/formats/gitlab.ts';
import { formatJsonLines } from '../cli/reports/formats/jsonl.ts';
import { formatJunit } from '../cli/reports/formats/junit.ts';
import { escapeMarkdown, formatMarkdown } from '../cli/reports/formats/markdown.ts';
import { formatSarif } from '../cli/reports/formats/sarif.ts';
import { sourcesOf } from '../cli/reports/sources.ts';
import { plain } from '../cli/terminal.ts';
import { type Finding, type Span, severities } from '../model/index.ts';
import { gitlabErrors, sarifErrors, xmlErrors } from './harness/validators.ts';

const nasty = fc.constantFrom(
  ...[
    '\n',
    '\r',
    '\r\n',
    '\t',
    '%',
    '%0A',
    '::',
    ':',
    ',',
    '"',
    "'",
    '<',
    '>',
    '&',
    ']]>',
    '<!--',
    '|',
    '\\',
    '`',
    '$',
  ],
  ...[
    '\u0000',
    '\u0007',
    '\u001b[31m',
    '\u0085',
    '\u2028',
    '\ud800',
    '\udc00',
    '\ufffe',
    '🚀',
    '@you',
    '[a](1)',
    '::error::',
  ],
);
const text = fc
  .array(fc.oneof(nasty, fc.string({ unit: 'binary', maxLength: 4 })), { maxLength: 8 })
  .map((parts) => parts.join(''));
const file = text.map(
  (name) => `file:///project/${encodeURIComponent(name.toWellFormed().replaceAll(/[\0/]/g, ''))}x.arch`,
);
const position = fc.record({ line: fc.nat(9), character: fc.nat(30) }).map((at) => ({ ...at, offset: 0 }));
const span: fc.Arbitrary<Span> = fc
  .tuple(file, position, position)
  .map(([file, a, b]) => ({ file, start: isBefore(a, b) ? a : b, end: isBefore(a, b) ? b : a }));
const finding: fc.Arbitrary<Finding> = fc.record(
  {
    rule: fc.constantFrom('cache-without-expiry', 'syntax', 'internal-error'),
    severity: fc.constantFrom(...severities),
    message: text.map((said) => `x${said}`),
    span,
    subject: text,
    related: fc.array(fc.record({ message: text, span }), { maxLength: 2 }),
  },
  { requiredKeys: ['rule', 'severity', 'message', 'span'] },
);
const findings = fc.array(finding, { maxLength: 20 });

describe('one line for each finding', () => {
  test.each([
    ['compact', formatCompact],
    ['jsonl', formatJsonLines],
    ['github', formatGithub],
  ] as const)('%s', (_name, format) => {
    fc.assert(
      fc.property(findings, (found) => {
        const report = format(reportOf(found), contextOf(found));
        expect(report.split(/\r\n|[\n\v\f\r\u0085\u2028\u2029]/)).toHaveLength(found.length + 1);
        expect(report === '' || report.endsWith('\n')).toBe(true);
      }),
    );
  });
});

test('GitHub reads back what was written, but for control characters', () => {
  fc.assert(
    fc.property(findings, (found) => {
      const commands = formatGithub(reportOf(found), contextOf(found)).split('\n').slice(0, -1).map(readCommand);
      expect(commands.map(({ severity }) => severity)).toEqual(
        found.map(({ severity }) => (severity === 'info' ? 'notice' : severity)),
      );
      for (const [at, { properties, message }] of commands.entries()) {
        const { rule, message: said, span } = found[at]!;
        expect(properties.title).toBe(rule);
        expect(properties.line).toBe(String(span.start.line + 1));
        expect(message.startsWith(`${properties.file}:${properties.line}:`)).toBe(true);
        expect(message.endsWith(` ${visible(said)}`)).toBe(true);
      }
    }),
  );
});

test('what is escaped for GitHub can be read back', () => {
  fc.assert(
    fc.property(text, (said) => {
      expect(unescapeData(escapeData(said))).toBe(visible(said));
      expect(escapeProperty(said)).not.toMatch(/[:,\r\n]/);
    }),
  );
});

test.each([
  ['junit', formatJunit],
  ['checkstyle', formatCheckstyle],
] as const)('%s is well-formed and follows its XSD', async (name, format) => {
  await fc.assert(
    fc.asyncProperty(findings, async (found) => {
      expect(await xmlErrors(format(reportOf(found), contextOf(found)), name)).toEqual([]);
    }),
    { numRuns: 20 },
  );
});

test('SARIF and GitLab follow their schemas', () => {
  fc.assert(
    fc.property(findings, (found) => {
      expect(sarifErrors(JSON.parse(formatSarif(reportOf(found), contextOf(found))))).toEqual([]);
      const issues: { fingerprint: string }[] = JSON.parse(formatGitlab(reportOf(found), contextOf(found)));
      expect(gitlabErrors(issues)).toEqual([]);
      expect(new Set(issues.map(({ fingerprint }) => fingerprint)).size).toBe(found.length);
    }),
    { numRuns: 30 },
  );
});

test('a message of SARIF links to its related locations only', () => {
  fc.assert(
    fc.property(finding, (found) => {
      const log = JSON.parse(formatSarif(reportOf([found]), contextOf([found])));
      const [{ message, relatedLocations = [] }] = log.runs[0].results;
      const targets = [...message.text.matchAll(/(?<!\\)(?:\\\\)*\]\((\d+)\)/g)].map((match) => Number(match[1]));
      expect(targets).toEqual(relatedLocations.map(({ id }: { id: number }) => id));
    }),
  );
});

test('each finding is one row of four cells in Markdown, without HTML, mentions and formulas', () => {
  fc.assert(
    fc.property(findings, (found) => {
      const rows = formatMarkdown(reportOf(found), contextOf(found)).trimEnd().split('\n').slice(4);
      expect(rows).toHaveLength(found.length);
      for (const row of rows) expect(row.match(/(?<!\\)(?:\\\\)*\|/g)).toHaveLength(5);
    }),
  );
  fc.assert(
    fc.property(text, (said) => {
      expect(
        escapeMarkdown(said)
          .replaceAll(/\\[\\`*_[\]<>|~$&]/g, '')
          .replaceAll('&#64;', ''),
      ).not.toMatch(/[\\`*_[\]<>|~$&@\n]/);
    }),
  );
});

describe('of very many findings the most severe are kept', () => {
  const place = { line: 0, character: 0, offset: 0 };
  const many = (count: number) =>
    Array.from({ length: count }, (_, at): Finding => {
      const severity = at === count - 1 ? 'error' : at === 0 ? 'info' : 'warning';
      const span = { file: 'file:///project/a.arch', start: place, end: place };
      return { rule: 'hot-shard', severity, message: `Number ${at}.`, span };
    });

  test('SARIF has as many as GitHub shows, and says how many it has not', () => {
    const found = many(5001);
    const [run] = JSON.parse(formatSarif(reportOf(found), contextOf(found))).runs;
    expect(run.results.map(({ message }: { message: { text: string } }) => message.text)).toEqual(
      found.slice(1).map(({ message }) => message),
    );
    expect(run.invocations[0].toolExecutionNotifications[0].message.text).toBe(
      'One finding of lower severity is left out of this report.',
    );
  });

  test('Markdown has as many as can be read, the worst first', () => {
    const found = many(202);
    const lines = formatMarkdown(reportOf(found), contextOf(found)).trimEnd().split('\n');
    expect(lines[4]).toMatch(/^\| error \| a\.arch:1:1 \| Number 201\. \|/);
    expect(lines).toHaveLength(4 + 200 + 1);
    expect(lines.at(-1)).toBe('| | | and 2 more | |');
  });
});

function isBefore(a: { line: number; character: number }, b: { line: number; character: number }): boolean {
  return a.line < b.line || (a.line === b.line && a.character <= b.character);
}

function reportOf(found: readonly Finding[]): CheckReport {
  return {
    files: [],
    findings: found,
    suppressed: found.map((finding) => ({
      finding,
      suppression: { rule: finding.rule, reason: finding.message, span: finding.span, ruleSpan: finding.span },
    })),
    notEvaluated: [],
    architectures: [],
    sources: sourcesOf(new Map(found.map(({ span }) => [span.file, 'a\nb\nc'])), '/project'),
    textEdits: () => [],
  };
}

function contextOf(found: readonly Finding[]): FormatContext {
  const failures = new Set(found.filter(({ severity }) => severity === 'error'));
  return { paint: plain, columns: 100, summary: true, failures, root: '/project', project: '', version: '1.2.3' };
}

/** As the runner of GitHub reads a line that begins with `::`. */
function readCommand(line: string) {
  const [, severity = '', list = '', data = ''] = /^::(\w+) (.*?)::(.*)$/s.exec(line) ?? [];
  const pairs = list.split(',').map((pair) => {
    const at = pair.indexOf('=');
    const value = pair
      .slice(at + 1)
      .replaceAll('%3A', ':')
      .replaceAll('%2C', ',');
    return [pair.slice(0, at), unescapeData(value)] as const;
  });
  const properties: Readonly<Record<string, string>> = Object.fromEntries(pairs);
  return { severity, properties, message: unescapeData(data) };
}

function unescapeData(data: string): string {
  return data.replaceAll('%0D', '\r').replaceAll('%0A', '\n').replaceAll('%25', '%');
}

function visible(said: string): string {
  return said.replaceAll('\t', '  ').replaceAll(/(?![\r\n])\p{Cc}|[\u2028\u2029]/gu, '\ufffd');
}
