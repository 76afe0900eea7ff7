/** The texts that a report quotes, and the names it gives to files. */
import { relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Span } from '../../model/index.ts';

export interface Sources {
  /** The file as a user of this folder would name it: relative, with forward slashes. */
  path(uri: string): string;
  /** Lines of the text without their ends; none if the text is not known. */
  lines(uri: string): readonly string[];
  /** The same texts, named as seen from another folder. */
  seenFrom(folder: string): Sources;
}

/** Sources read from files below or beside `cwd`; `texts` by URI. */
export function sourcesOf(texts: ReadonlyMap<string, string>, cwd: string): Sources {
  const lines = new Map<string, readonly string[]>();
  return {
    path: (uri) => pathOf(uri, cwd),
    lines(uri) {
      let found = lines.get(uri);
      if (!found) {
        found = texts.get(uri)?.split(/\r\n|\r|\n/) ?? [];
        lines.set(uri, found);
      }
      return found;
    },
    seenFrom: (folder) => sourcesOf(texts, folder),
  };
}

/** `examples/photo.arch:12:5`, one-based, as editors and terminals make it a link. */
export function placeOf(span: Span, sources: Sources): string {
  return `${sources.path(span.file)}:${span.start.line + 1}:${span.start.character + 1}`;
}

function pathOf(uri: string, cwd: string): string {
  if (!uri.startsWith('file:')) return uri;
  const path = relative(cwd, fileURLToPath(uri));
  return sep === '/' ? path : path.replaceAll(sep, '/');
}
