/** The smallest size of a remedy that is enough. */
import { type Architecture, type Bottleneck, type Component, isContainer, type Path } from '../../model/index.ts';
import { bottlenecksOf } from '../capacity/bottlenecks.ts';
import { prepare } from '../network/prepare.ts';
import { originOf, sharing, withEdits } from './apply-edits.ts';
import { type Remedy, type RemedyStep, remediesFor, type Trouble } from './remedy.ts';

/** A step, and the architecture after it. */
export interface SizedStep extends RemedyStep {
  readonly section: string;
  readonly architecture: Architecture;
}

/**
 * Of the ways to remove a bottleneck the first that is enough for `scale` times the declared load, as small as it can be; else the
 * first that helps at all. Undefined where nothing helps. A larger size never saturates earlier, so it is found by bisection.
 */
export function firstRemedy(architecture: Architecture, trouble: Trouble, scale: number): SizedStep | undefined {
  const now = saturationOf(architecture, trouble.path);
  let helpful: SizedStep | undefined;
  for (const remedy of remediesFor(architecture, trouble)) {
    const largest = stepOf(architecture, remedy, remedy.sizes.at(-1));
    if (!largest) continue;
    const reached = saturationOf(largest.architecture, trouble.path);
    if (remedy.preferred && reached > now * (1 + NOTICEABLE)) return largest;
    if (reached >= scale) return smallest(architecture, remedy, trouble.path, scale);
    if (remedy.partial && reached > now * (1 + NOTICEABLE)) helpful ??= largest;
  }
  return helpful;
}

const NOTICEABLE = 0.01;

/** Multiple of the declared load at which the first resource of a component, or of one of its copies, saturates. */
function saturationOf(architecture: Architecture, path: Path): number {
  const component = originOf(architecture, path) ?? movedFrom(architecture, path);
  const same = new Set(component ? sharing(architecture, component).map((one) => one.path) : [path]);
  const first = bottlenecksOf(prepare(architecture), PEAK).find((one: Bottleneck) => same.has(one.path));
  return first?.scale ?? Number.POSITIVE_INFINITY;
}

/** What had this path before it was put into something, or taken out of it. */
function movedFrom({ components }: Architecture, path: Path): Component | undefined {
  return (
    components.find((one) => one.path.endsWith(`.${path}`)) ??
    components.find((one) => !isContainer(one.kind) && path.endsWith(`.${one.path}`))
  );
}

const PEAK = { scale: 1, load: 'peak' } as const;

function smallest(architecture: Architecture, remedy: Remedy, path: Path, scale: number): SizedStep | undefined {
  let low = 0;
  let high = remedy.sizes.length - 1;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    const step = stepOf(architecture, remedy, remedy.sizes[middle]);
    if (step && saturationOf(step.architecture, path) >= scale) high = middle;
    else low = middle + 1;
  }
  return stepOf(architecture, remedy, remedy.sizes[low]);
}

/** A remedy of a size, made in the model; undefined without a size. */
export function stepOf(architecture: Architecture, remedy: Remedy, size: number | undefined): SizedStep | undefined {
  if (size === undefined) return undefined;
  const step = remedy.make(size);
  return { ...step, section: remedy.section, architecture: withEdits(architecture, step.edits) };
}
