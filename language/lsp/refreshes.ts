/**
 * Tells the client to ask again for what it shows inside of texts. An editor asks about the text that is edited; that an edit changes
 * the figures in another file beside it, only the server knows.
 */
import { DocumentState, type LangiumDocument } from 'langium';
import type { Connection } from 'vscode-languageserver';
import type { LoadpathSharedServices } from './services.ts';
import { memberOf } from './settings.ts';

const REQUESTS: Readonly<Record<string, string>> = {
  inlayHint: 'workspace/inlayHint/refresh',
  codeLens: 'workspace/codeLens/refresh',
};

/** @returns what asks the client to ask again, as far as it can */
export function followFigures(connection: Connection, { lsp, workspace }: LoadpathSharedServices): () => void {
  let methods: readonly string[] = [];
  lsp.LanguageServer.onInitialize(({ capabilities }) => {
    methods = Object.entries(REQUESTS).flatMap(([feature, method]) =>
      ['workspace', feature, 'refreshSupport'].reduce<unknown>(memberOf, capabilities) === true ? [method] : [],
    );
  });
  const refresh = () => {
    for (const method of methods) connection.sendRequest(method).catch(() => undefined);
  };
  /** The version in which each open file was checked last. */
  const checked = new WeakMap<LangiumDocument, number>();
  workspace.DocumentBuilder.onBuildPhase(DocumentState.Validated, async (documents) => {
    let isStale = false;
    for (const document of documents) {
      const version = workspace.DocumentBuilder.texts.versionOf(document);
      if (version === undefined) continue;
      if (checked.get(document) === version) isStale = true;
      checked.set(document, version);
    }
    if (isStale) refresh();
  });
  return refresh;
}
