/** Builds documents; what a document is known to say is always published. */
import { Cancellation, DefaultDocumentBuilder, DocumentState, type LangiumDocument } from 'langium';

export class LoadpathDocumentBuilder extends DefaultDocumentBuilder {
  /**
   * Langium skips its listeners when a build is cancelled between the validation of a document and the news of it, and takes the
   * document for done: of several files opened at once, some would never get their diagnostics. Telling costs nothing, so it is not
   * cancelled.
   */
  protected override notifyDocumentPhase(
    document: LangiumDocument,
    state: DocumentState,
    token: Cancellation.CancellationToken,
  ): Promise<void> {
    const certain = state === DocumentState.Validated ? Cancellation.CancellationToken.None : token;
    return super.notifyDocumentPhase(document, state, certain);
  }
}
