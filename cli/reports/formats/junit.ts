/**
 * JUnit's XML as Jenkins' schema (junit-10.xsd of its xunit plugin) allows it: a suite for each file, a test for each finding.
 * What makes the run fail is a failed test, any other finding a passed test with output, a suppressed one a skipped test. A file without
 * findings has one passed test, because readers take a report without tests for a run that went wrong.
 */
import type { Finding } from '../../../model/index.ts';
import { placeOf, type Sources } from '../sources.ts';
import type { FormatContext, FormatReport } from './format.ts';
import { type Element, element, xmlDocument } from './xml.ts';

export const formatJunit: FormatReport = ({ files, findings, suppressed, sources }, context) => {
  const seen = sources.seenFrom(context.root);
  const fileNames = [...new Set([...files, ...findings.map(({ span }) => span.file)])];
  const suites = fileNames.map((file) => {
    const isHere = ({ span }: Finding) => span.file === file;
    const found = findings.filter(isHere).map((finding) => findingTest(finding, seen, context));
    const skipped = suppressed
      .filter(({ finding }) => isHere(finding))
      .map(({ finding, suppression }) =>
        test(finding, seen, element('skipped', { message: `${finding.message} Suppressed: ${suppression.reason}` })),
      );
    return suite(seen.path(file), found, skipped);
  });
  const total = (name: string) => suites.reduce((sum, { attributes }) => sum + Number(attributes[name]), 0);
  const counts = { tests: total('tests'), failures: total('failures'), errors: 0 };
  return xmlDocument(element('testsuites', { name: 'loadpath check', ...counts }, suites));
};

function suite(name: string, found: readonly Element[], skipped: readonly Element[]): Element {
  const clean = element('testcase', { name: 'no findings', classname: className(name) });
  const tests = found.length + skipped.length > 0 ? [...found, ...skipped] : [clean];
  const failures = found.filter(({ content }) => typeof content === 'object' && content[0]?.name === 'failure').length;
  return element('testsuite', { name, tests: tests.length, failures, errors: 0, skipped: skipped.length }, tests);
}

function findingTest(finding: Finding, sources: Sources, { failures }: FormatContext): Element {
  const { severity, message, span, related = [] } = finding;
  const involved = related.map((each) => `\n${placeOf(each.span, sources)}: ${each.message}`);
  const text = `${placeOf(span, sources)}: ${severity}: ${message}${involved.join('')}`;
  const outcome = failures.has(finding)
    ? element('failure', { type: severity, message }, text)
    : element('system-out', {}, text);
  return test(finding, sources, outcome);
}

/** The name has no line number where it can do without, so that a test keeps its history when lines move. */
function test({ rule, subject, span }: Finding, sources: Sources, outcome: Element): Element {
  const where = subject ?? `line ${span.start.line + 1}`;
  return element('testcase', { name: `${rule}: ${where}`, classname: className(sources.path(span.file)) }, [outcome]);
}

/** Readers make a package and a class of what stands before and after the last dot. */
function className(path: string): string {
  return path.replace(/\.arch$/, '').replaceAll('.', '_');
}
