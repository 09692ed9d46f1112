/** Names that change while what they stand for stays. Knows no editor. */

/** What a name of an earlier time is now. */
export type Names = ReadonlyMap<string, string>;

export interface Renamed {
  readonly before: string;
  readonly after: string;
  readonly time: number;
}

export const NO_NAMES: Names = new Map();

/** The names that were changed since a time, those changed twice with their last. */
export function namesSince(all: readonly Renamed[], time: number): Names {
  const names = new Map<string, string>();
  for (const { before, after } of all.filter((one) => one.time >= time)) {
    const first = [...names].find(([, now]) => now === before)?.[0] ?? before;
    names.set(first, after);
  }
  return names;
}

/** A text of then in the names of now. */
export function inNames(text: string, names: Names): string {
  if (names.size === 0) {
    return text;
  }
  return text.replace(/[\p{L}\p{N}\p{M}_]+/gu, (word) => names.get(word) ?? word);
}
