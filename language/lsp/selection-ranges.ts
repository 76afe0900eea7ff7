/** What “expand selection” goes through: from the word at the cursor outwards to the whole file. */
import { type CstNode, CstUtils, type LangiumDocument } from 'langium';
import type { Position, Range, SelectionRange } from 'vscode-languageserver';

export function selectionRanges(document: LangiumDocument, positions: readonly Position[]): SelectionRange[] {
  return positions.map((position) => {
    const root = document.parseResult.value.$cstNode;
    const offset = document.textDocument.offsetAt(position);
    const leaf =
      root && (CstUtils.findLeafNodeAtOffset(root, offset) ?? CstUtils.findLeafNodeBeforeOffset(root, offset));
    const ranges = [...rangesFrom(leaf), wholeOf(document)];
    return nested(ranges, position);
  });
}

function* rangesFrom(leaf: CstNode | undefined): Generator<Range> {
  for (let node = leaf; node; node = node.container) yield node.range;
}

/** Each range contains the one before it; equal ones are merged, as the user would see no step. */
function nested(ranges: readonly Range[], position: Position): SelectionRange {
  let outer: SelectionRange | undefined;
  for (const range of ranges.toReversed()) {
    if (!contains(range, position) || (outer && isSame(outer.range, range))) continue;
    outer = outer ? { range, parent: outer } : { range };
  }
  return outer ?? { range: { start: position, end: position } };
}

function wholeOf({ textDocument }: LangiumDocument): Range {
  return { start: { line: 0, character: 0 }, end: textDocument.positionAt(textDocument.getText().length) };
}

function contains({ start, end }: Range, { line, character }: Position): boolean {
  const afterStart = line > start.line || (line === start.line && character >= start.character);
  const beforeEnd = line < end.line || (line === end.line && character <= end.character);
  return afterStart && beforeEnd;
}

function isSame(a: Range, b: Range): boolean {
  return (
    a.start.line === b.start.line &&
    a.start.character === b.start.character &&
    a.end.line === b.end.line &&
    a.end.character === b.end.character
  );
}
