import type { Architecture } from '../../model/index.ts';
import type { Place } from './protocol.ts';

/** Where every component and connection is in the text; copies are where what they were copied from is. */
export function placesOf({ components, connections, requests }: Architecture): Readonly<Record<string, Place>> {
  const places = components.map(({ path, span, nameSpan }) => [path, { span, name: nameSpan }] as const);
  const lines = [...connections, ...requests.flatMap((request) => request.connections)].map(
    ({ id, span, toSpan }) => [id, { span, name: toSpan }] as const,
  );
  return Object.fromEntries([...lines, ...places]);
}
