/** Findings as diagnostics of Langium's build: those of a file when it is compiled as a root, with its rules. */
import { type DocumentValidator, interruptAndCheck, type LangiumDocument, type ValidationOptions } from 'langium';
import type { Finding, Severity } from '../model/index.ts';
import { type Compilation, compile } from './compile.ts';
import type { ArchServices } from './module.ts';

type Diagnostic = NonNullable<LangiumDocument['diagnostics']>[number];
type CancellationToken = Parameters<DocumentValidator['validateDocument']>[2];

/** All findings about a compilation, those of the rules included. */
export type Check = (compilation: Compilation, document: LangiumDocument) => readonly Finding[];

/** What a diagnostic carries for quick fixes. */
export interface DiagnosticData {
  readonly code: string;
  readonly fixes?: Finding['fixes'];
  readonly subject?: Finding['subject'];
}

/** Replaces Langium's validator: nothing but findings becomes a diagnostic, so that editor and command line say the same. */
export class ArchDocumentValidator implements DocumentValidator {
  private readonly services: ArchServices;
  private readonly check: Check;

  constructor(services: ArchServices, check: Check = (compilation) => compilation.findings) {
    this.services = services;
    this.check = check;
  }

  async validateDocument(
    document: LangiumDocument,
    _options?: ValidationOptions,
    cancelToken?: CancellationToken,
  ): Promise<Diagnostic[]> {
    if (cancelToken) await interruptAndCheck(cancelToken);
    const file = document.uri.toString();
    const findings = this.check(compile(this.services, document), document);
    return findings.filter(({ span }) => span.file === file).map(toDiagnostic);
  }
}

/** A finding as a diagnostic; related places become related information. */
export function toDiagnostic(finding: Finding): Diagnostic {
  const { rule, message, span, severity, related, fixes, subject } = finding;
  const data: DiagnosticData = {
    code: rule,
    ...(fixes ? { fixes } : {}),
    ...(subject === undefined ? {} : { subject }),
  };
  return {
    range: toRange(span),
    message,
    severity: SEVERITIES[severity],
    source: 'loadpath',
    code: rule,
    data,
    ...(related
      ? {
          relatedInformation: related.map((place) => ({
            message: place.message,
            location: { uri: place.span.file, range: toRange(place.span) },
          })),
        }
      : {}),
  };
}

const SEVERITIES: Readonly<Record<Severity, 1 | 2 | 3>> = { error: 1, warning: 2, info: 3 };

function toRange({ start, end }: Finding['span']): Diagnostic['range'] {
  return {
    start: { line: start.line, character: start.character },
    end: { line: end.line, character: end.character },
  };
}
