/** Which problems wait while somebody writes: a word that is not finished is not wrong yet. Knows no editor. */

export interface Problem {
  readonly code: string;
  readonly message: string;
  /** Lines, the last one included. */
  readonly first: number;
  readonly last: number;
}

/** Codes of mistakes in the syntax, which an unfinished line makes far below itself. */
const SYNTAX = /^NX1/;

/**
 * Whether a problem waits for a pause: it was not shown before, and stands in a line that is being written, or is one
 * of the syntax.
 */
export function waits(problem: Problem, shown: readonly Problem[], lines: readonly number[]): boolean {
  const isWritten = lines.some((line) => problem.first <= line && line <= problem.last);
  if (!isWritten && !SYNTAX.test(problem.code)) {
    return false;
  }
  // What it says may change with each letter where the line is being written.
  const isSame = (one: Problem) =>
    one.code === problem.code &&
    (one.message === problem.message || (isWritten && one.first === problem.first));
  return !shown.some(isSame);
}
