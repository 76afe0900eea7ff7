/** Langium's services for names, on top of `names.ts`. */
import {
  type AstNodeDescription,
  type AstNodeLocator,
  CstUtils,
  DefaultLinker,
  type DefaultReference,
  DefaultReferenceDescriptionProvider,
  DefaultScopeComputation,
  DefaultScopeProvider,
  interruptAndCheck,
  type LangiumCoreServices,
  type LangiumDocument,
  type LocalSymbols,
  MultiMap,
  type ReferenceDescription,
  type ReferenceInfo,
  type Scope,
  type Stream,
  stream,
  type URI,
  UriUtils,
} from 'langium';
import type * as ast from './generated/ast.ts';
import type { Names } from './names.ts';
import { segmentsOf } from './segments.ts';

export interface NameServices {
  readonly references: { readonly Names: Names };
}

type Services = LangiumCoreServices & NameServices;

/** Finds elements through `Names`; lists them for completion. */
export class ArchScopeProvider extends DefaultScopeProvider {
  private readonly names: Names;
  private readonly described = new WeakMap<ast.Named, AstNodeDescription>();

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
    let description = this.described.get(node);
    if (!description) {
      description = this.descriptions.createDescription(node, node.name);
      this.described.set(node, description);
    }
    return description;
  }
}

/** Local symbols are not collected: `Names` finds them itself, when they are asked for. */
export class ArchScopeComputation extends DefaultScopeComputation {
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

  constructor(services: Services) {
    super(services);
    this.names = services.references.Names;
  }

  override async link(...[document, cancelToken]: Parameters<DefaultLinker['link']>): Promise<void> {
    for (const [i, segment] of segmentsOf(document).entries()) {
      if (cancelToken && i % CANCELLATION_INTERVAL === 0) await interruptAndCheck(cancelToken);
      if (segment.target) this.doLink({ reference: segment.target, container: segment, property: 'target' }, document);
    }
  }

  protected override doLink(info: ReferenceInfo, document: LangiumDocument): void {
    const segment = info.container as ast.Segment;
    if ((segment.target as DefaultReference)._ref === undefined && this.isReference(segment))
      super.doLink(info, document);
  }

  protected override resolveReference(
    ...[reference, node, property]: Parameters<DefaultLinker['resolveReference']>
  ): ReturnType<DefaultLinker['resolveReference']> {
    if (reference._ref === undefined && !this.isReference(node as ast.Segment)) return undefined;
    return super.resolveReference(reference, node, property);
  }

  private isReference(segment: ast.Segment): boolean {
    if (!segment.target?.$refText) return false;
    const { targets, words } = this.names.expectation(segment);
    if (targets.length === 0) return false;
    return !words || this.names.candidates(segment).length === 1;
  }
}

/** Segments between two looks at the cancellation token. */
const CANCELLATION_INTERVAL = 256;

/** The index of references, made from the segments rather than from a walk over the whole tree. */
export class ArchReferenceDescriptions extends DefaultReferenceDescriptionProvider {
  override async createDescriptions(
    ...[document]: Parameters<DefaultReferenceDescriptionProvider['createDescriptions']>
  ): Promise<ReferenceDescription[]> {
    const found: ReferenceDescription[] = [];
    for (const segment of segmentsOf(document)) {
      const target = segment.target?.$nodeDescription;
      if (target && segment.target.$refNode && !segment.target.error)
        found.push(new FoundReference(this.nodeLocator, document.uri, segment, target));
    }
    return found;
  }
}

/** Where a reference stands is found when that is asked for: mostly it matters only which file refers to which. */
class FoundReference implements ReferenceDescription {
  readonly sourceUri: URI;
  readonly targetUri: URI;
  readonly targetPath: string;
  readonly local: boolean;
  private readonly locator: AstNodeLocator;
  private readonly source: ast.Segment;

  constructor(locator: AstNodeLocator, sourceUri: URI, source: ast.Segment, target: AstNodeDescription) {
    this.locator = locator;
    this.sourceUri = sourceUri;
    this.source = source;
    this.targetUri = target.documentUri;
    this.targetPath = target.path;
    this.local = UriUtils.equals(target.documentUri, sourceUri);
  }

  get sourcePath(): string {
    return this.locator.getAstNodePath(this.source);
  }

  get segment(): ReferenceDescription['segment'] {
    return CstUtils.toDocumentSegment(this.source.target.$refNode!);
  }
}
