/** Where a place of a text is after an edit. Knows no editor. */

export interface Place {
  readonly line: number;
  readonly character: number;
}

export interface Stretch {
  readonly start: Place;
  readonly end: Place;
}

export interface Change {
  readonly range: Stretch;
  readonly text: string;
}

/** The stretch after an edit; undefined where the edit reaches into it, or makes its words longer. */
export function shifted(place: Stretch, { range, text }: Change): Stretch | undefined {
  if (isBefore(place.end, range.start)) {
    return place;
  }
  if (isSame(place.end, range.start)) {
    return /^[\p{L}\p{N}_.([]/u.test(text) ? undefined : place;
  }
  const isLonger = isSame(place.start, range.end) && /[\p{L}\p{N}_]$/u.test(text);
  if (isBefore(place.start, range.end) || isLonger) {
    return undefined;
  }
  const lines = text.split(/\r\n|\r|\n/);
  const last = lines.at(-1)?.length ?? 0;
  const column = lines.length === 1 ? range.start.character + last : last;
  const move = ({ line, character }: Place): Place => ({
    line: line + range.start.line + lines.length - 1 - range.end.line,
    character: line === range.end.line ? character - range.end.character + column : character,
  });
  return { start: move(place.start), end: move(place.end) };
}

function isBefore(one: Place, other: Place): boolean {
  return one.line < other.line || (one.line === other.line && one.character < other.character);
}

function isSame(one: Place, other: Place): boolean {
  return one.line === other.line && one.character === other.character;
}
