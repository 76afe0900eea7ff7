/** Mouse, touch and keys on the stage, as few verbs. */
import type { TooltipTarget } from './tooltip.tsx';
import type { Point } from './viewport.ts';

export interface Verbs {
  readonly wheel: 'modifier' | 'zoom';
  pan(dx: number, dy: number): void;
  /** `pixel` is where the fingers or the pointer are, from the corner of the stage. */
  zoom(factor: number, pixel: Point): void;
  fit(): void;
  actualSize(): void;
  pick(target: EventTarget | null, focus: boolean): void;
  hover(target: TooltipTarget | undefined): void;
  focused(target: EventTarget | null): void;
}

/** A press that moves less than this is a click. */
const CLICK_PIXELS = 4;
const KEY_PIXELS = 60;

/** Returns what detaches them again. */
export function attachGestures(stage: HTMLElement, verbs: Verbs): () => void {
  const aborter = new AbortController();
  const { signal } = aborter;
  const on = <K extends keyof HTMLElementEventMap>(type: K, handle: (event: HTMLElementEventMap[K]) => void) =>
    stage.addEventListener(type, handle, { signal, passive: false });
  attachPointers(stage, verbs, on);
  on('wheel', (event) => turn(event, stage, verbs));
  document.addEventListener('keydown', (event) => press(event, stage, verbs), { signal });
  on('dblclick', (event) => verbs.pick(event.target, true));
  on('focusin', (event) => {
    // Scrolling is ours: the browser would move the stage itself.
    stage.scrollTo(0, 0);
    if (event.target instanceof Element && event.target.matches(':focus-visible')) verbs.focused(event.target);
  });
  on('pointermove', ({ buttons, target, clientX, clientY }) => {
    verbs.hover(buttons === 0 && target instanceof Element ? { element: target, x: clientX, y: clientY } : undefined);
  });
  on('pointerleave', () => verbs.hover(undefined));
  return () => aborter.abort();
}

type On = <K extends keyof HTMLElementEventMap>(type: K, handle: (event: HTMLElementEventMap[K]) => void) => void;

/** Presses that are down survive the re-attaching of the handlers at every redraw. */
const pointers = new WeakMap<HTMLElement, Map<number, Point & { readonly start: Point }>>();

function attachPointers(stage: HTMLElement, verbs: Verbs, on: On): void {
  let down = pointers.get(stage);
  if (!down) {
    down = new Map();
    pointers.set(stage, down);
  }
  const pressed = down;
  on('pointerdown', (event) => {
    if (event.button > 1) return;
    const at = pixelOf(event, stage);
    pressed.set(event.pointerId, { ...at, start: at });
    verbs.hover(undefined);
  });
  on('pointermove', (event) => {
    const before = pressed.get(event.pointerId);
    if (!before) return;
    const at = pixelOf(event, stage);
    const other = [...pressed].find(([id]) => id !== event.pointerId)?.[1];
    if (!other && distance(at, before.start) < CLICK_PIXELS) return;
    stage.setPointerCapture(event.pointerId);
    stage.classList.add('dragging');
    pressed.set(event.pointerId, { ...at, start: before.start });
    if (!other) return verbs.pan(at.x - before.x, at.y - before.y);
    const middle = { x: (at.x + other.x) / 2, y: (at.y + other.y) / 2 };
    verbs.zoom(distance(at, other) / Math.max(1, distance(before, other)), middle);
  });
  const release = (event: PointerEvent) => {
    const before = pressed.get(event.pointerId);
    pressed.delete(event.pointerId);
    stage.classList.remove('dragging');
    const isClick = before && distance(pixelOf(event, stage), before.start) < CLICK_PIXELS;
    if (isClick && event.type === 'pointerup' && event.button === 0) verbs.pick(event.target, false);
  };
  on('pointerup', release);
  on('pointercancel', release);
}

function turn(event: WheelEvent, stage: HTMLElement, verbs: Verbs): void {
  event.preventDefault();
  const lines = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 16 : 1;
  // Browsers report a pinch on a touch pad as a wheel with Ctrl.
  const zooms = event.ctrlKey || event.metaKey ? verbs.wheel === 'modifier' : verbs.wheel === 'zoom';
  if (zooms) {
    verbs.zoom(Math.exp((-event.deltaY * lines) / 300), pixelOf(event, stage));
    return;
  }
  const [dx, dy] = event.shiftKey && event.deltaX === 0 ? [event.deltaY, 0] : [event.deltaX, event.deltaY];
  verbs.pan(-dx * lines, -dy * lines);
}

function press(event: KeyboardEvent, stage: HTMLElement, verbs: Verbs): void {
  if (event.ctrlKey || event.metaKey || event.altKey || isControl(event.target)) return;
  const middle = { x: stage.clientWidth / 2, y: stage.clientHeight / 2 };
  const keys: Readonly<Record<string, () => void>> = {
    '+': () => verbs.zoom(1.25, middle),
    '=': () => verbs.zoom(1.25, middle),
    '-': () => verbs.zoom(0.8, middle),
    '0': () => verbs.fit(),
    '1': () => verbs.actualSize(),
    ArrowLeft: () => verbs.pan(KEY_PIXELS, 0),
    ArrowRight: () => verbs.pan(-KEY_PIXELS, 0),
    ArrowUp: () => verbs.pan(0, KEY_PIXELS),
    ArrowDown: () => verbs.pan(0, -KEY_PIXELS),
    Enter: () => verbs.pick(event.target, true),
    ' ': () => verbs.pick(event.target, false),
    Escape: () => verbs.pick(null, false),
  };
  const run = Object.hasOwn(keys, event.key) ? keys[event.key] : undefined;
  if (!run) return;
  event.preventDefault();
  run();
}

/** The slider and the buttons have keys of their own. */
function isControl(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('input, button, select') !== null;
}

function pixelOf({ clientX, clientY }: MouseEvent, stage: HTMLElement): Point {
  const { left, top } = stage.getBoundingClientRect();
  return { x: clientX - left, y: clientY - top };
}

function distance(a: Point, b: Point): number {
  return Math.hypot(a.x - b.x, a.y - b.y);
}
