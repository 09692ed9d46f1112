/**
 * A run as text for a terminal: what is printed, what agents stream, what failed. Of agents that stream at the same time
 * one writes and the others wait for their turn, so that lines stay whole. Knows no editor.
 */

import { t } from "../words";
import { cost, type RunError, type RunEvent, stopped } from "./events";

const ESC = "\u001b[";
const style = (code: string) => (text: string) => `${ESC}${code}m${text}${ESC}0m`;
const dim = style("2");
const red = style("31");
const green = style("32");
const yellow = style("33");
const HUES = ["36", "35", "34", "33", "32", "96", "95", "94"];

export class Transcript {
  private readonly labels = new Map<string, string>();
  private readonly waiting = new Map<string, string>();
  private readonly ended = new Set<string>();
  private speaker: string | undefined;
  private isLineOpen = false;

  /** `place` writes where something is, so that a terminal can make a link of it. */
  constructor(private readonly place: (error: RunError) => string | undefined) {}

  /** What the event adds, with the line ends of a terminal. */
  text(event: RunEvent): string {
    return this.added(event).replace(/\r?\n/g, "\r\n");
  }

  private added(event: RunEvent): string {
    switch (event.event) {
      case "run.started": {
        const args = Object.entries(event.args ?? {}).map(([name, value]) => `${name}: ${plain(value)}`);
        return this.line(dim(`▷ ${event.flow}(${args.join(", ")})`));
      }
      case "node.started":
        this.labels.set(
          event.node,
          event.callee + (event.branch === undefined ? "" : ` ${event.branch + 1}`),
        );
        this.ended.delete(event.node);
        return "";
      case "token":
        return this.streamed(event.node, event.text);
      case "tool.started":
        return this.line(
          dim(t("{0} calls {1}", this.label(event.node), `${event.tool}(${plain(event.arguments ?? {})})`)),
        );
      case "tool.finished":
        return event.error ? this.line(yellow(t("{0} failed: {1}", event.tool, event.error.message))) : "";
      case "node.finished":
        return this.silenced(event.node);
      case "node.failed":
        return (
          this.silenced(event.node) +
          this.line(red(`✗ ${this.label(event.node)}: ${this.reason(event.error)}`))
        );
      case "print":
        return this.fresh() + this.raw(event.text);
      case "log":
        return event.level === "debug"
          ? ""
          : this.line(event.level === "info" ? dim(event.text) : yellow(event.text));
      case "input.requested":
        return this.fresh() + this.raw(event.prompt);
      case "run.finished":
        return this.finished(event);
      default:
        return "";
    }
  }

  private finished(event: Extract<RunEvent, { event: "run.finished" }>): string {
    const rest = [...this.waiting.keys()].map((node) => this.turn(node)).join("");
    const summary = cost(event.seconds, event.usage);
    if (event.status === "failed") {
      const detail = event.error ? detailOf(event.error) : "";
      const reason = event.error ? this.reason(event.error) : t("failed");
      return rest + this.line(`${detail}${red(`✗ ${reason}`)}\n${dim(summary)}`);
    }
    const value = event.value === undefined || event.value === null ? "" : `${plain(event.value)}\n`;
    const mark = event.status === "ok" ? green(`✓ ${summary}`) : yellow(stopped(event.status, summary));
    return rest + this.line(value + mark);
  }

  // ── streams

  private streamed(node: string, text: string): string {
    if (this.speaker === undefined) {
      return this.begin(node) + this.continued(node, text);
    }
    if (this.speaker === node) {
      return this.continued(node, text);
    }
    this.waiting.set(node, (this.waiting.get(node) ?? "") + text);
    return "";
  }

  private silenced(node: string): string {
    this.ended.add(node);
    if (this.speaker !== node) {
      return "";
    }
    this.speaker = undefined;
    let out = this.fresh();
    // Whoever has ended meanwhile is told whole; the first that has not goes on speaking.
    for (const other of [...this.waiting.keys()]) {
      if (this.speaker === undefined) {
        out += this.turn(other);
      }
    }
    return out;
  }

  private turn(node: string): string {
    const text = this.waiting.get(node) ?? "";
    this.waiting.delete(node);
    const out = this.fresh() + this.begin(node) + this.continued(node, text);
    if (this.ended.has(node)) {
      this.speaker = undefined;
      return out + this.fresh();
    }
    return out;
  }

  private begin(node: string): string {
    this.speaker = node;
    return this.fresh() + this.prefix(node);
  }

  private continued(node: string, text: string): string {
    const again = this.isLineOpen ? "" : this.prefix(node);
    this.isLineOpen = true;
    return again + text.replaceAll("\n", `\n${this.prefix(node)}`);
  }

  private prefix(node: string): string {
    this.isLineOpen = true;
    const hue = HUES[[...node].reduce((sum, letter) => sum + letter.charCodeAt(0), 0) % HUES.length] ?? "36";
    return `${style(hue)(this.label(node))} ${dim("│")} `;
  }

  // ── lines

  private line(text: string): string {
    return `${this.fresh()}${text}\n`;
  }

  /** To the beginning of a line. */
  private fresh(): string {
    const end = this.isLineOpen ? "\n" : "";
    this.isLineOpen = false;
    return end;
  }

  private raw(text: string): string {
    this.isLineOpen = text !== "" && !text.endsWith("\n");
    return text;
  }

  private label(node: string): string {
    return this.labels.get(node) ?? node;
  }

  private reason(error: RunError): string {
    const place = this.place(error);
    // A process has no kind of failure that would tell more than its last words.
    const kind = error.kind === "process" ? "" : `${error.kind}: `;
    return `${kind}${error.message}${place ? ` (${place})` : ""}`;
  }
}

/** What is known beyond the message, which may be its last line. */
function detailOf({ detail = "", message }: RunError): string {
  const rest = detail.endsWith(message) ? detail.slice(0, -message.length).trimEnd() : detail;
  return rest ? `${rest}\n` : "";
}

function plain(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}
