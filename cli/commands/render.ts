/** `loadpath render`: the architecture as a picture. */
import { extname } from 'node:path';
import type { Command } from 'commander';
import { type Theme, themes } from '../../diagram/svg/theme.ts';
import { exitCodes } from '../exit-code.ts';
import {
  addColorOption,
  addInputOptions,
  addThresholdOptions,
  choice,
  type InputOptions,
  positiveNumber,
  type ThresholdOptions,
} from '../options.ts';
import { outputTo } from '../output.ts';
import type { ColorMode, Terminal } from '../terminal.ts';
import { UsageError } from '../usage-error.ts';
import type { Run } from './index.ts';

const formats = ['svg', 'png', 'json'] as const;
type Format = (typeof formats)[number];

interface RenderOptions extends InputOptions, ThresholdOptions {
  readonly color: ColorMode;
  readonly format?: Format;
  readonly output?: string;
  readonly theme?: Theme;
  readonly view?: string;
  readonly scale: number;
  readonly load: boolean;
  readonly quiet?: boolean;
}

/** Declares the command. */
export function define(command: Command, run: Run): void {
  command
    .argument('<file>', 'an .arch file')
    .addOption(choice('-f, --format <format>', 'what to draw; by the name of the output, else svg', formats))
    .option('-o, --output <file>', 'write to this file instead of standard output')
    .addOption(choice('--theme <theme>', 'colours; auto follows the reader, and is light in a PNG', themes))
    .option('--view <name>', "draw this 'view' of the file")
    .addOption(positiveNumber('--scale <factor>', 'pixels of a PNG for each pixel of the SVG', 2))
    .option('--no-load', 'draw the structure alone, without load and findings')
    .option('-q, --quiet', 'with --fail-on never: do not mention errors');
  addThresholdOptions(addInputOptions(addColorOption(command))).action((file: string, options: RenderOptions) =>
    run(options, async (terminal) => {
      const format = options.format ?? formatOf(options.output) ?? 'svg';
      if (format === 'png' && terminal.interactive && toStandardOutput(options))
        throw new UsageError("A PNG is not for a terminal: name a file with '-o', or send it through a pipe.");
      return render(file, { ...options, format }, terminal);
    }),
  );
}

async function render(file: string, options: RenderOptions & { readonly format: Format }, terminal: Terminal) {
  const { openArchitecture } = await import('../architecture.ts');
  const opened = await openArchitecture(file, options, terminal);
  if (!opened) return exitCodes.findings;
  const { drawPicture } = await import('../picture.ts');
  const picture = await drawPicture(opened, options);
  outputTo(options.output, terminal).write(picture);
  return exitCodes.clean;
}

function toStandardOutput({ output }: RenderOptions): boolean {
  return output === undefined || output === '-';
}

function formatOf(output: string | undefined): Format | undefined {
  const extension = extname(output ?? '')
    .slice(1)
    .toLowerCase();
  return formats.find((format) => format === extension);
}
