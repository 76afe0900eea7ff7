/** Langium's own services for the models of the benchmark: what a language costs that checks names and nothing else. */
import { type AstNode, AstUtils, DefaultScopeComputation, type LangiumDocument, MultiMap } from 'langium';

/** Exports every element under its path; then Langium's cached global scope finds each in one look. */
export class PathScopes extends DefaultScopeComputation {
  override async collectExportedSymbols(document: LangiumDocument) {
    return [...AstUtils.streamAllContents(document.parseResult.value)].flatMap((node) => {
      const path = pathOf(node);
      return path === undefined ? [] : [this.descriptions.createDescription(node, path, document)];
    });
  }

  override async collectLocalSymbols() {
    return new MultiMap<AstNode, never>();
  }
}

const paths = new WeakMap<AstNode, string>();

/** Undefined for what is no element. Containers come first, so theirs is known. */
function pathOf(node: AstNode): string | undefined {
  if (node.$type !== 'Element') return undefined;
  const around = node.$container && paths.get(node.$container);
  const { name } = node as AstNode & { readonly name: string };
  const path = around === undefined ? name : `${around}.${name}`;
  paths.set(node, path);
  return path;
}
