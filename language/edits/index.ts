/** From changes of the model to changes of the text. It knows syntax, so that rules need not. */
export { applyTextEdits, type TextEdit } from './text-edit.ts';
export { toTextEdits } from './to-text-edits.ts';
