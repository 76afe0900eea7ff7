/**
 * The hash by which GitHub recognises a line after lines around it have moved: CodeQL's `primaryLocationLineHash`, as
 * `upload-sarif` of github/codeql-action computes it (src/fingerprints.ts). A polynomial hash modulo 2^64 of the 100 UTF-16 code units
 * from the start of the line on, without spaces and tabs, with every line end as a line feed, and 65535 at the end of the text.
 */

const WINDOW = 100;
const FACTOR = 37n;
const END_OF_TEXT = 0xffff;
const TAB = 0x09;
const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;
const SPACE = 0x20;

/** For each line `hash:n`, where `n` counts the lines with that hash so far. */
export function lineHashes(text: string): readonly string[] {
  const { units, starts } = significantUnits(text);
  const seen = new Map<string, number>();
  return starts.map((start) => {
    let hash = 0n;
    for (let at = start; at < start + WINDOW; at++) hash = BigInt.asUintN(64, hash * FACTOR + BigInt(units[at] ?? 0));
    const digits = hash.toString(16);
    const count = (seen.get(digits) ?? 0) + 1;
    seen.set(digits, count);
    return `${digits}:${count}`;
  });
}

/** What is hashed, and where in it each line starts. */
function significantUnits(text: string): { readonly units: readonly number[]; readonly starts: readonly number[] } {
  const units: number[] = [];
  const starts: number[] = [];
  let atLineStart = true;
  let afterReturn = false;
  const take = (unit: number) => {
    if (atLineStart) starts.push(units.length);
    atLineStart = unit === LINE_FEED;
    units.push(unit);
  };
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    const isSkipped = unit === SPACE || unit === TAB || (afterReturn && unit === LINE_FEED);
    afterReturn = unit === CARRIAGE_RETURN;
    if (!isSkipped) take(afterReturn ? LINE_FEED : unit);
  }
  take(END_OF_TEXT);
  return { units, starts };
}
