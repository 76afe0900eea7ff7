/**
 * A snippet from a text with gaps: `[[name]]` is a place to type over, `[[a|b]]` a choice, `[[]]` where the cursor ends.
 * Repeated gaps are separate places.
 */
export function fill(text: string): string {
  let next = 1;
  return text.replace(/\[\[(.*?)\]\]/g, (_, gap: string) => {
    if (gap === '') return '$0';
    const place = next++;
    return gap.includes('|') ? `\${${place}|${gap.replaceAll('|', ',')}|}` : `\${${place}:${gap}}`;
  });
}
