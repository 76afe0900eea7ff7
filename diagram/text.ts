/** Text without a browser: how wide it is, where it breaks, what must not stand in it. */
import { widths } from './font/widths.ts';

/** The weights of the font that the diagram uses; see `font/README.md`. */
export type Weight = 'regular' | 'semibold';

export interface Font {
  /** Pixels. */
  readonly size: number;
  readonly weight: Weight;
}

/** Width in pixels, without kerning, which makes it slightly larger than drawn. */
export function measure(text: string, font: Font): number {
  let sum = 0;
  for (const character of text) sum += advance(character.codePointAt(0)!, font.weight);
  return (sum * font.size) / 1000;
}

/** Text on one line that is safe in XML: no control characters, no halves of surrogate pairs, no changes of writing direction. */
export function clean(text: string): string {
  return text.toWellFormed().replace(UNSAFE, ' ').replace(/\s+/g, ' ').trim();
}

/** At most `limit` lines of at most `width` pixels; what does not fit ends in an ellipsis. */
export function wrap(text: string, width: number, font: Font, limit: number): readonly string[] {
  const lines: string[] = [];
  let rest = text;
  while (rest !== '' && lines.length < limit - 1) {
    if (measure(rest, font) <= width) break;
    const end = breakAt(rest, width, font);
    lines.push(rest.slice(0, end).replace(/[\s·]+$/, ''));
    rest = rest.slice(end).replace(/^[\s·]+/, '');
  }
  if (rest !== '') lines.push(ellipsize(rest, width, font));
  return lines.filter((line) => line !== '');
}

/** The text, or as much of it as fits before an ellipsis. */
export function ellipsize(text: string, width: number, font: Font): string {
  if (measure(text, font) <= width) return text;
  return `${text.slice(0, fitting(text, width - measure('…', font), font)).trimEnd()}…`;
}

/** Characters of XML that are not allowed or not visible (XML 1.0 §2.2), and the controls of writing direction (Unicode UAX 9). */
const UNSAFE = /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069\u200e\u200f\ufffe\uffff]/gu;

const table = new Map<number, { readonly regular: number; readonly semibold: number }>();
for (const [first, regular, semibold] of widths) {
  const bold = semibold.split(' ');
  for (const [index, width] of regular.split(' ').entries())
    table.set(first + index, { regular: Number(width), semibold: Number(bold[index]) });
}

/** Characters that the font lacks come from another one: ideographs and emoji are an em wide or more, most letters less than 0.9 em. */
function advance(code: number, weight: Weight): number {
  const known = table.get(code);
  if (known) return known[weight];
  if (code >= 0x300 && code <= 0x36f) return 0;
  return code >= 0x1f000 ? 1400 : code >= 0x1100 ? 1050 : 900;
}

/** Number of UTF-16 units from the start that fit; never half a surrogate pair. */
function fitting(text: string, width: number, font: Font): number {
  let end = 0;
  let sum = 0;
  for (const character of text) {
    sum += (advance(character.codePointAt(0)!, font.weight) * font.size) / 1000;
    if (sum > width) break;
    end += character.length;
  }
  return end;
}

function breakAt(text: string, width: number, font: Font): number {
  const end = Math.max(1, fitting(text, width, font));
  const space = text.lastIndexOf(' ', end);
  const fixed = text.lastIndexOf('\u00a0', end);
  return space > 0 ? space : fixed > 0 ? fixed : end;
}
