/** References that the names of the language resolve by themselves; they lead where those of Langium's linker lead. */
import type { AstNode, Reference } from 'langium';
import type * as ast from '../generated/ast.ts';
import type { Names } from '../names.ts';

const resolving = Symbol('resolving');

/** What a segment of a name refers to. */
export class DirectReference implements Reference<ast.Named> {
  readonly $refNode: AstNode['$cstNode'];
  readonly $refText: string;
  readonly $nodeDescription = undefined;
  readonly error = undefined;
  private readonly names: Names;
  private readonly segment: ast.Segment;
  /** Null where there is nothing, or not one thing, of the name. */
  private found: ast.Named | null | typeof resolving | undefined = undefined;

  constructor(names: Names, segment: AstNode, refNode: AstNode['$cstNode'], refText: string) {
    this.names = names;
    this.segment = segment as ast.Segment;
    this.$refNode = refNode;
    this.$refText = refText;
  }

  /** Undefined where there is nothing of the name. Throws while it is being resolved, as Langium's does. */
  get ref(): ast.Named | undefined {
    if (this.found === resolving) throw new Error(`'${this.$refText}' is asked for while it is being resolved.`);
    return this.link() ?? undefined;
  }

  /** Finds what it refers to, where that is not known yet. */
  link(): ast.Named | null | undefined {
    if (this.found === undefined && this.names.isReference(this.segment)) {
      this.found = resolving;
      this.found = this.resolve();
    }
    return this.found === resolving ? undefined : this.found;
  }

  private resolve(): ast.Named | null {
    try {
      const [candidate, ...others] = this.names.candidates(this.segment);
      return candidate && others.length === 0 ? candidate : null;
    } catch {
      // It depends on itself.
      return null;
    }
  }
}
