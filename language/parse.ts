/** Texts in memory to models: for tests, scripts and users of the library. Runs in a browser. */
import { EmptyFileSystem, type LangiumDocument, TextDocument, URI, UriUtils } from 'langium';
import { type Compilation, type CompileOptions, compile } from './compile.ts';
import { type ArchServices, createArchServices } from './module.ts';

export interface ParseOptions extends CompileOptions {
  /** Texts of further files by their paths relative to the first, for imports. */
  readonly files?: Readonly<Record<string, string>>;
}

/** URI of the text given to `parse`. */
export const ROOT_URI = 'memory:/main.arch';

/** Compiles a text as the root file of an architecture. */
export async function parse(text: string, options: ParseOptions = {}): Promise<Compilation> {
  const { arch, document } = await parseDocument(text, options.files);
  return compile(arch, document, options);
}

/** A linked document of a text, with services of its own. */
export async function parseDocument(
  text: string,
  files: Readonly<Record<string, string>> = {},
): Promise<{ readonly arch: ArchServices; readonly document: LangiumDocument }> {
  const { shared, arch } = createArchServices(EmptyFileSystem);
  const root = URI.parse(ROOT_URI);
  const folder = UriUtils.dirname(root);
  const add = (uri: URI, content: string): LangiumDocument => {
    const textDocument = TextDocument.create(uri.toString(), 'arch', 0, content);
    const document = shared.workspace.LangiumDocumentFactory.fromTextDocument(textDocument, uri);
    shared.workspace.LangiumDocuments.addDocument(document);
    return document;
  };
  const document = add(root, text);
  const others = Object.entries(files).map(([path, content]) => add(UriUtils.resolvePath(folder, path), content));
  await shared.workspace.DocumentBuilder.build([document, ...others]);
  return { arch, document };
}
