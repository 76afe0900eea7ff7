/** How many columns of a terminal a text takes, and texts made to fit. */

/** Columns: two for East Asian wide characters and emoji, none for combining marks. */
export function textWidth(text: string): number {
  let columns = 0;
  for (const character of text) columns += NARROW.test(character) ? 1 : widthOf(character);
  return columns;
}

/** Cut to at most so many columns, with an ellipsis where something is missing. */
export function truncate(text: string, columns: number): string {
  if (textWidth(text) <= columns) return text;
  let kept = '';
  for (const character of text) {
    if (textWidth(kept) + widthOf(character) > columns - 1) break;
    kept += character;
  }
  return `${kept}…`;
}

/** Breaks at spaces into lines of at most so many columns. */
export function wrap(text: string, columns: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/\s+/).filter(Boolean)) {
    if (line !== '' && textWidth(line) + 1 + textWidth(word) > columns) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return line === '' ? lines : [...lines, line];
}

/**
 * Tabs become two spaces, and control characters a replacement character, so that a text from a file cannot drive the terminal.
 */
export function printable(text: string): string {
  return text.replaceAll('\t', '  ').replaceAll(/\p{Cc}|[\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu, '\ufffd');
}

const NARROW = /^[\x20-\x7e]$/;
const WIDE =
  /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Emoji_Presentation}\u3000-\u303f\uff01-\uff60\uffe0-\uffe6]/u;

function widthOf(character: string): number {
  if (WIDE.test(character)) return 2;
  return /^[\p{M}\p{Cf}]$/u.test(character) ? 0 : 1;
}
