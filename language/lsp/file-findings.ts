/** What is said about one file: the findings in it of every architecture that it is part of. */
import { type LangiumDocument, UriUtils } from 'langium';
import type { Finding } from '../../model/index.ts';
import type { FixableRoot } from '../agreed-fixes.ts';
import { toTextEdits } from '../edits/index.ts';
import { type SharedFinding, shareFindings } from '../roots.ts';
import type { Insight } from './insight.ts';
import type { LoadpathServices } from './services.ts';

/** An architecture that a file is part of. */
export interface FileRoot extends FixableRoot {
  readonly document: LangiumDocument;
  readonly insight: Insight;
  /** As messages name it: `main.arch`. */
  readonly name: string;
}

/** The architectures of a file, by path. */
export function rootsOf({ lsp: { Insights, Roots } }: LoadpathServices, file: LangiumDocument): readonly FileRoot[] {
  return Roots.of(file).map((document) => {
    const insight = Insights.of(document);
    return {
      document,
      insight,
      name: UriUtils.basename(document.uri),
      files: insight.architecture.files,
      findings: insight.findings,
      textEdits: (edits) => toTextEdits(insight.compilation, edits),
    };
  });
}

/** Sorted by place; what several roots find alike is there once. */
export function findingsIn(services: LoadpathServices, document: LangiumDocument): readonly SharedFinding<FileRoot>[] {
  const file = document.uri.toString();
  const roots = rootsOf(services, document);
  const own = roots.map((root) => ({ ...root, findings: root.findings.filter(({ span }) => span.file === file) }));
  return shareFindings(own)
    .map(({ finding, by }) => ({ finding: by.length < roots.length ? withRoots(finding, by) : finding, by }))
    .sort((a, b) => a.finding.span.start.offset - b.finding.span.start.offset);
}

/** Where not every architecture with this file has the problem, it says which ones do. */
function withRoots(finding: Finding, by: SharedFinding<FileRoot>['by']): Finding {
  const related = by.map(({ root: { name, document } }) => ({
    message: `This holds in the architecture of '${name}'.`,
    span: { file: document.uri.toString(), start: START, end: START },
  }));
  return { ...finding, related: [...(finding.related ?? []), ...related] };
}

const START = { line: 0, character: 0, offset: 0 };
