/** Runs that are over, as `nexa/runs` lists them and their files tell. Knows no editor. */

import { cost, type RunEvent, type Span, statusWord } from "../run/events";
import { type NodeRecord, newRecord, type RunRecord, record, type Target } from "../run/record";
import { t } from "../words";

export interface PastRun {
  readonly id: string;
  readonly uri: string;
  readonly flow: string;
  /** RFC 3339. */
  readonly started: string;
  readonly status: "ok" | "failed" | "cancelled" | "suspended" | "unfinished" | "running";
  readonly seconds: number | null;
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly cost: number | null;
  readonly error: string | null;
  /** Where its events are. */
  readonly events: string;
  /** What `nexa.stop` takes, while it runs. */
  readonly runId: string | null;
}

/** What one of its nodes did, and where that stands. */
export interface PastNode {
  readonly node: NodeRecord;
  readonly span: Span | undefined;
}

export interface Told {
  readonly run: RunRecord;
  /** As `--arg` takes them. */
  readonly args: Readonly<Record<string, string>>;
  readonly nodes: readonly PastNode[];
}

/** `1.2 s · 812 tokens · $0.0021 · 2 min ago`. */
export function summary(run: PastRun, now: number): string {
  const usage = {
    input_tokens: run.inputTokens,
    output_tokens: run.outputTokens,
    ...(run.cost && { cost: run.cost }),
  };
  const spent = run.seconds === null ? statusWord(run.status) : cost(run.seconds, usage);
  return `${spent} · ${ago(now - Date.parse(run.started))}`;
}

function ago(milliseconds: number): string {
  const minutes = Math.floor(milliseconds / 60_000);
  if (minutes < 1 || Number.isNaN(minutes)) {
    return t("just now");
  }
  if (minutes < 60) {
    return t("{0} min ago", minutes);
  }
  const hours = Math.floor(minutes / 60);
  return hours < 24 ? t("{0} h ago", hours) : t("{0} d ago", Math.floor(hours / 24));
}

/** What the file of a run tells; a line that cannot be read, as the last one of a run that was killed, tells nothing. */
export function told(text: string, target: Target): Told {
  const run = newRecord("", target, 0);
  const spans = new Map<string, Span>();
  let args: Record<string, string> = {};
  for (const event of text.split("\n").map(parsed)) {
    if (event?.event === "run.started") {
      args = Object.fromEntries(
        Object.entries(event.args ?? {}).map(([name, value]) => [name, written(value)]),
      );
    } else if (event?.event === "node.started" && event.span && !spans.has(event.node)) {
      spans.set(event.node, event.span);
    }
    if (event) {
      record(run, event);
    }
  }
  return { run, args, nodes: [...run.nodes.values()].map((node) => ({ node, span: spans.get(node.id) })) };
}

function parsed(line: string): RunEvent | undefined {
  try {
    const event: unknown = JSON.parse(line);
    return typeof event === "object" && event !== null && "event" in event ? (event as RunEvent) : undefined;
  } catch {
    return undefined;
  }
}

function written(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}
