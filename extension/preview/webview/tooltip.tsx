import { useLayoutEffect, useRef } from 'preact/hooks';
import type { Badge, PlacedGraph } from '../../../diagram/index.ts';
import { idAt } from './placed-things.ts';

/** What the pointer is over, and where the pointer is on the page. */
export interface TooltipTarget {
  readonly element: Element;
  readonly x: number;
  readonly y: number;
}

interface Props {
  readonly target: TooltipTarget;
  readonly placed: PlacedGraph;
}

/** What is known about the thing under the pointer. Screen readers get the same from the description of the thing itself. */
export function Tooltip({ target, placed }: Props) {
  const element = useRef<HTMLDivElement>(null);
  const content = contentOf(placed, idAt(target.element));
  useLayoutEffect(() => {
    const tip = element.current;
    if (!tip) return;
    const { width, height } = tip.getBoundingClientRect();
    const left = Math.min(target.x + 14, window.innerWidth - width - 8);
    const below = target.y + 18;
    tip.style.left = `${Math.max(8, left)}px`;
    tip.style.top = `${below + height > window.innerHeight ? Math.max(8, target.y - height - 10) : below}px`;
  });
  if (!content) return null;
  const [first, ...rest] = content.lines;
  return (
    <div ref={element} class="tooltip" aria-hidden="true">
      <strong>{first}</strong>
      {rest.map((line, index) => (
        <p key={`${index}${line}`}>{line}</p>
      ))}
      {content.badges.map(({ severity, messages }) =>
        messages.map((message) => (
          <p key={message} class={`finding ${severity}`}>
            {message}
          </p>
        )),
      )}
    </div>
  );
}

/** Findings stand at the end of the text of a tooltip; here they are shown by their severity instead. */
function contentOf(
  { boxes, cards, edges }: PlacedGraph,
  id: string | undefined,
): { readonly lines: readonly string[]; readonly badges: readonly Badge[] } | undefined {
  if (id === undefined) return undefined;
  const thing =
    cards.find(({ card }) => card.id === id)?.card ??
    boxes.find(({ box }) => box.id === id)?.box ??
    edges.find(({ edge }) => edge.id === id)?.edge;
  if (!thing) return undefined;
  const messages = new Set(thing.badges.flatMap((badge) => badge.messages));
  const lines = thing.tooltip.split('\n').filter((line) => line.trim() !== '' && !messages.has(line.trim()));
  return { lines, badges: thing.badges };
}
