/** What `nexa test` prints of one test, read back: under a debugger there are no events. Knows no editor. */

import type { Span } from "../run/events";

export interface Printed {
  readonly status: "passed" | "failed" | "unknown";
  readonly milliseconds: number;
  readonly message: string;
  readonly place: Span | undefined;
}

export function printedOutcome(output: string): Printed {
  const verdict = /^(?<mark>[✓✗]) .* \((?<seconds>[\d.]+) s\)\r?$/mu.exec(output)?.groups;
  const milliseconds = Number(verdict?.seconds ?? 0) * 1000;
  if (verdict?.mark === "✓") {
    return { status: "passed", milliseconds, message: "", place: undefined };
  }
  const error = /^\s*error\[(?<kind>\w+)\]:? (?<text>.*?)\r?$/m.exec(output)?.groups;
  if (verdict === undefined) {
    // Findings keep a program from running; they are told line by line.
    const isTold = /^\S+:\d+:\d+: error\[/m.test(output);
    return { status: "unknown", milliseconds, message: isTold ? output.trim() : "", place: undefined };
  }
  return {
    status: "failed",
    milliseconds,
    message: error ? `${error.kind}: ${error.text}` : output.trim(),
    place: placeIn(output),
  };
}

/** `--> a.nx:4:5`, and the carets below it. */
function placeIn(output: string): Span | undefined {
  const place = /^\s*--> (?<path>.+):(?<line>\d+):(?<column>\d+)\r?$/m.exec(output);
  if (!place?.groups) {
    return undefined;
  }
  const length = /^\s*\|\s*(\^+)\r?$/m.exec(output.slice(place.index))?.[1]?.length ?? 1;
  const [line, column] = [Number(place.groups.line), Number(place.groups.column)];
  return { path: place.groups.path ?? "", line, column, end_line: line, end_column: column + length };
}
