/** The library's way from a text to a model: plain data in, plain data out, no files, no editor. Runs in Node and in a browser. */
import type { Architecture, Finding } from '../model/index.ts';
import { parse } from './parse.ts';

export interface ReadOptions {
  /** Values of params, as written in the language, instead of the declared ones. */
  readonly overrides?: Readonly<Record<string, string>>;
  /** Texts of further files by their paths relative to the first, for imports. */
  readonly files?: Readonly<Record<string, string>>;
}

/** What a text says. */
export interface ReadResult {
  readonly architecture: Architecture;
  /** Problems of syntax, names and values, in the order of the text; what they are about is left out of the architecture. */
  readonly findings: readonly Finding[];
  /** What is wrong with `overrides`, as sentences. */
  readonly overrideErrors: readonly string[];
}

/** Reads an `.arch` text. Never fails on what the text says. */
export async function read(text: string, options: ReadOptions = {}): Promise<ReadResult> {
  const { architecture, findings, overrideErrors } = await parse(text, options);
  return { architecture, findings, overrideErrors };
}
