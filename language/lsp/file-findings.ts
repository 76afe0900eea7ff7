/** What is said about one file: the findings in it of every architecture that it is part of. */
import { type LangiumDocument, UriUtils } from 'langium';
import type { Finding } from '../../model/index.ts';
import { findingKey } from '../roots.ts';
import type { Insight } from './insight.ts';
import type { LoadpathServices } from './services.ts';

/** A finding with the architecture that it is about. */
export interface FileFinding {
  readonly finding: Finding;
  readonly insight: Insight;
}

/** Sorted by place; what several roots find alike is there once. */
export function findingsIn(
  { lsp: { Insights, Roots } }: LoadpathServices,
  document: LangiumDocument,
): readonly FileFinding[] {
  const file = document.uri.toString();
  const roots = Roots.of(document);
  const found = new Map<string, FileFinding & { readonly roots: readonly LangiumDocument[] }>();
  for (const root of roots) {
    const insight = Insights.of(root);
    for (const finding of insight.findings) {
      if (finding.span.file !== file) continue;
      const key = findingKey(finding);
      found.set(key, { finding, insight, roots: [...(found.get(key)?.roots ?? []), root] });
    }
  }
  return [...found.values()]
    .map(({ finding, insight, roots: finders }) => ({
      finding: finders.length < roots.length ? withRoots(finding, finders) : finding,
      insight,
    }))
    .sort((a, b) => a.finding.span.start.offset - b.finding.span.start.offset);
}

/** Where not every architecture with this file has the problem, it says which ones do. */
function withRoots(finding: Finding, roots: readonly LangiumDocument[]): Finding {
  const related = roots.map(({ uri }) => ({
    message: `This holds in the architecture of '${UriUtils.basename(uri)}'.`,
    span: { file: uri.toString(), start: START, end: START },
  }));
  return { ...finding, related: [...(finding.related ?? []), ...related] };
}

const START = { line: 0, character: 0, offset: 0 };
