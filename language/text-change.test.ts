import fc from 'fast-check';
import { expect, test } from 'vitest';
import { positionAt, type SourceText } from './spans.ts';
import { changeBetween, isUntouched, startBefore } from './text-change.ts';

function sourceText(text: string): SourceText {
  const lines = [0, ...[...text.matchAll(/\r\n|\r|\n/g)].map((match) => match.index + match[0].length)];
  return { file: 'a.arch', text, lines };
}

const texts = fc
  .array(fc.constantFrom('a', 'b', ' ', '\n', '\r', '\r\n'), { maxLength: 12 })
  .map((all) => all.join(''));

test('what is untouched says the same, and its positions are where the change says', () => {
  fc.assert(
    fc.property(texts, texts, fc.nat({ max: 12 }), fc.nat({ max: 12 }), (one, other, a, b) => {
      const [before, after] = [sourceText(one), sourceText(other)];
      const change = changeBetween(before, after);
      const [start, end] = [Math.min(a, b, one.length), Math.min(Math.max(a, b), one.length)];
      // A node begins and ends with characters that are no blanks.
      if (start === end || !isUntouched(change, start, end) || /^\s|\s$/.test(one.slice(start, end))) return;
      const by = start >= change.tail ? change.offsets : 0;
      expect(other.slice(start + by, end + by)).toBe(one.slice(start, end));
      expect(startBefore(change, start + by, end + by)).toBe(start);
      const { line, character } = positionAt(before, start);
      const isBehind = start >= change.tail;
      expect(positionAt(after, start + by)).toEqual({
        line: line + (isBehind ? change.lines : 0),
        character: character + (isBehind && line === change.tailLine ? change.characters : 0),
        offset: start + by,
      });
    }),
    { numRuns: 5000, seed: 3 },
  );
});
