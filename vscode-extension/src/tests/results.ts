/** From what a run of tests reports to what the explorer shows of each. Knows no editor. */

import { type RunEvent, type Span, statusWord } from "../run/events";

export interface Outcome {
  readonly title: string;
  readonly status: "passed" | "failed" | "skipped";
  readonly milliseconds: number;
  readonly message: string;
  readonly span: Span | undefined;
}

/** Reads the events of one run, in which tests follow each other. */
export class Results {
  private title = "";

  /** What the event says of a test: that it has begun, what it wrote, or how it ended. */
  take(event: RunEvent): { begun?: string; output?: string; outcome?: Outcome } {
    switch (event.event) {
      case "run.started":
        this.title = event.flow;
        return { begun: this.title };
      case "print":
        return { output: event.text };
      case "run.finished": {
        const ended = event.status === "failed" ? "failed" : "skipped";
        const status = event.status === "ok" ? "passed" : ended;
        const message = event.error
          ? `${event.error.kind}: ${event.error.message}`
          : statusWord(event.status);
        const milliseconds = event.seconds * 1000;
        return { outcome: { title: this.title, status, milliseconds, message, span: event.error?.span } };
      }
      default:
        return {};
    }
  }
}

/** Titles of tests by a look at a text: enough for the list of a file that is not open. */
export function titlesIn(text: string): { readonly title: string; readonly line: number }[] {
  return text.split(/\r\n|\r|\n/).flatMap((line, number) => {
    const match = /^[ \t]*test[ \t]+(?:"([^"]*)"|'([^']*)')/.exec(line);
    return match ? [{ title: match[1] ?? match[2] ?? "", line: number }] : [];
  });
}
