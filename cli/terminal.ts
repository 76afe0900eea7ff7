/** Standard output and error of a run: colour, width, and what happens when the reader goes away. */
import { styleText } from 'node:util';

export type ColorMode = 'auto' | 'always' | 'never';
export type Style = Parameters<typeof styleText>[0];
/** Colours a text, or returns it as it is where there is no colour. */
export type Paint = (style: Style, text: string) => string;

export interface Terminal {
  readonly cwd: string;
  /** Columns of standard output; 100 where it is not a terminal. */
  readonly columns: number;
  /** True if a person is looking at standard output. */
  readonly interactive: boolean;
  /** For standard output, and for standard error. */
  readonly paint: Paint;
  readonly paintNotes: Paint;
  /** Writes to standard output, exactly this. */
  write(data: string | Uint8Array): void;
  /** Writes a line to standard error. */
  note(line: string): void;
}

const COLUMNS_OF_A_FILE = 100;

/** The terminal of this process. */
export function openTerminal(color: ColorMode): Terminal {
  const { stdout, stderr } = process;
  return {
    cwd: process.cwd(),
    columns: stdout.isTTY ? stdout.columns : COLUMNS_OF_A_FILE,
    interactive: stdout.isTTY === true,
    paint: painter(color, stdout),
    paintNotes: painter(color, stderr),
    write: (data) => void stdout.write(data),
    note: (line) => void stderr.write(`${line}\n`),
  };
}

/** Leaves quietly when the reader of a pipe has seen enough (`loadpath rules | head`). */
export function leaveQuietlyOnClosedPipe(): void {
  for (const stream of [process.stdout, process.stderr])
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error;
      process.exit();
    });
}

/** No colour at all: for files. */
export const plain: Paint = (_style, text) => text;

function painter(color: ColorMode, stream: NodeJS.WriteStream): Paint {
  return wantsColor(color, stream) ? (style, text) => styleText(style, text, { validateStream: false }) : plain;
}

/** Node itself knows NO_COLOR, FORCE_COLOR, TERM=dumb and what is a terminal; this asks what it would do. */
function wantsColor(color: ColorMode, stream: NodeJS.WriteStream): boolean {
  if (color !== 'auto') return color === 'always';
  return styleText('red', '-', { stream }) !== '-';
}
