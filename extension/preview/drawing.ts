/** Draws previews in the server process: it has the model, and the page gets a finished layout to show. */
import type { Connection } from 'vscode-languageserver';
import {
  createLayouter,
  type GraphOptions,
  type LayoutWorker,
  type PlacedGraph,
  renderSvg,
  toGraph,
} from '../../diagram/index.ts';
import type { ModelResult } from '../../language/protocol.ts';
import type { Server } from '../../language/server.ts';
import type { Architecture, Finding, View } from '../../model/index.ts';
import { createArranger } from './arranger.ts';
import { placesOf } from './places-of.ts';
import { createPlayer, graphOptionsAt, type Player, playingOf, scenarioOf } from './playing.ts';
import { exportRequest, type PreviewParams, type PreviewResult, previewRequest } from './protocol.ts';
import { summarize } from './summarize.ts';
import type { Picture, Playing } from './webview/messages.ts';

/** What is kept of each file that is previewed. */
interface Kept {
  readonly picture: Picture;
  readonly architecture: Architecture;
}

/** Answers the requests of previews. @param startWorker starts what computes the layouts, at the first of them */
export function addPreview(
  connection: Connection,
  server: Pick<Server, 'model' | 'shared'>,
  startWorker: () => LayoutWorker,
): void {
  const layouter = createLayouter({ worker: startWorker });
  const arrange = createArranger((graph) => layouter.layout(graph, { framed: false }));
  const player = createPlayer();
  /** By file, then by view. */
  const lastGood = new Map<string, Map<string, Kept>>();
  server.shared.workspace.TextDocuments.onDidClose(({ document }) => lastGood.delete(document.uri));

  connection.onRequest(previewRequest.method, async (params: PreviewParams): Promise<PreviewResult> => {
    const known = await read(server, params);
    if (!known) return { places: {} };
    const { model, users } = known;
    const places = placesOf(model.architecture);
    const view = viewOf(model.architecture, params);
    const ofFile = lastGood.get(params.uri) ?? new Map<string, Kept>();
    lastGood.set(params.uri, ofFile);
    // A broken text may have lost the view itself.
    const before = ofFile.get(params.view ?? '');
    const problem = before && losesParts(before.architecture, model) ? firstError(model.findings) : undefined;
    if (before && problem) return { places, picture: { ...before.picture, problem, version: model.version } };
    if (model.architecture.components.length === 0) return { places };
    const played = playedIn(player, model, params, view);
    const graph = toGraph(model.architecture, { ...model, ...(view ? { view } : {}), ...played?.options });
    const placed: PlacedGraph = await arrange(`${params.uri} ${view?.name ?? ''}`, graph);
    const picture: Picture = {
      uri: params.uri,
      version: model.version,
      placed,
      summary: summarize(model, users),
      views: model.architecture.views.map(({ name, title = name }) => ({ name, title })),
      ...(view ? { view: view.name } : {}),
      scenarios: model.architecture.scenarios.map(({ name, title = name }) => ({ name, title })),
      ...(played ? { playing: played.playing } : {}),
    };
    ofFile.set(params.view ?? '', { picture, architecture: model.architecture });
    return { places, picture };
  });

  connection.onRequest(exportRequest.method, async (params: PreviewParams): Promise<string | null> => {
    const known = await read(server, params);
    if (!known || known.model.architecture.components.length === 0) return null;
    const view = viewOf(known.model.architecture, params);
    const played = playedIn(player, known.model, params, view);
    const sources = { ...known.model, ...(view ? { view } : {}), ...played?.options };
    return renderSvg(known.model.architecture, { ...sources, theme: 'light', layouter });
  });
}

/** The moment of the scenario that is asked for, or of the one that the view shows. */
function playedIn(
  player: Player,
  model: ModelResult,
  params: PreviewParams,
  view: View | undefined,
): { readonly options: GraphOptions; readonly playing: Playing } | undefined {
  const scenario = scenarioOf(model, params.scenario ?? view?.scenario);
  const film = scenario && player(model, params.uri, scenario.name);
  if (!film) return undefined;
  const wanted = params.at ?? (params.scenario === undefined ? (view?.at ?? 0) : 0);
  const at = Math.min(Math.max(0, wanted), scenario.duration);
  return {
    options: graphOptionsAt(model, scenario, { ...film.momentAt(at), at }),
    playing: playingOf(scenario, film, at),
  };
}

/** The model under the users that were asked for; those are turned into a multiple of the declared ones. */
async function read(
  server: Pick<Server, 'model'>,
  { uri, users }: PreviewParams,
): Promise<{ readonly model: ModelResult; readonly users: number } | undefined> {
  const declared = await server.model({ uri });
  if (!declared) return undefined;
  const { declaredUsers } = declared.analysis.capacity;
  if (users === undefined || !(declaredUsers > 0)) return { model: declared, users: declaredUsers };
  const model = await server.model({ uri, scale: users / declaredUsers });
  return model ? { model, users } : undefined;
}

function viewOf({ views }: Architecture, params: PreviewParams): View | undefined {
  return views.find(({ name }) => name === params.view);
}

/** A text that is being written is often broken for a moment; then things vanish that nobody has removed. */
function losesParts(before: Architecture, { architecture, findings }: ModelResult): boolean {
  if (!findings.some(({ rule }) => rule === 'syntax')) return false;
  const paths = new Set(architecture.components.map(({ path }) => path));
  const ids = new Set(architecture.connections.map(({ id }) => id));
  return before.components.some(({ path }) => !paths.has(path)) || before.connections.some(({ id }) => !ids.has(id));
}

function firstError(findings: readonly Finding[]): string | undefined {
  const error = findings.find(({ severity }) => severity === 'error');
  return error && `Line ${error.span.start.line + 1}: ${error.message}`;
}
