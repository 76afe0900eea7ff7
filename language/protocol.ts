/**
 * What Loadpath adds to the Language Server Protocol: plain requests with JSON-shaped answers, so that any editor can build a preview on
 * them. Both sides import this file, and nothing else of each other.
 */
import type { Analysis, Architecture, Finding, RequirementResult, Scenario, Span } from '../model/index.ts';
import type { Judgement } from '../simulator/index.ts';

/** A request: the name of its method, and the types of its parameters and its answer. */
export interface RequestKind<Params, Result> {
  readonly method: string;
  /** Never set; it only carries the types. */
  readonly types?: (params: Params) => Result;
}

/** A notification: the name of its method and the type of its parameters. */
export interface NotificationKind<Params> {
  readonly method: string;
  /** Never set; it only carries the type. */
  readonly types?: (params: Params) => void;
}

/** Asks for everything that is known about the architecture of a file. */
export interface ModelParams {
  readonly uri: string;
  /** Solve for this multiple of the declared load instead of the load itself. */
  readonly scale?: number;
}

export interface ModelResult {
  /** Version of the text that this is about; 0 for a file that is not open. */
  readonly version: number;
  readonly architecture: Architecture;
  readonly analysis: Analysis;
  readonly findings: readonly Finding[];
  /** True where the text has errors, so that parts of it may be missing here. */
  readonly broken: boolean;
}

/** `undefined` (null on the wire) when there is no such file. */
export const modelRequest: RequestKind<ModelParams, ModelResult | undefined> = { method: 'loadpath/model' };

/** Asks how the promises of a file stand: those of the architecture, and those of each scenario once it was played. */
export interface PromisesResult {
  /** One for each `require` outside of scenarios. */
  readonly requirements: readonly RequirementResult[];
  readonly scenarios: readonly (Pick<Scenario, 'name' | 'title' | 'nameSpan'> &
    Pick<Judgement, 'availability' | 'requirements'>)[];
}

/** `undefined` (null on the wire) when there is no such file. */
export const promisesRequest: RequestKind<Pick<ModelParams, 'uri'>, PromisesResult | undefined> = {
  method: 'loadpath/promises',
};

/** The figures above an architecture that are made of parts. */
export type LensFigure = 'capacity' | 'availability' | 'cost';

/** Asks what a figure above the architecture is made of. */
export interface PartsParams {
  readonly uri: string;
  readonly figure: LensFigure;
}

/** One bottleneck, failure or price, as texts to list. */
export interface FigurePart {
  /** What it is: `us.posts (CPU of the primary)`. */
  readonly label: string;
  /** Its figures: `at 9.6M users, 83% used`. */
  readonly description: string;
  /** More, in sentences; empty where there is nothing more to say. */
  readonly detail: string;
  /** Where it stands in the text: the line to change, where one is to blame. */
  readonly span: Span;
}

export interface PartsResult {
  /** The figure itself, in a sentence without an end. */
  readonly title: string;
  /** The most important first. */
  readonly parts: readonly FigurePart[];
}

/** `undefined` (null on the wire) when there is no such file. */
export const partsRequest: RequestKind<PartsParams, PartsResult | undefined> = { method: 'loadpath/parts' };

/** The commands that lenses may name, and what they are given. */
export const lensCommands = {
  /** The URI of a file, and the name of a scenario in it. */
  play: 'loadpath.playScenario',
  /** The URI of a file and a range in it, as a `Location` of the protocol. */
  reveal: 'loadpath.reveal',
  /** The URI of a file. */
  capacity: 'loadpath.showCapacity',
  availability: 'loadpath.showFailures',
  cost: 'loadpath.showCost',
} as const;

/** A client lists those of them that it has in its capabilities, as `experimental: { loadpathCommands: ['loadpath.reveal'] }`. */
export const commandsCapability = 'loadpathCommands';

/** The server has checked a file anew: its text, or that of a file it imports, has changed. */
export interface ChangedParams {
  readonly uri: string;
  readonly version: number;
}

export const changedNotification: NotificationKind<ChangedParams> = { method: 'loadpath/changed' };

/**
 * The server asks the client about files that it cannot reach itself: in a browser all, elsewhere those whose scheme is not `file`. It asks
 * only a client that says so in its capabilities, as `experimental: { loadpathFiles: true }`.
 */
export interface FileParams {
  readonly uri: string;
}

/** What stands under a name. */
export type FileKind = 'file' | 'folder';

export interface FolderEntry {
  readonly name: string;
  readonly kind: FileKind;
}

/** The text of a file, from UTF-8; null where there is none that can be read. */
export const readFileRequest: RequestKind<FileParams, string | null> = { method: 'loadpath/readFile' };

/** What is in a folder; null where there is none. */
export const readFolderRequest: RequestKind<FileParams, readonly FolderEntry[] | null> = {
  method: 'loadpath/readFolder',
};

/** Null where there is nothing. */
export const fileKindRequest: RequestKind<FileParams, FileKind | null> = { method: 'loadpath/fileKind' };

/** The member of a client's experimental capabilities that says that it answers these. */
export const filesCapability = 'loadpathFiles';
