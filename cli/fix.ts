/** `check --fix`: applies preferred fixes round by round until nothing changes any more. */
import { agreedFixes } from '../language/agreed-fixes.ts';
import { applyTextEdits } from '../language/edits/index.ts';
import type { Finding, Fix } from '../model/index.ts';
import type { Configurations } from './configuration.ts';
import { type Examination, type ExamineOptions, examine, type Input } from './examine.ts';
import { fixable } from './reports/check.ts';

/** A fix can make another one possible; ten rounds are more than any of the examples needs. */
const ROUNDS = 10;

export interface AppliedFix {
  /** URI of the file that the finding was in. */
  readonly file: string;
  readonly rule: string;
  readonly title: string;
}

export interface Fixed {
  /** New texts by URI, of those files that have changed. */
  readonly texts: ReadonlyMap<string, string>;
  /** What those files say on the disk. */
  readonly before: ReadonlyMap<string, string>;
  readonly applied: readonly AppliedFix[];
  /** What is left because architectures that share a file do not agree on how to change it. */
  readonly disputed: readonly Finding[];
  /** Of the texts as they are now. */
  readonly examination: Examination;
}

/** Which of the findings are to be fixed: those that are reported. */
export type Reported = (examination: Examination) => ReadonlySet<Finding>;

/** Only files that were named or found are changed, not what they import from elsewhere. Nothing is written. */
export async function fix(
  input: Input,
  options: ExamineOptions,
  configurations: Configurations,
  cwd: string,
  reported: Reported,
): Promise<Fixed> {
  const first = await examine(input, options, configurations, cwd);
  let fixed: Fixed = { texts: new Map(), before: textsOf(first), applied: [], disputed: [], examination: first };
  const seen = new Set<string>();
  for (let round = 0; round < ROUNDS; round++) {
    const { texts, applied, disputed } = nextTexts(fixed, reported(fixed.examination));
    fixed = { ...fixed, disputed };
    const key = JSON.stringify([...texts].sort());
    if (applied.length === 0 || seen.has(key)) break;
    seen.add(key);
    const examination = await examine(input, options, configurations, cwd, texts);
    // A text that is less sound than before is a defect of a fix; the round is not taken.
    if (errorsOfLanguage(examination) > errorsOfLanguage(fixed.examination)) break;
    fixed = { ...fixed, texts, applied: [...fixed.applied, ...applied], examination };
  }
  return { ...fixed, applied: settled(fixed.applied, fixed.examination) };
}

interface Round {
  readonly texts: ReadonlyMap<string, string>;
  readonly applied: readonly AppliedFix[];
  readonly disputed: readonly Finding[];
}

/** Of fixes that change the same place the first counts; the findings behind the others are there again in the next round. */
function nextTexts({ texts, examination }: Fixed, reported: ReadonlySet<Finding>): Round {
  const own = textsOf(examination);
  const roots = examination.roots.map(fixable);
  const { agreed, disputed } = agreedFixes(roots, (finding) => reported.has(finding));
  const mine = agreed.filter(({ edits }) => edits.every(({ file }) => own.has(file)));
  const next = new Map(texts);
  const taken = new Set<string>();
  const applied: AppliedFix[] = [];
  for (const [root, fixes] of Map.groupBy(mine, (each) => each.root)) {
    // What another root has changed already looks different from what this one has seen.
    const now = fixes.filter(({ edits }) => edits.every(({ file }) => !taken.has(file)));
    const edits = root.textEdits(now.flatMap(({ fix }) => fix.edits));
    const byFile = Map.groupBy(edits, ({ file }) => file);
    for (const [file, inFile] of byFile) next.set(file, applyTextEdits(own.get(file) ?? '', inFile));
    for (const file of byFile.keys()) taken.add(file);
    applied.push(...now.map(({ findings: [finding], fix }) => toApplied(finding!, fix)));
  }
  return { texts: next, applied, disputed };
}

function preferredFix({ fixes = [] }: Finding): Fix | undefined {
  return fixes.find(({ preferred }) => preferred);
}

/** Each once, without those whose finding is still there. */
function settled(applied: readonly AppliedFix[], { roots }: Examination): readonly AppliedFix[] {
  const left = new Set(
    roots.flatMap(({ result }) =>
      result.findings.flatMap((finding) => {
        const fix = preferredFix(finding);
        return fix ? [JSON.stringify(toApplied(finding, fix))] : [];
      }),
    ),
  );
  const byKey = new Map(applied.map((it) => [JSON.stringify(it), it]));
  return [...byKey].flatMap(([key, it]) => (left.has(key) ? [] : [it]));
}

function toApplied({ span, rule }: Finding, { title }: Fix): AppliedFix {
  return { file: span.file, rule, title };
}

/** By URI, of the files that were named or found. */
function textsOf({ workspace }: Examination): ReadonlyMap<string, string> {
  return new Map(workspace.documents.map(({ uri, textDocument }) => [uri.toString(), textDocument.getText()]));
}

function errorsOfLanguage({ roots }: Examination): number {
  const all = roots.flatMap(({ result }) => result.findings.filter(({ rule }) => !result.rulesRun.includes(rule)));
  return all.filter(({ severity }) => severity === 'error').length;
}
