/** Promises and scenarios in the Test Explorer: a promise that is kept passes. */
import * as vscode from 'vscode';
import { promisesRequest } from '../language/protocol.ts';
import type { Client } from './client.ts';
import { type PromiseTest, testsOf } from './promises.ts';
import { toRange } from './show-span.ts';

/** Lists the promises of all `.arch` files of the workspace, and of those that are open. */
export function createTestExplorer(client: Client): vscode.Disposable {
  const controller = vscode.tests.createTestController('loadpath', 'Loadpath');
  const itemOf = (uri: vscode.Uri) => {
    const known = controller.items.get(uri.toString());
    if (known) return known;
    const item = controller.createTestItem(uri.toString(), vscode.workspace.asRelativePath(uri), uri);
    item.canResolveChildren = true;
    controller.items.add(item);
    return item;
  };
  const refresh = async (item: vscode.TestItem) => {
    const tests = await askFor(client, item);
    if (tests.length === 0) controller.items.delete(item.id);
    else item.children.replace(tests.map((test) => toItem(controller, test)));
  };
  controller.resolveHandler = async (item) => {
    if (item) return refresh(item);
    for (const uri of await vscode.workspace.findFiles('**/*.arch')) itemOf(uri);
  };
  controller.refreshHandler = async () => {
    for (const uri of await vscode.workspace.findFiles('**/*.arch')) await refresh(itemOf(uri));
  };
  controller.createRunProfile(
    'Check',
    vscode.TestRunProfileKind.Run,
    (request, token) => run(controller, client, request, token),
    true,
  );
  const changed = client.onChanged(({ uri }) => {
    const item = controller.items.get(uri) ?? itemOf(vscode.Uri.parse(uri, true));
    void refresh(item);
  });
  return vscode.Disposable.from(controller, changed);
}

async function askFor(client: Client, { uri }: vscode.TestItem): Promise<readonly PromiseTest[]> {
  const promises = uri && (await client.request(promisesRequest, { uri: uri.toString() }));
  return promises ? testsOf(promises) : [];
}

function toItem(controller: vscode.TestController, test: PromiseTest): vscode.TestItem {
  const item = controller.createTestItem(test.id, test.label, vscode.Uri.parse(test.span.file, true));
  item.range = toRange(test.span);
  item.children.replace(test.children.map((child) => toItem(controller, child)));
  return item;
}

/** Judges the promises that are asked for; all figures of a file come with one request. */
async function run(
  controller: vscode.TestController,
  client: Client,
  request: vscode.TestRunRequest,
  token: vscode.CancellationToken,
): Promise<void> {
  const testRun = controller.createTestRun(request);
  const wanted = request.include ?? itemsIn(controller.items);
  const excluded = new Set(request.exclude?.map(({ id }) => id));
  for (const [file, items] of Map.groupBy(wanted, fileOf)) {
    if (token.isCancellationRequested) break;
    const tests = await askFor(client, file);
    file.children.replace(tests.map((test) => toItem(controller, test)));
    const roots = items.map((item) => (item === file ? file : find(file, item.id)));
    const outcomes = new Map(tests.flatMap((test) => [test, ...test.children]).map((test) => [test.id, test]));
    for (const root of roots) if (root) report(testRun, root, outcomes, excluded);
  }
  testRun.end();
}

function report(
  testRun: vscode.TestRun,
  item: vscode.TestItem,
  tests: ReadonlyMap<string, PromiseTest>,
  excluded: ReadonlySet<string>,
): void {
  if (excluded.has(item.id)) return;
  for (const child of itemsIn(item.children)) report(testRun, child, tests, excluded);
  const outcome = tests.get(item.id)?.outcome;
  if (!outcome) return;
  if (outcome.state === 'kept') testRun.passed(item);
  else if (outcome.state === 'unknown') {
    testRun.skipped(item);
    testRun.appendOutput(`${item.label}: ${outcome.message}\r\n`, undefined, item);
  } else {
    const message = vscode.TestMessage.diff(outcome.message, outcome.expected, outcome.actual);
    if (item.uri && item.range) message.location = new vscode.Location(item.uri, item.range);
    testRun.failed(item, message);
  }
}

function itemsIn(collection: vscode.TestItemCollection): readonly vscode.TestItem[] {
  return [...collection].map(([, item]) => item);
}

function fileOf(item: vscode.TestItem): vscode.TestItem {
  return item.parent ? fileOf(item.parent) : item;
}

/** Items are made anew when the text changes; those of the same id are the same. */
function find(item: vscode.TestItem, id: string): vscode.TestItem | undefined {
  if (item.id === id) return item;
  for (const child of itemsIn(item.children)) {
    const found = find(child, id);
    if (found) return found;
  }
  return undefined;
}
