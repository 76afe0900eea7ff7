/** Diagnostics on their way to the client: with the version of the text that they are about, and each only once. */
import { URI } from 'langium';
import type { Connection, PublishDiagnosticsParams } from 'vscode-languageserver';
import type { LoadpathSharedServices } from './services.ts';

/**
 * A change of one file is a reason to check every file of its architecture again, and most of them say what they said before.
 * An editor that has opened or closed a file gets everything anew, as it may have forgotten what it knew.
 */
export function publishOnce(connection: Connection, { workspace }: LoadpathSharedServices): void {
  const { TextDocuments, LangiumDocuments, DocumentBuilder } = workspace;
  const sent = new Map<string, Pick<PublishDiagnosticsParams, 'version' | 'diagnostics'>>();
  const send = connection.sendDiagnostics.bind(connection);
  connection.sendDiagnostics = (params) => {
    const document = LangiumDocuments.getDocument(URI.parse(params.uri));
    const version = document && DocumentBuilder.texts.versionOf(document);
    const { diagnostics } = params;
    const before = sent.get(params.uri);
    const isSame = before?.version === version && JSON.stringify(before?.diagnostics) === JSON.stringify(diagnostics);
    if (before && isSame) return Promise.resolve();
    sent.set(params.uri, version === undefined ? { diagnostics } : { version, diagnostics });
    return send(version === undefined ? params : { version, ...params });
  };
  const forget = (uri: string) => sent.delete(URI.parse(uri).toString());
  TextDocuments.onDidOpen(({ document }) => forget(document.uri));
  TextDocuments.onDidClose(({ document }) => forget(document.uri));
}
