/**
 * Builds documents: with all that they import, with everything that is said anew when another file of the same architecture changes, and so
 * that who waits for a file gets to see the text that is open.
 */
import {
  type AstNode,
  type BuildOptions,
  Cancellation,
  DefaultDocumentBuilder,
  DocumentState,
  type LangiumDocument,
  OperationCancelled,
  type URI,
  UriUtils,
} from 'langium';
import type { LangiumSharedServices } from 'langium/lsp';
import { importClosure, loadImports } from '../imports.ts';
import type { ArchLinker } from '../scoping.ts';
import { OpenTexts } from './open-texts.ts';
import type { LoadpathServices } from './services.ts';

type Token = Cancellation.CancellationToken;

export class LoadpathDocumentBuilder extends DefaultDocumentBuilder {
  private readonly workspace: LangiumSharedServices['workspace'];
  readonly texts: OpenTexts;
  /** What each file was last checked with. */
  private readonly editions = new WeakMap<LangiumDocument, string>();
  /** Of the last build: those that nothing has changed for that they import. */
  private stale: ReadonlySet<LangiumDocument> = new Set();
  /** The file that is the only one to change. */
  private alone: LangiumDocument | undefined;
  private readonly waiting = new Set<() => void>();
  /** False from the beginning of a build until all texts are parsed and all imports loaded: until then nothing is known of other files. */
  private gathered = true;

  constructor(services: LangiumSharedServices) {
    super(services);
    this.workspace = services.workspace;
    this.texts = new OpenTexts(() => services.workspace.TextDocuments);
  }

  override async update(changed: URI[], deleted: URI[], token = Cancellation.CancellationToken.None): Promise<void> {
    this.gathered = false;
    const left = this.leftBehind();
    // A file that is open is as the editor says, even if it is gone from the disk.
    const kept = this.texts.uris().filter((uri) => deleted.some((gone) => UriUtils.contains(gone, uri)));
    const present = changed.filter((uri) => !left.some((gone) => UriUtils.equals(gone, uri)));
    const [all, gone] = [
      [...present, ...kept],
      [...deleted, ...left],
    ];
    this.alone = all.length === 1 && gone.length === 0 ? this.langiumDocuments.getDocument(all[0]!) : undefined;
    await super.update(all, gone, token);
  }

  /** What the references of a file lead to is not lost before its text is read, if nothing else changes with it. */
  override resetToState<T extends AstNode>(document: LangiumDocument<T>, state: DocumentState): void {
    const reset = () => super.resetToState(document, state);
    if (document === this.alone && state === DocumentState.Changed)
      (this.servicesOf(document).references.Linker as ArchLinker).keepLinks(reset);
    else reset();
  }

  /** Files that are in no folder of the workspace are kept while they are open, or imported by one that is kept. */
  private leftBehind(): readonly URI[] {
    const folders = this.workspace.WorkspaceManager.workspaceFolders ?? [];
    const all = this.langiumDocuments.all.toArray();
    const kept = all.filter(
      ({ uri }) => this.texts.isOpen(uri) || folders.some((folder) => UriUtils.contains(folder.uri, uri)),
    );
    if (kept.length === all.length) return [];
    const reached = new Set(kept.flatMap((document) => importClosure(this.langiumDocuments, document)));
    return all.filter((document) => !reached.has(document)).map(({ uri }) => uri);
  }

  protected override async buildDocuments(
    documents: LangiumDocument[],
    options: BuildOptions,
    token: Token,
  ): Promise<void> {
    this.gathered = false;
    this.prepareBuild(documents, options);
    await this.runCancelable(documents, DocumentState.Parsed, token, (document) => this.parse(document, token));
    const present = documents.filter(({ uri }) => this.langiumDocuments.hasDocument(uri));
    const imported = await this.loadImported(present);
    // Names that led nowhere may be in files that have appeared since.
    if (imported.length > 0)
      for (const document of present) this.servicesOf(document).references.Linker.unlink(document);
    await this.prepareConfigurations([...present, ...imported]);
    this.gathered = true;
    this.stale = new Set(this.resetStale());
    await super.buildDocuments([...present, ...imported, ...this.stale], options, token);
  }

  /** True while a file is checked only because another file of its architecture has changed, which it does not import. */
  isOnlyCheckedAgain(document: LangiumDocument): boolean {
    return this.stale.has(document);
  }

  private async parse(document: LangiumDocument, token: Token): Promise<void> {
    this.texts.note(document);
    try {
      await this.langiumDocumentFactory.update(document, token);
    } catch (error) {
      if (error === OperationCancelled) throw error;
      // It cannot be read: it is gone, and nobody has said so yet.
      this.langiumDocuments.deleteDocument(document.uri);
      this.cleanUpDeleted(document);
    }
  }

  /** Those that were not loaded before, or that another build has begun with. */
  private async loadImported(documents: readonly LangiumDocument[]): Promise<readonly LangiumDocument[]> {
    const known = new Set(documents);
    const loaded = new Set<LangiumDocument>();
    for (const document of documents) {
      for (const file of await loadImports(this.langiumDocuments, document)) {
        if (!known.has(file) && file.state < DocumentState.Validated) loaded.add(file);
      }
    }
    return [...loaded];
  }

  /** What is said of a file depends on all files of its architecture, also on those that it does not import. */
  private resetStale(): readonly LangiumDocument[] {
    const stale = this.langiumDocuments.all
      .filter(
        (document) =>
          document.state === DocumentState.Validated &&
          this.editions.get(document) !== this.servicesOf(document).lsp.Roots.edition(document),
      )
      .toArray();
    for (const document of stale) this.resetToState(document, DocumentState.IndexedReferences);
    return stale;
  }

  protected override validate(document: LangiumDocument, token: Token): Promise<void> {
    this.editions.set(document, this.servicesOf(document).lsp.Roots.edition(document));
    return super.validate(document, token);
  }

  private async prepareConfigurations(documents: readonly LangiumDocument[]): Promise<void> {
    const uris = documents.map(({ uri }) => uri.toString());
    const [first] = documents;
    if (first) await this.servicesOf(first).lsp.Configurations.prepare(uris);
  }

  private servicesOf({ uri }: LangiumDocument): LoadpathServices {
    return this.serviceRegistry.getServices(uri) as LoadpathServices;
  }

  /**
   * Langium skips its listeners when a build is cancelled between the validation of a document and the news of it, and takes the
   * document for done: of several files opened at once, some would never get their diagnostics. Telling costs nothing, so it is not
   * cancelled.
   */
  protected override notifyDocumentPhase(document: LangiumDocument, state: DocumentState, token: Token): Promise<void> {
    this.wake();
    const certain = state === DocumentState.Validated ? Cancellation.CancellationToken.None : token;
    return super.notifyDocumentPhase(document, state, certain);
  }

  protected override async runCancelable(
    ...[documents, state, token, run]: Parameters<DefaultDocumentBuilder['runCancelable']>
  ): Promise<void> {
    await super.runCancelable(documents, state, token, run);
    this.wake();
  }

  protected override async emitUpdate(changed: URI[], deleted: URI[]): Promise<void> {
    await super.emitUpdate(changed, deleted);
    this.wake();
  }

  /**
   * Langium's own way of waiting knows no versions: a request that comes with an edit is answered from the text before it. And who
   * begins to wait for the workspace just while the listeners of a phase are being told waits until the next build.
   */
  protected override async awaitDocumentState(state: DocumentState, uri: URI, token: Token): Promise<URI> {
    while (!this.hasReached(state, uri)) {
      const document = this.langiumDocuments.getDocument(uri);
      const isSettled = document ? this.texts.isCurrent(document) && this.gathered : !this.texts.isOpen(uri);
      // Nobody will bring it there: there is no such file, or it was left out. Langium has the errors for that.
      if (isSettled && (!document || this.currentState >= state)) return super.awaitDocumentState(state, uri, token);
      await this.change(token);
    }
    return uri;
  }

  private hasReached(state: DocumentState, uri: URI): boolean {
    const document = this.langiumDocuments.getDocument(uri);
    if (!document || document.state < state || !this.texts.isCurrent(document)) return false;
    return this.gathered || state < DocumentState.Linked;
  }

  protected override async awaitBuilderState(state: DocumentState, token: Token): Promise<void> {
    const isCurrent = (uri: URI) => {
      const document = this.langiumDocuments.getDocument(uri);
      return document !== undefined && this.texts.isCurrent(document);
    };
    while (this.currentState < state || !this.texts.uris().every(isCurrent)) await this.change(token);
  }

  /** Ends when anything has come further. */
  private change(token: Token): Promise<void> {
    return new Promise((resolve, reject) => {
      if (token.isCancellationRequested) return reject(OperationCancelled);
      const woken = () => {
        cancelled.dispose();
        resolve();
      };
      const cancelled = token.onCancellationRequested(() => {
        this.waiting.delete(woken);
        cancelled.dispose();
        reject(OperationCancelled);
      });
      this.waiting.add(woken);
    });
  }

  private wake(): void {
    const woken = [...this.waiting];
    this.waiting.clear();
    for (const resume of woken) resume();
  }
}
