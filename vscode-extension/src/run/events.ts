/** What a run reports, as `nexa run --events jsonl` writes it; `docs/editor-protocol.md` is the contract. */

import { t } from "../words";

/** A place in a file: lines and columns from 1, columns in code points. */
export interface Span {
  readonly path?: string;
  readonly line: number;
  readonly column: number;
  readonly end_line: number;
  readonly end_column: number;
}

export interface RunError {
  readonly kind: string;
  readonly message: string;
  readonly detail?: string;
  readonly span?: Span;
}

export interface Usage {
  readonly input_tokens?: number;
  readonly output_tokens?: number;
  readonly cost?: number;
}

interface Common {
  readonly runId: string;
}

export type RunEvent = Common &
  (
    | {
        event: "run.started";
        run?: string;
        path: string;
        flow: string;
        args?: Record<string, unknown>;
        rerun?: { run: string; node: string };
      }
    | { event: "node.started"; node: string; callee: string; branch?: number; span?: Span }
    | { event: "token"; node: string; text: string }
    | { event: "model.call"; node: string; model: string; attempt: number }
    | ({ event: "model.usage"; node: string } & Usage)
    | { event: "tool.started"; node: string; tool: string; arguments?: unknown }
    | { event: "tool.finished"; node: string; tool: string; seconds: number; error?: RunError }
    | { event: "node.finished"; node: string; seconds: number; output?: unknown; replayed?: boolean }
    | { event: "node.failed"; node: string; error: RunError; replayed?: boolean }
    | { event: "print"; text: string }
    | { event: "log"; level: "debug" | "info" | "warning" | "error"; text: string; address?: string }
    | { event: "input.requested"; prompt: string }
    | {
        event: "run.finished";
        status: RunStatus;
        seconds: number;
        usage?: Usage;
        value?: unknown;
        error?: RunError;
      }
  );

export type RunStatus = "ok" | "failed" | "cancelled" | "suspended";

/** How a run ended, or that it has not, for people. */
export function statusWord(status: string): string {
  switch (status) {
    case "ok":
      return t("passed");
    case "failed":
      return t("failed");
    case "cancelled":
      return t("cancelled");
    case "suspended":
      return t("suspended");
    case "unfinished":
      return t("unfinished");
    case "running":
      return t("running");
    default:
      return status;
  }
}

/** `cancelled after 1.2 s`. */
export function stopped(status: string, spent: string): string {
  return t("{0} after {1}", statusWord(status), spent);
}

/** `1.2 s · 812 tokens · $0.0021`; what is zero or unknown is left out. */
export function cost(seconds: number, usage: Usage = {}): string {
  const tokens = (usage.input_tokens ?? 0) + (usage.output_tokens ?? 0);
  const parts = [seconds < 0.05 ? `${Math.round(seconds * 1000)} ms` : `${seconds.toFixed(1)} s`];
  if (tokens > 0) {
    parts.push(t("{0} tokens", tokens));
  }
  if (usage.cost) {
    parts.push(`$${Number(usage.cost.toPrecision(2))}`);
  }
  return parts.join(" · ");
}
