/** The examples that the walkthrough opens: steps from one server to millions of users. */
import * as vscode from 'vscode';

/** Names of the files in `examples/chapter`, without their extension, with what each step adds. */
const examples: Readonly<Record<string, string>> = {
  '01-single-server': 'Everything on one server',
  '05-replication': 'A web tier behind a load balancer, a database with replicas',
  '07-cdn': 'A cache, and a content delivery network',
  '09-data-centers': 'Stateless servers in two data centers',
  '13-millions-of-users': 'Services, sharded data, everything watched',
};

/** Opens a copy that belongs to no file, so that nothing of the extension is changed. @param name without it the user is asked */
export async function openExample(extensionUri: vscode.Uri, name?: unknown): Promise<void> {
  const chosen = typeof name === 'string' && Object.hasOwn(examples, name) ? name : await choose();
  if (chosen === undefined) return;
  const file = vscode.Uri.joinPath(extensionUri, 'examples', 'chapter', `${chosen}.arch`);
  const content = new TextDecoder().decode(await vscode.workspace.fs.readFile(file));
  const document = await vscode.workspace.openTextDocument({ language: 'arch', content });
  await vscode.window.showTextDocument(document);
}

async function choose(): Promise<string | undefined> {
  const items = Object.entries(examples).map(([label, detail]) => ({ label, detail }));
  const item = await vscode.window.showQuickPick(items, { placeHolder: 'From one server to millions of users' });
  return item?.label;
}
