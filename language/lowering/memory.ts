/**
 * What the last lowering of the same files has made of their statements, so that an edit costs what it changes.
 *
 * A statement whose text is as before, comments above it included, means the same as long as all names are declared as before: then its
 * part of the model is taken over. A part that had to be made anew and says the same is the object of before, too, so that whoever
 * compares two architectures need only compare objects.
 */
import type { Span } from '../../model/index.ts';
import type { SourceText } from '../spans.ts';
import { changeBetween, isUntouched, startBefore, type TextChange } from '../text-change.ts';
import { moveSpans, saysTheSame, spansIn, takePositions } from './positions.ts';

/** Where a statement stands; `from` is where that begins what is said above it. */
export interface Place {
  readonly file: string;
  readonly from: number;
  readonly start: number;
  readonly end: number;
}

interface Part {
  value: object;
  /** What it is made of. */
  places: readonly Place[];
  /** False where making it has reported something, which has to be reported again. */
  isQuiet: boolean;
  /** Found when they have to be moved. */
  spans?: ReadonlySet<Span>;
}

/** Parts of one type: those with names by them, the others by file and offset. */
class Parts {
  private readonly byName = new Map<string, Part>();
  private readonly byPlace = new Map<string, Map<number, Part>>();

  get(name: string | undefined, file: string, start: number): Part | undefined {
    return name === undefined ? this.byPlace.get(file)?.get(start) : this.byName.get(name);
  }

  set(name: string | undefined, { file, start }: Place, part: Part): void {
    if (name !== undefined) {
      this.byName.set(name, part);
      return;
    }
    let parts = this.byPlace.get(file);
    if (!parts) {
      parts = new Map();
      this.byPlace.set(file, parts);
    }
    parts.set(start, part);
  }
}

/** Of one architecture; lowerings of it come one after the other. */
export class Memory {
  private before: ReadonlyMap<string, Parts> = new Map();
  private now = new Map<string, Parts>();
  private texts = new Map<string, SourceText>();
  private readonly changes = new Map<string, TextChange>();
  private names: string | undefined;
  private isSameNames = false;

  /**
   * Begins a lowering.
   * @param names everything that decides what names mean; undefined where the texts are not understood, as a statement may then be
   *   read in the light of what is around it
   */
  begin(texts: readonly SourceText[], names: string | undefined): void {
    this.before = this.now;
    this.now = new Map();
    this.changes.clear();
    for (const text of texts) {
      const before = this.texts.get(text.file);
      if (before && before !== text) this.changes.set(text.file, changeBetween(before, text));
    }
    this.isSameNames = names !== undefined && names === this.names && texts.every(({ file }) => this.texts.has(file));
    this.names = names;
    this.texts = new Map(texts.map((text) => [text.file, text]));
  }

  /**
   * The part that these statements are, made only where it has to be. It is known by its type and its name, else by where it stands.
   * @param make also says whether it has reported nothing
   */
  take<T extends object>(
    type: string,
    name: string | undefined,
    places: readonly Place[],
    make: () => { readonly value: T; readonly isQuiet: boolean },
  ): T {
    const parts = this.partsNow(type);
    const [place] = places as readonly [Place];
    if (parts.get(name, place.file, place.start)) return make().value;
    const before = this.before.get(type)?.get(name, place.file, this.startBefore(place));
    if (before && this.isSameNames && before.isQuiet && this.isUntouched(before.places, places)) {
      this.move(before);
      before.places = places;
      parts.set(name, place, before);
      return before.value as T;
    }
    const { value, isQuiet } = make();
    if (before && saysTheSame(before.value, value)) {
      takePositions(before.value, value);
      Object.assign(before, { places, isQuiet });
      parts.set(name, place, before);
      return before.value as T;
    }
    parts.set(name, place, { value, places, isQuiet });
    return value;
  }

  private partsNow(type: string): Parts {
    let parts = this.now.get(type);
    if (!parts) {
      parts = new Parts();
      this.now.set(type, parts);
    }
    return parts;
  }

  /** No statement begins at -1. */
  private startBefore({ file, start, end }: Place): number {
    const change = this.changes.get(file);
    return change ? (startBefore(change, start, end) ?? -1) : start;
  }

  private isUntouched(before: readonly Place[], now: readonly Place[]): boolean {
    if (before.length !== now.length) return false;
    for (const [i, old] of before.entries()) {
      const { file, from, start, end } = now[i]!;
      const change = this.changes.get(file);
      if (change && !isUntouched(change, old.from, old.end)) return false;
      const by = change && old.from >= change.tail ? change.offsets : 0;
      if (old.file !== file || old.from + by !== from || old.start + by !== start || old.end + by !== end) return false;
    }
    return true;
  }

  private move(part: Part): void {
    if (!part.places.some((place) => this.isMoved(place))) return;
    part.spans ??= spansIn(part.value);
    moveSpans(part.spans, this.changes);
  }
  private isMoved({ file, from }: Place): boolean {
    const change = this.changes.get(file);
    if (!change || from < change.tail) return false;
    return change.offsets !== 0 || change.lines !== 0 || change.characters !== 0;
  }
}
