/** The disk, of which only files are read: an import may name a device or a pipe, and reading that would never end. */
import type { URI } from 'langium';
import { NodeFileSystemProvider } from 'langium/node';

export class DiskFiles extends NodeFileSystemProvider {
  override async readFile(uri: URI): Promise<string> {
    requireFile((await this.stat(uri)).isFile, uri);
    return super.readFile(uri);
  }

  override readFileSync(uri: URI): string {
    requireFile(this.statSync(uri).isFile, uri);
    return super.readFileSync(uri);
  }
}

function requireFile(isFile: boolean, uri: URI): void {
  if (!isFile) throw new Error(`'${uri.fsPath}' is not a file.`);
}
