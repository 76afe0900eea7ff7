/** A little XML: elements with attributes and text, always well-formed whatever the texts are. */

export interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string | number>>;
  /** Elements inside, or a text. */
  readonly content?: readonly Element[] | string;
}

/** An element. */
export function element(
  name: string,
  attributes: Element['attributes'] = {},
  content: NonNullable<Element['content']> = [],
): Element {
  return { name, attributes, content };
}

/** A whole document with the element as its root, indented by two spaces. */
export function xmlDocument(root: Element): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n${lines(root, '').join('\n')}\n`;
}

function lines({ name, attributes, content = [] }: Element, indent: string): string[] {
  const pairs = Object.entries(attributes).map(([key, value]) => ` ${key}="${escapeAttribute(String(value))}"`);
  const start = `${indent}<${name}${pairs.join('')}`;
  if (content.length === 0) return [`${start}/>`];
  if (typeof content === 'string') return [`${start}>${escapeText(content)}</${name}>`];
  return [`${start}>`, ...content.flatMap((child) => lines(child, `${indent}  `)), `${indent}</${name}>`];
}

/** The complement of `Char` in XML 1.0: controls, lone surrogates and two non-characters can be written in no way at all. */
const IMPOSSIBLE = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;
const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

function escapeText(text: string): string {
  return escaped(text, /[&<>\r]/g);
}

/** Parsers make spaces of tabs and line ends in attributes, unless they are written as references. */
function escapeAttribute(text: string): string {
  return escaped(text, /[&<>"\t\n\r]/g);
}

function escaped(text: string, special: RegExp): string {
  const possible = text.replaceAll(IMPOSSIBLE, '\ufffd');
  return possible.replaceAll(special, (character) => ESCAPES[character] ?? `&#${character.charCodeAt(0)};`);
}
