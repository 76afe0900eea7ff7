import * as vscode from 'vscode';

const names = { svg: 'SVG image', png: 'PNG image' };

/** Asks where to, and writes the picture there. */
export async function saveDiagram(source: vscode.Uri, format: 'svg' | 'png', bytes: Uint8Array): Promise<void> {
  const path = `${source.path.replace(/\.arch$/, '')}.${format}`;
  const scheme = source.scheme === 'untitled' ? 'file' : source.scheme;
  const target = await vscode.window.showSaveDialog({
    defaultUri: source.with({ scheme, path }),
    filters: { [names[format]]: [format] },
  });
  if (!target) return;
  try {
    await vscode.workspace.fs.writeFile(target, bytes);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    void vscode.window.showErrorMessage(`The diagram could not be written to ${target.fsPath}: ${why}`);
  }
}
