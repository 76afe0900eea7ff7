import type { RefObject } from 'preact';
import { memo } from 'preact/compat';
import { useEffect, useImperativeHandle, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { Diagram, type PlacedGraph } from '../../../diagram/index.ts';
import { attachGestures } from './gestures.ts';
import type { Picture } from './messages.ts';
import { centresOf, elementsOf, idAt, rectangleOf } from './placed-things.ts';
import { Tooltip, type TooltipTarget } from './tooltip.tsx';
import {
  bringIntoView,
  follow,
  keepInSight,
  panBy,
  type Size,
  showAll,
  shows,
  type Viewport,
  zoomAt,
} from './viewport.ts';

/** What the buttons and commands can do with the picture. */
export interface StageControls {
  fit(): void;
  actualSize(): void;
  zoom(factor: number): void;
}

interface Props {
  readonly picture: Picture;
  readonly selected: string | undefined;
  readonly followed: number;
  readonly wheel: 'modifier' | 'zoom';
  readonly onPick: (id: string | undefined, focus: boolean) => void;
  readonly controls: RefObject<StageControls | null>;
}

/** What is on the screen; `fitted` until someone zooms or moves it. */
interface Shown {
  readonly viewport: Viewport;
  readonly fitted: boolean;
  readonly placed: PlacedGraph;
  /** The file and the view. */
  readonly subject: string;
}

/** The picture, which can be zoomed and moved. Its place is set directly on the element: a drag redraws nothing. */
export function Stage({ picture, selected, followed, wheel, onPick, controls }: Props) {
  const stage = useRef<HTMLDivElement>(null);
  const view = useRef<Shown>(null);
  const subject = `${picture.uri} ${picture.view ?? ''}`;
  const [target, setTarget] = useState<TooltipTarget>();
  const sizeOf = (): Size => ({
    width: stage.current?.clientWidth ?? 0,
    height: stage.current?.clientHeight ?? 0,
  });
  const apply = (viewport: Viewport, fitted: boolean) => {
    const kept = keepInSight(viewport, picture.placed, sizeOf());
    view.current = { viewport: kept, fitted, placed: picture.placed, subject };
    place(stage.current?.querySelector<SVGSVGElement>('svg.loadpath'), picture.placed, kept);
  };
  const current = () => view.current?.viewport ?? showAll(picture.placed, sizeOf());

  useImperativeHandle(controls, () => ({
    fit: () => apply(showAll(picture.placed, sizeOf()), true),
    actualSize: () => {
      const { width, height } = sizeOf();
      apply(zoomAt(current(), 1 / current().scale, { x: width / 2, y: height / 2 }), false);
    },
    zoom: (factor) => {
      const { width, height } = sizeOf();
      apply(zoomAt(current(), factor, { x: width / 2, y: height / 2 }), false);
    },
  }));

  // A new picture: show all of it if all of the last one was shown, else keep what is being looked at in its place.
  useLayoutEffect(() => {
    const before = view.current;
    if (!before || before.subject !== subject) return apply(showAll(picture.placed, sizeOf()), true);
    const next = follow(before.viewport, centresOf(before.placed), centresOf(picture.placed), sizeOf());
    const refit = before.fitted && !shows(next, picture.placed, sizeOf());
    apply(refit ? showAll(picture.placed, sizeOf()) : next, before.fitted);
  }, [picture]);

  useLayoutEffect(() => {
    for (const element of stage.current?.querySelectorAll('.selected') ?? []) element.classList.remove('selected');
    if (selected === undefined) return;
    for (const element of elementsOf(stage.current, picture.placed, selected)) element.classList.add('selected');
  }, [picture, selected]);

  // The cursor in the text has moved: bring what it is on into view, unless that is the whole picture.
  useEffect(() => {
    const rectangle = selected === undefined ? undefined : rectangleOf(picture.placed, selected);
    if (rectangle && followed > 0) apply(bringIntoView(current(), rectangle, sizeOf()), view.current?.fitted ?? false);
  }, [followed]);

  useEffect(() => {
    const element = stage.current;
    if (!element) return;
    const observer = new ResizeObserver(() => {
      if (view.current?.fitted) apply(showAll(picture.placed, sizeOf()), true);
      else apply(current(), false);
    });
    observer.observe(element);
    const detach = attachGestures(element, {
      wheel,
      pan: (dx, dy) => apply(panBy(current(), dx, dy), false),
      zoom: (factor, pixel) => apply(zoomAt(current(), factor, pixel), false),
      fit: () => apply(showAll(picture.placed, sizeOf()), true),
      actualSize: () => controls.current?.actualSize(),
      pick: (at, focus) => onPick(idAt(at), focus),
      hover: setTarget,
      focused: (at) => {
        const rectangle = rectangleOf(picture.placed, idAt(at) ?? '');
        if (rectangle) apply(bringIntoView(current(), rectangle, sizeOf()), view.current?.fitted ?? false);
      },
    });
    return () => {
      observer.disconnect();
      detach();
    };
  });

  return (
    <div ref={stage} class="stage" role="application" aria-label="Diagram">
      <Drawing graph={picture.placed} />
      {target && <Tooltip target={target} placed={picture.placed} />}
    </div>
  );
}

const Drawing = memo(({ graph }: { readonly graph: PlacedGraph }) => {
  const holder = useRef<HTMLDivElement>(null);
  // The browser's own tooltips would cover ours; what they say stays with the element for screen readers.
  useLayoutEffect(() => {
    for (const title of holder.current?.querySelectorAll('title') ?? []) {
      if (!title.firstChild?.nodeValue) continue;
      title.parentElement?.setAttribute('aria-description', title.firstChild.nodeValue);
      title.firstChild.nodeValue = '';
    }
  }, [graph]);
  return (
    <div ref={holder} class="drawing">
      <Diagram graph={graph} styled={false} interactive />
    </div>
  );
});

function place(svg: SVGSVGElement | null | undefined, { width, height }: Size, { x, y, scale }: Viewport): void {
  if (!svg) return;
  svg.style.width = `${width * scale}px`;
  svg.style.height = `${height * scale}px`;
  svg.style.transform = `translate(${-x * scale}px, ${-y * scale}px)`;
}
