import { describe, expect, it } from 'vitest';
import { parseFromPage, parseSavedState, parseToPage } from './messages.ts';
import { initialState, reduce } from './state.ts';

describe('messages of the page', () => {
  it.each([
    [{ type: 'ready' }],
    [{ type: 'reveal', id: 'us.app', focus: true }],
    [{ type: 'users', users: 5_000_000 }],
    [{ type: 'users' }],
    [{ type: 'view', name: 'overview' }],
    [{ type: 'view' }],
    [{ type: 'scenario', name: 'primaryLoss', at: 310 }],
    [{ type: 'scenario', name: 'primaryLoss' }],
    [{ type: 'scenario' }],
    [{ type: 'png', data: 'iVBO' }],
  ])('%j is understood', (message) => {
    expect(parseFromPage(message)).toEqual(message);
  });

  it.each([
    [undefined],
    [null],
    ['ready'],
    [{ type: 'eval', code: 'x' }],
    [{ type: 'reveal', id: 3, focus: true }],
    [{ type: 'reveal', id: 'a' }],
    [{ type: 'users', users: -1 }],
    [{ type: 'users', users: Number.NaN }],
    [{ type: 'users', users: '5' }],
    [{ type: 'png' }],
    [{ type: 'scenario', name: 3 }],
    [{ type: 'scenario', name: 'a', at: -1 }],
  ])('%j is dropped', (message) => {
    expect(parseFromPage(message)).toBe(undefined);
  });

  it('carry nothing along that nobody has asked for', () => {
    expect(parseFromPage({ type: 'ready', command: 'x' })).toEqual({ type: 'ready' });
  });
});

describe('messages to the page', () => {
  it.each([
    [{ type: 'select', id: 'a' }, true],
    [{ type: 'select' }, true],
    [{ type: 'select', id: 1 }, false],
    [{ type: 'fit' }, true],
    [{ type: 'empty', reason: 'why', fileName: 'a.arch' }, true],
    [{ type: 'empty' }, false],
    [{ type: 'picture', picture: { placed: {}, summary: {}, views: [], scenarios: [] }, fileName: 'a.arch' }, true],
    [{ type: 'picture', picture: {} }, false],
    [{ type: 'rasterize', svg: '<svg/>' }, true],
    [{ type: 'toString' }, false],
    [{ type: 'constructor' }, false],
    [7, false],
  ])('%j is a message: %s', (message, isMessage) => {
    expect(parseToPage(message) !== undefined).toBe(isMessage);
  });
});

describe('what the page keeps', () => {
  it('is read back, and nothing else is', () => {
    expect(parseSavedState({ uri: 'file:///a.arch', locked: true })).toEqual({ uri: 'file:///a.arch', locked: true });
    expect(parseSavedState({ uri: 'file:///a.arch' })).toEqual({ uri: 'file:///a.arch', locked: false });
    expect(parseSavedState({ locked: true })).toBe(undefined);
    expect(parseSavedState(undefined)).toBe(undefined);
  });
});

describe('the state of the page', () => {
  const picture = (uri: string) => ({ uri, version: 1 }) as never;

  it('keeps the selection through updates of a file, not from one file to another', () => {
    let state = reduce(initialState, { type: 'picture', picture: picture('a'), fileName: 'a' });
    state = reduce(state, { type: 'picked', id: 'app' });
    state = reduce(state, { type: 'picture', picture: picture('a'), fileName: 'a' });
    expect(state.selected).toBe('app');
    state = reduce(state, { type: 'picture', picture: picture('b'), fileName: 'b' });
    expect(state.selected).toBe(undefined);
  });

  it('follows the cursor of the text, and not what was clicked', () => {
    const clicked = reduce(initialState, { type: 'picked', id: 'app' });
    expect(clicked.followed).toBe(0);
    const moved = reduce(clicked, { type: 'select', id: 'db' });
    expect(moved).toMatchObject({ selected: 'db', followed: 1 });
    expect(reduce(moved, { type: 'select', id: 'db' })).toBe(moved);
  });

  it('drops the picture when there is nothing to draw', () => {
    const drawn = reduce(initialState, { type: 'picture', picture: picture('a'), fileName: 'a' });
    const empty = reduce(drawn, { type: 'empty', reason: 'why', fileName: 'a' });
    expect(empty).toMatchObject({ reason: 'why' });
    expect(empty.picture).toBe(undefined);
  });
});
