/**
 * Which node of a graph is which of an earlier drawing of it: ids count nodes, so an edit above moves them all. Nodes are
 * recognised by what stands there. Knows no editor.
 */

import type { Graph } from "./model";
import { inNames, type Names, NO_NAMES } from "./names";

/** A node by its text. */
export interface Mark {
  readonly id: string;
  readonly kind: string;
  readonly callee: string;
  /** What stands at its place, blanks made one. */
  readonly text: string;
  /** The lines that it stands on. */
  readonly line: string;
}

/** A flow as it was drawn at some time: its nodes in the order of the text, and a digest of the file that it stands in. */
export interface Drawing {
  readonly marks: readonly Mark[];
  readonly digest: string;
}

/** What a node was then. */
export interface Kin {
  readonly id: string;
  /** What it says is other than what it said then. */
  readonly isChanged: boolean;
}

/** How much of two lines has to be alike for an edited one to be the same. */
const ALIKE = 0.5;
/** Pairs of nodes that are compared at most; larger graphs are followed only where nothing has changed. */
const MOST_PAIRS = 250_000;

export function marksOf(graph: Graph, text: string): Mark[] {
  const lines = text.split(/\r\n|\r|\n/);
  return graph.nodes.map(({ id, kind, callee, range: { start, end } }) => {
    const whole = lines.slice(start.line, end.line + 1);
    const inside = whole.map((line, index) => {
      const last = start.line + index === end.line ? end.character : line.length;
      return line.slice(index === 0 ? start.character : 0, last);
    });
    return { id, kind, callee, text: plain(inside.join("\n")), line: plain(whole.join("\n")) };
  });
}

/**
 * The nodes of now, by id, with what they were then; those that are new are not among them. `names` says what has been
 * renamed since.
 */
export function kinship(
  drawn: readonly Mark[],
  now: readonly Mark[],
  names: Names = NO_NAMES,
): Map<string, Kin> {
  const then = renamed(drawn, now, names);
  const shorter = Math.min(then.length, now.length);
  let start = 0;
  while (start < shorter && isEqual(then[start], now[start])) {
    start += 1;
  }
  let end = 0;
  while (end < shorter - start && isEqual(then.at(-1 - end), now.at(-1 - end))) {
    end += 1;
  }
  const before = then.slice(start, then.length - end);
  const after = now.slice(start, now.length - end);
  const pairs = [
    ...zipped(then.slice(0, start), now),
    ...(before.length * after.length <= MOST_PAIRS ? changed(before, after) : []),
    ...zipped(then.slice(then.length - end), now.slice(now.length - end)),
  ];
  return new Map(pairs.map(([one, other]) => [other.id, { id: one.id, isChanged: one.line !== other.line }]));
}

/** What was drawn then, in the names of now; a name that is there again has not been changed after all. */
function renamed(then: readonly Mark[], now: readonly Mark[], names: Names): readonly Mark[] {
  const there = new Set(now.map(({ callee }) => callee));
  const real = new Map([...names].filter(([before, after]) => there.has(after) && !there.has(before)));
  if (real.size === 0) {
    return then;
  }
  return then.map((mark) => ({
    ...mark,
    callee: inNames(mark.callee, real),
    text: inNames(mark.text, real),
    line: inNames(mark.line, real),
  }));
}

type Pair = readonly [Mark, Mark];

function zipped(then: readonly Mark[], now: readonly Mark[]): Pair[] {
  return then.flatMap((before, index): Pair[] => {
    const after = now[index];
    return after ? [[before, after]] : [];
  });
}

/** What is there once, as it was, is the same wherever it stands now; the others keep their order. */
function changed(then: readonly Mark[], now: readonly Mark[]): Pair[] {
  const certain = now.flatMap((after): Pair[] => {
    const [one, ...others] = then.filter((before) => isEqual(before, after));
    const isOnly = others.length === 0 && now.filter((other) => isEqual(after, other)).length === 1;
    return one && isOnly ? [[one, after]] : [];
  });
  const [befores, afters] = [new Set(certain.map(([one]) => one)), new Set(certain.map(([, one]) => one))];
  const rest = inOrder(
    then.filter((one) => !befores.has(one)),
    now.filter((one) => !afters.has(one)),
  );
  return [...certain, ...rest];
}

/** The pairs of most likeness that keep their order. */
function inOrder(then: readonly Mark[], now: readonly Mark[]): Pair[] {
  const width = now.length + 1;
  const likes = then.map((before) => now.map((after) => likeness(before, after)));
  const best = new Float64Array((then.length + 1) * width);
  const at = (row: number, column: number) => best[row * width + column] ?? 0;
  for (let row = then.length - 1; row >= 0; row -= 1) {
    for (let column = now.length - 1; column >= 0; column -= 1) {
      const like = likes[row]?.[column] ?? 0;
      const both = like > 0 ? like + at(row + 1, column + 1) : 0;
      best[row * width + column] = Math.max(both, at(row + 1, column), at(row, column + 1));
    }
  }
  const pairs: Pair[] = [];
  for (let row = 0, column = 0; row < then.length && column < now.length; ) {
    const [before, after] = [then[row], now[column]];
    const like = likes[row]?.[column] ?? 0;
    if (before && after && like > 0 && at(row, column) === like + at(row + 1, column + 1)) {
      pairs.push([before, after]);
      row += 1;
      column += 1;
    } else if (at(row + 1, column) >= at(row, column + 1)) {
      row += 1;
    } else {
      column += 1;
    }
  }
  return pairs;
}

/** How much speaks for two nodes being the same; 0: nothing. */
function likeness(then: Mark, now: Mark): number {
  if (then.kind !== now.kind || then.callee !== now.callee) {
    return 0;
  }
  if (then.text === now.text && then.line === now.line) {
    return 4;
  }
  // A stage of a chain says no more than its name.
  if (then.text === now.text && then.text !== then.callee) {
    return 3;
  }
  const [before, after] = [around(then), around(now)];
  const part = shared(before, after) / Math.max(before.length, after.length, 1);
  return part >= ALIKE ? 1 + part : 0;
}

function isEqual(one: Mark | undefined, other: Mark | undefined): boolean {
  return one !== undefined && other !== undefined && likeness(one, other) === 4;
}

/** What stands around a name. */
function around(mark: Mark): string {
  return mark.line.replace(mark.callee, "");
}

/** The letters that two lines share at their beginning and at their end. */
function shared(one: string, other: string): number {
  const shorter = Math.min(one.length, other.length);
  let start = 0;
  while (start < shorter && one[start] === other[start]) {
    start += 1;
  }
  let end = 0;
  while (end < shorter - start && one.at(-1 - end) === other.at(-1 - end)) {
    end += 1;
  }
  return start + end;
}

function plain(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}
