/** Diagnostics on their way to the client: with the version of the text that they are about, and each only once. */
import { URI } from 'langium';
import type { Connection } from 'vscode-languageserver';
import type { LoadpathSharedServices } from './services.ts';

/**
 * A change of one file is a reason to check every file of its architecture again, and most of them say what they said before.
 * An editor that has opened or closed a file gets everything anew, as it may have forgotten what it knew.
 */
export function publishOnce(connection: Connection, { workspace }: LoadpathSharedServices): void {
  const { TextDocuments, LangiumDocuments, DocumentBuilder } = workspace;
  const sent = new Map<string, string>();
  const send = connection.sendDiagnostics.bind(connection);
  connection.sendDiagnostics = (params) => {
    const document = LangiumDocuments.getDocument(URI.parse(params.uri));
    const version = document && DocumentBuilder.texts.versionOf(document);
    const content = `${version} ${JSON.stringify(params.diagnostics)}`;
    if (sent.get(params.uri) === content) return Promise.resolve();
    sent.set(params.uri, content);
    return send(version === undefined ? params : { version, ...params });
  };
  const forget = (uri: string) => sent.delete(URI.parse(uri).toString());
  TextDocuments.onDidOpen(({ document }) => forget(document.uri));
  TextDocuments.onDidClose(({ document }) => forget(document.uri));
}
