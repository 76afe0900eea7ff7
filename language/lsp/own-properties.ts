/** The properties of a component as lines of the language, for its hover. */
import { type LangiumDocuments, URI } from 'langium';
import { type Component, formatValue, type Property, type Span } from '../../model/index.ts';

/** More would fill the window. */
const MOST_LINES = 12;

/** A code block; undefined for a component without properties. */
export function ownProperties({ properties }: Component, documents: LangiumDocuments): string | undefined {
  const lines = Object.values(properties).flatMap((each) => {
    const text = shownValue(each, documents);
    return text === undefined ? [] : [`${each.name}: ${text}`];
  });
  return lines.length > 0 ? `\`\`\`arch\n${lines.slice(0, MOST_LINES).join('\n')}\n\`\`\`` : undefined;
}

/** A number as it is written, as `50/day` says more than `2.08/h`; what is computed as its value. */
function shownValue({ value, valueSpan }: Property, documents: LangiumDocuments): string | undefined {
  if (value.type === 'block') return undefined;
  const isNumber = value.type === 'quantity' || value.type === 'range';
  const written = isNumber ? textIn(valueSpan, documents) : undefined;
  return written && /^\$?\d[\w.%/]*$/.test(written) ? written : formatValue(value);
}

function textIn({ file, start, end }: Span, documents: LangiumDocuments): string | undefined {
  // The text that was parsed: the one that is open may have gone on.
  const parsed = documents.getDocument(URI.parse(file))?.parseResult.value.$cstNode?.root.fullText;
  return parsed?.slice(start.offset, end.offset);
}
