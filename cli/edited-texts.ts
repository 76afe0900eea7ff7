/** Edits of a model as edits of the files that it was read from. */
import type { Compilation } from '../language/compile.ts';
import { applyTextEdits, toTextEdits } from '../language/edits/index.ts';
import type { Edit } from '../model/index.ts';

/** A file before and after the edits. */
export interface EditedText {
  readonly uri: string;
  readonly before: string;
  readonly after: string;
}

/** The texts that the edits change, the root file first. */
export function editedTexts(compilation: Compilation, edits: readonly Edit[]): readonly EditedText[] {
  const textEdits = toTextEdits(compilation, edits);
  return compilation.documents.flatMap(({ uri, textDocument }) => {
    const own = textEdits.filter(({ file }) => file === uri.toString());
    const before = textDocument.getText();
    const after = applyTextEdits(before, own);
    return after === before ? [] : [{ uri: uri.toString(), before, after }];
  });
}
