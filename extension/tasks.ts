/** Tasks that run the command line, so that findings in files that are not open come into the list of problems. */
import * as vscode from 'vscode';

/** The type of the tasks, and the problem matcher that reads what they print. */
const TYPE = 'loadpath';
const MATCHER = '$loadpath';

/** One `check` for each folder; others as `tasks.json` says. */
export function registerTasks(): vscode.Disposable {
  return vscode.tasks.registerTaskProvider(TYPE, {
    provideTasks: () => (vscode.workspace.workspaceFolders ?? []).map((folder) => checkTask(folder, { type: TYPE })),
    resolveTask: ({ scope, definition }) => (scope === undefined ? undefined : checkTask(scope, definition)),
  });
}

function checkTask(scope: vscode.WorkspaceFolder | vscode.TaskScope, definition: vscode.TaskDefinition): vscode.Task {
  const { paths } = definition as { readonly paths?: unknown };
  const files = Array.isArray(paths) ? paths.filter((path): path is string => typeof path === 'string') : [];
  const execution = new vscode.ShellExecution('loadpath', [
    'check',
    '--format',
    'compact',
    '--color',
    'never',
    ...files,
  ]);
  const task = new vscode.Task(definition, scope, 'check', TYPE, execution, MATCHER);
  task.group = vscode.TaskGroup.Build;
  return task;
}
