/** What is known of a run: its events, folded up. Knows no editor. */

import type { Drawing } from "../graph/kinship";
import { t } from "../words";
import type { RunError, RunEvent, RunStatus, Usage } from "./events";

export interface Target {
  readonly uri: string;
  readonly kind: "flow" | "test";
  /** The name of a flow, a server or a job, a test's title; "" for all tests of the file and a server without a name. */
  readonly name: string;
}

export interface NodeRecord {
  readonly id: string;
  readonly callee: string;
  /** A node in a loop begins often: how many of its turns are going on, and how many have ended. */
  running: number;
  turns: number;
  failure: RunError | undefined;
  seconds: number;
  usage: { input_tokens: number; output_tokens: number; cost: number };
  /** The end of what it has streamed in this turn. */
  text: string;
  /** Its last turn was answered by an earlier run. */
  isReplayed: boolean;
}

export interface RunRecord {
  readonly id: string;
  /** What it calls itself, as the store of runs does; "" until it has begun. */
  name: string;
  readonly target: Target;
  readonly started: number;
  readonly nodes: Map<string, NodeRecord>;
  /** The flows that it runs, by name, as they were when it began. */
  readonly drawings: Map<string, Drawing>;
  status: RunStatus | "running";
  seconds: number;
  usage: Usage;
  error: RunError | undefined;
  /** What it does now, for people. */
  now: string;
  /** Where it listens, if it serves; "" until then. */
  address: string;
}

/** What people are told that runs. */
export function titleOf(target: Target): string {
  return target.kind === "test" && target.name === "" ? t("tests") : nameOf(target);
}

/** Its own name, else that of its file. */
export function nameOf({ uri, name }: Target): string {
  return name || decodeURIComponent(uri.split("/").at(-1) ?? "");
}

/** Characters of streamed text that are kept for each node. */
export const KEPT_TEXT = 2000;

export function newRecord(id: string, target: Target, started: number): RunRecord {
  return {
    id,
    name: "",
    target,
    started,
    nodes: new Map(),
    drawings: new Map(),
    status: "running",
    seconds: 0,
    usage: {},
    error: undefined,
    now: t("starting"),
    address: "",
  };
}

/** Take an event into account. Events that are not known change nothing: a newer server may send more. */
export function record(run: RunRecord, event: RunEvent): void {
  switch (event.event) {
    case "run.started":
      run.name = event.run ?? "";
      break;
    case "node.started": {
      const node = nodeOf(run, event.node, event.callee);
      node.running += 1;
      node.text = "";
      run.now = event.callee;
      break;
    }
    case "token": {
      const node = nodeOf(run, event.node);
      node.text = (node.text + event.text).slice(-KEPT_TEXT);
      break;
    }
    case "model.usage": {
      const { usage } = nodeOf(run, event.node);
      usage.input_tokens += event.input_tokens ?? 0;
      usage.output_tokens += event.output_tokens ?? 0;
      usage.cost += event.cost ?? 0;
      break;
    }
    case "node.finished": {
      const node = nodeOf(run, event.node);
      node.running = Math.max(0, node.running - 1);
      node.turns += 1;
      node.seconds += event.seconds;
      node.isReplayed = event.replayed === true;
      break;
    }
    case "node.failed": {
      const node = nodeOf(run, event.node);
      node.running = Math.max(0, node.running - 1);
      node.turns += 1;
      node.failure = event.error;
      node.isReplayed = event.replayed === true;
      break;
    }
    case "log":
      run.address = event.address ?? run.address;
      break;
    case "input.requested":
      run.now = t("wants input: {0}", event.prompt);
      break;
    case "run.finished":
      // Of several tests each has an end; the run goes on until its process is gone.
      run.status = run.target.kind === "test" ? "running" : event.status;
      run.seconds = event.seconds;
      run.usage = event.usage ?? {};
      run.error = event.error;
      for (const node of run.nodes.values()) {
        node.running = 0;
      }
      break;
  }
}

/** The flow that a node is of: `main` of `main#3`. */
export function flowOf(node: string): string {
  return node.slice(0, node.lastIndexOf("#"));
}

export type NodeState = "waiting" | "running" | "done" | "failed";

export function stateOf(node: NodeRecord | undefined): NodeState {
  if (node === undefined) {
    return "waiting";
  }
  if (node.running > 0) {
    return "running";
  }
  if (node.failure) {
    return "failed";
  }
  // One that was stopped before its first end has done nothing.
  return node.turns > 0 ? "done" : "waiting";
}

/** Whether a flow can be run again from a node: its run is over, and came to it. */
export function canRunFrom(run: RunRecord, node: string): boolean {
  return run.target.kind === "flow" && run.status !== "running" && run.name !== "" && run.nodes.has(node);
}

function nodeOf(run: RunRecord, id: string, callee = id): NodeRecord {
  let node = run.nodes.get(id);
  if (node === undefined) {
    const usage = { input_tokens: 0, output_tokens: 0, cost: 0 };
    node = {
      id,
      callee,
      running: 0,
      turns: 0,
      failure: undefined,
      seconds: 0,
      usage,
      text: "",
      isReplayed: false,
    };
    run.nodes.set(id, node);
  }
  return node;
}
