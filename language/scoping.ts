/** Langium's services for names, on top of `names.ts`. */
import {
  type AstNodeDescription,
  DefaultLinker,
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
    if (this.isReference(info.container as ast.Segment)) super.doLink(info, document);
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
    return segmentsOf(document).flatMap((segment) => {
      const reference = segment.target;
      if (!reference?.$nodeDescription || reference.error) return [];
      return this.createInfoDescriptions({ reference, container: segment, property: 'target' });
    });
  }
}
