/** Langium's services for names, on top of `names.ts`. */
import {
  type AstNode,
  type AstNodeDescription,
  type AstNodeDescriptionProvider,
  AstUtils,
  DefaultLinker,
  type DefaultReference,
  DefaultScopeComputation,
  DefaultScopeProvider,
  DocumentState,
  interruptAndCheck,
  isLinkingError,
  type LangiumCoreServices,
  type LangiumDocument,
  type LocalSymbols,
  MultiMap,
  type Reference,
  type ReferenceInfo,
  type Scope,
  type Stream,
  stream,
  type URI,
} from 'langium';
import type { Reparsed } from './direct/reparse.ts';
import type * as ast from './generated/ast.ts';
import type { Names } from './names.ts';
import { segmentsIn, segmentsOf } from './segments.ts';

/** What the language adds to Langium's services. */
export interface NameServices {
  readonly references: { readonly Names: Names };
}

type Services = LangiumCoreServices & NameServices;

/** Finds elements through `Names`; lists them for completion. */
export class ArchScopeProvider extends DefaultScopeProvider {
  private readonly names: Names;

  constructor(services: Services) {
    super(services);
    this.names = services.references.Names;
  }

  override getScope({ container }: ReferenceInfo): Scope {
    const segment = container as ast.Segment;
    return {
      getElement: (name) => {
        const found = name === segment.target?.$refText ? this.names.candidates(segment) : [];
        return found.length === 1 ? this.describe(found[0]!) : undefined;
      },
      getElements: () => this.elements(segment),
      getAllElements: () => this.elements(segment),
    };
  }

  private elements(segment: ast.Segment): Stream<AstNodeDescription> {
    return stream([...this.names.visible(segment).values()].map((node) => this.describe(node)));
  }

  private describe(node: ast.Named): AstNodeDescription {
    return new Described(node, this.descriptions);
  }
}

/** Where a node stands, and the way to it, change with edits that leave it as it is: both are found when they are asked for. */
class Described implements AstNodeDescription {
  readonly node: ast.Named;
  readonly name: string;
  readonly type: string;
  private readonly descriptions: AstNodeDescriptionProvider;

  constructor(node: ast.Named, descriptions: AstNodeDescriptionProvider) {
    this.node = node;
    this.name = node.name;
    this.type = node.$type;
    this.descriptions = descriptions;
  }

  get documentUri(): URI {
    return AstUtils.getDocument(this.node).uri;
  }

  get path(): string {
    return this.whole.path;
  }

  get nameSegment(): AstNodeDescription['nameSegment'] {
    return this.whole.nameSegment;
  }

  get selectionSegment(): AstNodeDescription['selectionSegment'] {
    return this.whole.selectionSegment;
  }

  private get whole(): AstNodeDescription {
    return this.descriptions.createDescription(this.node, this.name);
  }
}

/** Symbols are not collected: `Names` finds them itself, when they are asked for. */
export class ArchScopeComputation extends DefaultScopeComputation {
  override async collectExportedSymbols(_document: LangiumDocument): Promise<AstNodeDescription[]> {
    return [];
  }

  override async collectLocalSymbols(_document: LangiumDocument): Promise<LocalSymbols> {
    return new MultiMap();
  }
}

/**
 * Links only what can be a reference: a word of an enum or the catalogue that is no name of anything is neither a reference nor an
 * error. What cannot be resolved is reported by the lowering, which knows what would fit.
 */
export class ArchLinker extends DefaultLinker {
  private readonly names: Names;
  /** What is still to be linked of trees; nothing is known of the others. */
  private readonly unlinked = new WeakMap<AstNode, readonly ast.Statement[]>();
  private keepsLinks = false;

  constructor(services: Services) {
    super(services);
    this.names = services.references.Names;
  }

  override async link(...[document, cancelToken]: Parameters<DefaultLinker['link']>): Promise<void> {
    const root = document.parseResult.value;
    const rest = this.unlinked.get(root);
    const segments = rest ? rest.flatMap(segmentsIn) : segmentsOf(document);
    for (const [i, segment] of segments.entries()) {
      if (cancelToken && i % CANCELLATION_INTERVAL === 0) await interruptAndCheck(cancelToken);
      if (!segment.target) continue;
      (segment.target as SegmentReference).isWord = false;
      this.doLink({ reference: segment.target, container: segment, property: 'target' }, document);
    }
    this.unlinked.set(root, []);
  }

  /** As Langium's, but references keep their shape. */
  override unlink(document: LangiumDocument): void {
    if (this.keepsLinks) return;
    for (const reference of document.references as DefaultReference[]) {
      reference._ref = undefined;
    }
    document.references = [];
    this.unlinked.delete(document.parseResult.value);
  }

  /** Runs something that would unlink documents; they stay as they are. */
  keepLinks(run: () => void): void {
    this.keepsLinks = true;
    try {
      run();
    } finally {
      this.keepsLinks = false;
    }
  }

  /**
   * Takes over the references of a tree that has become another: those that led to nodes that were made anew lead to these, and those of
   * new statements are still to be linked; all of them, where names may mean something else.
   */
  takeOver(document: LangiumDocument, before: AstNode, { result, removed, added, successors }: Reparsed): void {
    if (!successors) {
      this.unlink(document);
      return;
    }
    const gone = new Set<unknown>(removed.flatMap(segmentsIn).map(({ target }) => target));
    const renewed = [...successors.keys()];
    // Looking through a few is quicker than looking up one.
    const isRenewed =
      renewed.length <= FEW ? (node: AstNode) => renewed.includes(node) : successors.has.bind(successors);
    for (const reference of document.references as DefaultReference[]) {
      const target = reference._ref as AstNode;
      if (isRenewed(target)) reference._ref = successors.get(target)!;
    }
    if (gone.size > 0) document.references = document.references.filter((reference) => !gone.has(reference));
    if (this.unlinked.get(before)?.length === 0) this.unlinked.set(result.value, added);
  }

  protected override doLink(info: ReferenceInfo, document: LangiumDocument): void {
    const segment = info.container as ast.Segment;
    const reference = segment.target as DefaultReference;
    if (reference._ref !== undefined || !this.isReference(segment)) return;
    super.doLink(info, document);
    // Nobody asks for it once the target is known.
    reference._nodeDescription = undefined;
  }

  protected override resolveReference(
    ...[reference, node, property]: Parameters<DefaultLinker['resolveReference']>
  ): ReturnType<DefaultLinker['resolveReference']> {
    if (reference._ref === undefined && !this.isReference(node as ast.Segment)) return undefined;
    const target = super.resolveReference(reference, node, property);
    reference._nodeDescription = undefined;
    return target;
  }

  override buildReference(...[node, _, refNode, refText]: Parameters<DefaultLinker['buildReference']>): Reference {
    return new SegmentReference(this.referenceResolver, node, refNode, refText);
  }

  private isReference(segment: ast.Segment): boolean {
    const reference = segment.target as SegmentReference | undefined;
    if (!reference?.$refText || reference.isWord) return false;
    const isReference = this.names.isReference(segment);
    // Before the names of all files are known, nothing is known of it.
    reference.isWord = !isReference && AstUtils.getDocument(segment).state >= DocumentState.Linked;
    return isReference;
  }
}

/** As Langium's, and it knows that it is none, until it is linked anew. */
class SegmentReference implements DefaultReference {
  readonly $refNode: DefaultReference['$refNode'];
  readonly $refText: string;
  _ref: DefaultReference['_ref'] = undefined;
  _nodeDescription: AstNodeDescription | undefined = undefined;
  isWord = false;
  private readonly resolver: Resolver;
  private readonly node: AstNode;

  constructor(resolver: Resolver, node: AstNode, refNode: DefaultReference['$refNode'], refText: string) {
    this.resolver = resolver;
    this.node = node;
    this.$refNode = refNode;
    this.$refText = refText;
  }

  get ref(): AstNode | undefined {
    return this.resolver.resolveReference(this, this.node, 'target');
  }

  get error(): DefaultReference['error'] {
    return isLinkingError(this._ref) ? this._ref : undefined;
  }
}

interface Resolver {
  readonly resolveReference: (reference: DefaultReference, node: AstNode, property: string) => AstNode | undefined;
}

const FEW = 8;
/** Segments between two looks at the cancellation token. */
const CANCELLATION_INTERVAL = 256;
