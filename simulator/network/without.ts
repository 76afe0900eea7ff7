/** Architectures without some of their connections: what is left when nobody uses these any more. */
import type { Architecture, Connection } from '../../model/index.ts';

/** The architecture without the connections of these ids. */
export function without(architecture: Architecture, avoided: readonly string[]): Architecture {
  const gone = new Set(avoided);
  const keep = (connections: readonly Connection[]) => connections.filter(({ id }) => !gone.has(id));
  return {
    ...architecture,
    connections: keep(architecture.connections),
    requests: architecture.requests.map((request) => ({ ...request, connections: keep(request.connections) })),
  };
}
