/** What the page shows, and how each message changes it. */
import type { Picture, Settings, ToPage } from './messages.ts';

export interface PageState {
  readonly fileName: string;
  readonly picture?: Picture;
  /** Why there is no picture. */
  readonly reason?: string;
  /** The component or connection that is marked. */
  readonly selected?: string;
  /** Counts changes of the selection that came from the text: those are scrolled into view. */
  readonly followed: number;
  readonly settings: Settings;
}

export const initialState: PageState = { fileName: '', followed: 0, settings: { wheel: 'modifier' } };

export type Change = ToPage | { readonly type: 'picked'; readonly id: string | undefined };

export function reduce(state: PageState, change: Change): PageState {
  switch (change.type) {
    case 'picture': {
      const { reason: _, ...rest } = state;
      const other = state.picture?.uri !== change.picture.uri;
      return withSelection(
        { ...rest, picture: change.picture, fileName: change.fileName },
        other ? undefined : state.selected,
      );
    }
    case 'empty': {
      const { picture: _, ...rest } = state;
      return { ...rest, reason: change.reason, fileName: change.fileName };
    }
    case 'select':
      if (change.id === state.selected) return state;
      return { ...withSelection(state, change.id), followed: state.followed + 1 };
    case 'picked':
      return withSelection(state, change.id);
    case 'settings':
      return { ...state, settings: change.settings };
    default:
      return state;
  }
}

function withSelection(state: PageState, id: string | undefined): PageState {
  const { selected: _, ...rest } = state;
  return id === undefined ? rest : { ...rest, selected: id };
}
