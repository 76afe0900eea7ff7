/** Which fixes may be made at once where a file is part of several architectures: those that all of them propose. */
import type { Edit, Finding, Fix } from '../model/index.ts';
import type { TextEdit } from './edits/index.ts';
import { type RootFindings, withFile } from './roots.ts';

/** An architecture that can turn edits of its model into edits of its texts. */
export interface FixableRoot extends RootFindings {
  readonly textEdits: (edits: readonly Edit[]) => readonly TextEdit[];
}

/** A fix as the first root has it that proposes it. */
export interface AgreedFix<Root> {
  readonly root: Root;
  readonly fix: Fix;
  readonly edits: readonly TextEdit[];
  /** What it repairs, in each root; that of `root` first. */
  readonly findings: readonly Finding[];
}

export interface AgreedFixes<Root> {
  readonly agreed: readonly AgreedFix<Root>[];
  /** Findings with a preferred fix that another root with one of the same files does not propose. */
  readonly disputed: readonly Finding[];
}

/**
 * The first preferred fix of each finding, if it changes something, and if every architecture with any of the files that it changes
 * has the same problem at the same place and would change the same.
 * @param wanted whether a finding is to be fixed, of those that a fix repairs
 */
export function agreedFixes<Root extends FixableRoot>(
  roots: readonly Root[],
  wanted: (finding: Finding) => boolean = () => true,
): AgreedFixes<Root> {
  const proposals = roots.flatMap((root) => root.findings.flatMap((finding) => proposalOf(root, finding)));
  const agreed: AgreedFix<Root>[] = [];
  const disputed: Finding[] = [];
  for (const same of Map.groupBy(proposals, ({ key }) => key).values()) {
    const findings = same.map(({ finding }) => finding);
    const [{ root, fix, edits }] = same as [Proposal<Root>];
    if (!findings.some(wanted)) continue;
    const proposing = new Set<Root>(same.map((each) => each.root));
    const concerned = new Set(edits.flatMap(({ file }) => withFile(roots, file)));
    if ([...concerned].every((other) => proposing.has(other))) agreed.push({ root, fix, edits, findings });
    else disputed.push(...findings.filter(wanted));
  }
  return { agreed, disputed };
}

interface Proposal<Root> {
  readonly root: Root;
  readonly finding: Finding;
  readonly fix: Fix;
  readonly edits: readonly TextEdit[];
  readonly key: string;
}

function proposalOf<Root extends FixableRoot>(root: Root, finding: Finding): readonly Proposal<Root>[] {
  const fix = finding.fixes?.find(({ preferred }) => preferred);
  const edits = fix ? root.textEdits(fix.edits) : [];
  if (!fix || edits.length === 0) return [];
  const { rule, span } = finding;
  return [{ root, finding, fix, edits, key: JSON.stringify([rule, span.file, span.start.offset, edits]) }];
}
