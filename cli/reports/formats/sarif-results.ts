/** A finding as a result of SARIF. */
import type { TextEdit } from '../../../language/edits/index.ts';
import type { Finding, Fix, Span } from '../../../model/index.ts';
import type { CheckReport } from '../check.ts';
import type { Sources } from '../sources.ts';
import { severityNames } from './severities.ts';

/** What the finding itself does not know. */
export interface ReportedPlace {
  /** Index of its rule among the rules of the driver. */
  readonly ruleIndex: number;
  readonly fingerprint: string;
  /** Hash of its line. */
  readonly lineHash: string;
}

/** GitHub reads so many locations of a result. */
const MOST_RELATED = 100;

type Report = Pick<CheckReport, 'sources' | 'textEdits'>;

/** The result; `report.sources` name files as the repository does. */
export function sarifResult(finding: Finding, report: Report, place: ReportedPlace): object {
  const { sources } = report;
  const { ruleIndex, fingerprint, lineHash } = place;
  const { rule, severity, subject, span } = finding;
  const related = (finding.related ?? []).slice(0, MOST_RELATED);
  const fixes = (finding.fixes ?? []).flatMap((fix) => sarifFix(finding, fix, report));
  return {
    ruleId: rule,
    ruleIndex,
    level: severityNames[severity].sarif,
    message: { text: messageOf(finding.message, related) },
    locations: [
      {
        physicalLocation: physicalLocation(span, sources),
        ...(subject === undefined ? {} : { logicalLocations: [logicalLocation(subject)] }),
      },
    ],
    ...(related.length > 0
      ? {
          relatedLocations: related.map((each, at) => ({
            id: at + 1,
            message: { text: each.message },
            physicalLocation: physicalLocation(each.span, sources),
          })),
        }
      : {}),
    partialFingerprints: { primaryLocationLineHash: lineHash, 'archElement/v1': fingerprint },
    ...(fixes.length > 0 ? { fixes } : {}),
  };
}

/** GitHub shows the related locations that the message links to, by their ids. */
function messageOf(message: string, related: NonNullable<Finding['related']>): string {
  const links = related.map((each, at) => ` [${each.message.replaceAll(/[\\[\]]/g, String.raw`\$&`)}](${at + 1})`);
  return escapeLinks(message) + links.join('');
}

/** What a text says by chance must not become a link: `[a](1)`. */
function escapeLinks(message: string): string {
  return message.replaceAll(/(\\*)\](?=\()/g, String.raw`$1$1\]`);
}

function logicalLocation(path: string) {
  return { name: path.slice(path.lastIndexOf('.') + 1), fullyQualifiedName: path };
}

function physicalLocation(span: Span, sources: Sources) {
  return { artifactLocation: artifact(span.file, sources), region: firstLine(span, sources) };
}

function artifact(file: string, sources: Sources) {
  return { uri: sources.path(file).split('/').map(encodeURIComponent).join('/'), uriBaseId: '%SRCROOT%' };
}

/** Of a span over several lines the first: GitHub shows an alert in a pull request only if all of its lines were changed. */
function firstLine({ file, start, end }: Span, sources: Sources) {
  const length = sources.lines(file)[start.line]?.length ?? start.character;
  return region(start, end.line === start.line ? end : { line: start.line, character: length });
}

type Place = Pick<Span['start'], 'line' | 'character'>;

function region(start: Place, end: Place) {
  return {
    startLine: start.line + 1,
    startColumn: start.character + 1,
    endLine: end.line + 1,
    endColumn: end.character + 1,
  };
}

/** The fix as changes of files; none if its edits change nothing. */
function sarifFix(finding: Finding, { title, edits }: Fix, { sources, textEdits }: Report) {
  const byFile = Map.groupBy(textEdits(finding, edits), ({ file }) => file);
  if (byFile.size === 0) return [];
  const artifactChanges = [...byFile].map(([file, changes]) => ({
    artifactLocation: artifact(file, sources),
    replacements: changes.map(replacement),
  }));
  return [{ description: { text: title }, artifactChanges }];
}

function replacement({ range, newText }: TextEdit) {
  return { deletedRegion: region(range.start, range.end), insertedContent: { text: newText } };
}
