/** A ground for words that stand on a line: the canvas with the tint of the boxes around. */
import type { Rectangle } from '../placed.ts';

export function Chip({ x, y, width, height, depth }: Rectangle & { readonly depth: number }) {
  return (
    <>
      <rect class="chip" x={x} y={y} width={width} height={height} rx="6" />
      {Array.from({ length: depth }, (_, index) => (
        <rect key={index} class="tint" x={x} y={y} width={width} height={height} rx="6" />
      ))}
    </>
  );
}
