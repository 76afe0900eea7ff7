/** Loads files with all that they import, through the same services as the editor, so that both say the same. */
import { readFile } from 'node:fs/promises';
import { relative, resolve, sep } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { EmptyFileSystemProvider, type LangiumDocument, URI } from 'langium';
import { type ArchServices, type Compilation, compile, createArchServices, importsOf } from '../language/index.ts';
import { findArchFile, findArchFiles, readStandardInput, readText } from './files.ts';
import { type Sources, sourcesOf } from './reports/sources.ts';
import { UsageError } from './usage-error.ts';

export interface Workspace {
  /** The files that were asked for, sorted. */
  readonly documents: readonly LangiumDocument[];
  readonly services: ArchServices;
  readonly sources: Sources;
}

export interface WorkspaceInput {
  readonly cwd: string;
  readonly stdin?: boolean;
  /** The name under which standard input is reported, and from whose folder it imports. */
  readonly stdinFilename?: string;
}
