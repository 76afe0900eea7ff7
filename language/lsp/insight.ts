/** Everything that is known about a file beyond its syntax, computed when first asked for and once for each build. */
import { type LangiumDocument, WorkspaceCache } from 'langium';
import type { Analysis, Architecture, ComponentResult, Finding, Path, Scenario } from '../../model/index.ts';
import { analyzeNetwork, type Judgement, judgeScenario, prepare } from '../../simulator/index.ts';
import { type CheckResult, check } from '../check.ts';
import { type Compilation, compile } from '../compile.ts';
import type { LoadpathServices } from './services.ts';

export interface Insight {
  readonly compilation: Compilation;
  readonly architecture: Architecture;
  /** All findings, those in imported files included. */
  readonly findings: readonly Finding[];
  /** What the simulator says; undefined where it could not say anything because of a defect in it. */
  readonly analysis: Analysis | undefined;
  readonly results: ReadonlyMap<Path, ComponentResult>;
  /** The analysis at a multiple of the declared load. */
  readonly analysisAt: (scale: number) => Analysis | undefined;
  /** How a scenario goes. */
  readonly judgement: (scenario: Scenario) => Judgement | undefined;
}

/** Keeps what is known until the next build. */
export class Insights {
  private readonly services: LoadpathServices;
  private readonly cache: WorkspaceCache<string, Insight>;
  /** The last check of each root. */
  private readonly checks = new WeakMap<LangiumDocument, CheckResult>();

  constructor(services: LoadpathServices) {
    this.services = services;
    this.cache = new WorkspaceCache(services.shared);
  }

  /** Of the architecture that a file is part of; of several the first. Never throws. */
  around(document: LangiumDocument): Insight {
    return this.of(this.services.lsp.Roots.of(document)[0]!);
  }

  /** Of a linked document as an architecture of its own. Never throws. */
  of(document: LangiumDocument): Insight {
    return this.cache.get(document.uri.toString(), () => {
      const log = (message: string) =>
        void this.services.shared.lsp.Connection?.sendNotification('window/logMessage', { type: ERROR, message });
      const { settings } = this.services.lsp.Configurations.of(document.uri.toString());
      return insight(compile(this.services, document), log, (compilation) => {
        const result = check(compilation, { settings }, this.checks.get(document));
        this.checks.set(document, result);
        return result;
      });
    });
  }
}

type Log = (message: string) => void;

/** `MessageType.Error` of the protocol. */
const ERROR = 1;

function insight(compilation: Compilation, log: Log, checkNow: (compilation: Compilation) => CheckResult): Insight {
  const checked = once(() => guarded(() => checkNow(compilation), log));
  const analysis = once(() => guarded(() => checked()?.analysis, log));
  const results = once(() => new Map(analysis()?.solution.components.map((result) => [result.path, result])));
  const network = once(() => prepare(compilation.architecture));
  return {
    compilation,
    architecture: compilation.architecture,
    get findings() {
      return checked()?.findings ?? compilation.findings;
    },
    get analysis() {
      return analysis();
    },
    get results() {
      return results();
    },
    analysisAt: (scale) => {
      const declared = analysis();
      if (!declared || scale === 1) return declared;
      return guarded(() => analyzeNetwork(network(), { scale }), log);
    },
    judgement: (scenario) => guarded(() => judgeScenario(compilation.architecture, scenario), log),
  };
}

/** A defect in a rule or in the simulator must not take the other features of the editor with it. */
function guarded<T>(compute: () => T, log: Log): T | undefined {
  try {
    return compute();
  } catch (error) {
    log(`Loadpath has a defect: ${error instanceof Error ? error.stack : error}`);
    return undefined;
  }
}

function once<T>(compute: () => T): () => T {
  let known: { readonly value: T } | undefined;
  return () => {
    known ??= { value: compute() };
    return known.value;
  };
}
