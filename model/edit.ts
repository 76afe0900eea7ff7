/** Changes of the model. Rules propose them; the language turns them into changes of the text that keep the user's formatting. */
import type { Path } from './architecture.ts';
import type { KindName } from './kinds.ts';
import type { Span } from './span.ts';

export type Edit =
  /** Sets a property, or replaces its value; dotted names make the block where it is missing. `value` is as written in the language. */
  | {
      readonly type: 'setProperty';
      readonly component: Path;
      readonly name: string;
      readonly value: string;
      /** Only for the requests of this class. */
      readonly request?: string;
    }
  | { readonly type: 'removeProperty'; readonly component: Path; readonly name: string }
  /** Sets a property of a connection, such as `timeout`. */
  | {
      readonly type: 'setConnectionProperty';
      readonly connection: string;
      readonly name: string;
      readonly value: string;
    }
  /** Adds a component to a container (to the file's top level when absent), after its last component. */
  | {
      readonly type: 'addComponent';
      readonly container?: Path;
      readonly kind: KindName;
      readonly name: string;
      readonly title?: string;
      /** What it is a copy of, everything in that included. */
      readonly extends?: Path;
      readonly properties: readonly (readonly [name: string, value: string])[];
    }
  /** Moves a component with everything in it into a container (to the top level when absent); whatever names it follows. */
  | { readonly type: 'moveComponent'; readonly component: Path; readonly container?: Path }
  /** Removes a component that has nothing in it, or nothing that is not moved away by the same edits. */
  | { readonly type: 'removeComponent'; readonly component: Path }
  /** Adds a connection to the innermost place that sees both ends. `flow` is as written (`reads 3, writes 1`). */
  | {
      readonly type: 'addConnection';
      readonly from: Path;
      readonly to: Path;
      readonly flow?: string;
      readonly properties?: readonly (readonly [name: string, value: string])[];
      /** Only for the requests of this class. */
      readonly request?: string;
    }
  | { readonly type: 'removeConnection'; readonly connection: string }
  /** Changes one end of a connection. */
  | { readonly type: 'reconnect'; readonly connection: string; readonly end: 'from' | 'to'; readonly component: Path }
  /** Replaces a piece of text, for problems that have no model. */
  | { readonly type: 'replaceText'; readonly span: Span; readonly text: string };
