/** The page of the graph: draws what the extension sends, and says what was chosen. */

import type { FromPage, Graph, Paint, ToPage } from "../graph/model";
import { mermaid } from "../graph/model";
import { speak, t, type Words } from "../words";
import { asPng, asSvg } from "./exports";
import { place } from "./layout";
import { neighbour } from "./neighbours";
import { drawn, paint } from "./view";

declare function acquireVsCodeApi(): { postMessage(message: FromPage): void; setState(state: unknown): void };

speak(JSON.parse(document.body.dataset.words ?? "{}") as Words);

const code = acquireVsCodeApi();
const part = <E extends Element = HTMLElement>(id: string) => document.getElementById(id) as unknown as E;
const canvas = part("canvas");
const flows = part<HTMLSelectElement>("flows");
const status = part("status");
const again = part<HTMLButtonElement>("again");
const change = part<HTMLButtonElement>("change");

let graph: Graph | undefined;
let painted: Readonly<Record<string, Paint>> = {};
let selected: string | undefined;
let zoom = 1;
/** Chosen by hand: then it stays when the window changes its size. */
let isZoomed = false;

window.addEventListener("message", ({ data }: MessageEvent<ToPage>) => {
  switch (data.type) {
    case "graph":
      show(data.graph, data.flows);
      break;
    case "stale":
      document.body.classList.add("stale");
      status.textContent = data.reason;
      break;
    case "paint":
      painted = data.nodes;
      status.textContent = data.summary;
      repaint();
      break;
    case "select":
      select(data.node, false);
      break;
  }
});

function show(next: Graph, names: readonly string[]): void {
  const isOther = graph?.flow !== next.flow || graph.uri !== next.uri;
  const isSame = graph !== undefined && JSON.stringify(next) === JSON.stringify(graph);
  graph = next;
  document.body.classList.remove("stale");
  code.setState({ uri: next.uri, flow: next.flow });
  flows.replaceChildren(...names.map((name) => new Option(name, name, false, name === next.flow)));
  if (isOther) {
    painted = {};
    selected = undefined;
    isZoomed = false;
    status.textContent = next.nodes.length ? "" : t("{0} runs nothing that the graph shows", next.flow);
  }
  if (!isSame) {
    // Who is on a node stays on it.
    const held = document.activeElement?.getAttribute("data-node");
    canvas.replaceChildren(drawn(next, place(next)));
    // A large graph is seen whole at first, a small one as it is.
    rezoom(isZoomed ? zoom : fitting(1));
    repaint();
    select(selected, false);
    if (held) {
      element(held)?.focus();
    }
  }
}

function repaint(): void {
  for (const node of graph?.nodes ?? []) {
    const shape = element(node.id);
    if (shape) {
      paint(shape, node, painted[node.id]);
    }
  }
  allowActions();
}

function allowActions(): void {
  change.disabled = selected === undefined;
  again.disabled = selected === undefined || painted[selected]?.canRunFrom !== true;
}

function runAgain(): void {
  if (selected !== undefined && painted[selected]?.canRunFrom) {
    code.postMessage({ type: "again", node: selected });
  }
}

function changeSelected(): void {
  if (selected !== undefined) {
    code.postMessage({ type: "change", node: selected });
  }
}

function select(id: string | undefined, isFocused: boolean): void {
  selected = id;
  allowActions();
  for (const shape of canvas.querySelectorAll<SVGGElement>(".node")) {
    const isIt = shape.dataset.node === id;
    shape.classList.toggle("selected", isIt);
    shape.setAttribute("aria-pressed", String(isIt));
  }
  const first = graph?.nodes[0]?.id;
  for (const shape of canvas.querySelectorAll<SVGGElement>(".node")) {
    shape.setAttribute("tabindex", shape.dataset.node === (id ?? first) ? "0" : "-1");
  }
  const shape = id === undefined ? undefined : element(id);
  shape?.scrollIntoView({ block: "nearest", inline: "nearest" });
  if (isFocused) {
    shape?.focus();
  }
}

function element(id: string): SVGGElement | undefined {
  return canvas.querySelector<SVGGElement>(`[data-node="${CSS.escape(id)}"]`) ?? undefined;
}

// ── what the user does

canvas.addEventListener("click", ({ target }) => {
  const id = (target as Element).closest<SVGGElement>(".node")?.dataset.node;
  if (id) {
    select(id, true);
    code.postMessage({ type: "reveal", node: id });
  }
});

const letters: Record<string, () => void> = { r: runAgain, e: changeSelected };

canvas.addEventListener("keydown", (event) => {
  const id = (event.target as Element).closest<SVGGElement>(".node")?.dataset.node;
  if (graph === undefined || id === undefined) {
    return;
  }
  if (event.key === "Enter" || event.key === " ") {
    select(id, true);
    code.postMessage({ type: "reveal", node: id });
  } else if (event.key in letters && !event.ctrlKey && !event.metaKey && !event.altKey) {
    select(id, true);
    letters[event.key]?.();
  } else {
    const next = neighbour(graph, id, event.key);
    if (next === undefined) {
      return;
    }
    select(next, true);
  }
  event.preventDefault();
});

flows.addEventListener("change", () => code.postMessage({ type: "flow", name: flows.value }));

canvas.addEventListener(
  "wheel",
  (event) => {
    if (event.ctrlKey || event.metaKey) {
      event.preventDefault();
      zoomBy(event.deltaY < 0 ? 1.1 : 1 / 1.1);
    }
  },
  { passive: false },
);

const actions: Record<string, () => void> = {
  again: runAgain,
  change: changeSelected,
  larger: () => zoomBy(1.2),
  smaller: () => zoomBy(1 / 1.2),
  fit: () => {
    isZoomed = false;
    rezoom(fitting(2));
  },
  svg: () => send("svg", (svg) => Promise.resolve(asSvg(svg))),
  png: () => send("png", asPng),
  mermaid: () => {
    if (graph) {
      code.postMessage({ type: "export", format: "mermaid", data: mermaid(graph) });
    }
  },
};
for (const [id, run] of Object.entries(actions)) {
  part(id).addEventListener("click", run);
}

window.addEventListener("resize", () => {
  if (!isZoomed) {
    rezoom(fitting(1));
  }
});

function zoomBy(factor: number): void {
  isZoomed = true;
  rezoom(zoom * factor);
}

/** The factor under which the drawing fills the window, up to a limit. */
function fitting(most: number): number {
  const svg = canvas.querySelector("svg");
  if (svg === null || canvas.clientHeight === 0) {
    return 1;
  }
  const { width, height } = svg.viewBox.baseVal;
  return Math.min(canvas.clientWidth / width, canvas.clientHeight / height, most);
}

function rezoom(factor: number): void {
  zoom = Math.max(0.2, Math.min(4, factor));
  const svg = canvas.querySelector("svg");
  if (svg) {
    svg.setAttribute("width", String(svg.viewBox.baseVal.width * zoom));
    svg.setAttribute("height", String(svg.viewBox.baseVal.height * zoom));
  }
}

async function send(format: "svg" | "png", make: (svg: SVGSVGElement) => Promise<string>): Promise<void> {
  const svg = canvas.querySelector("svg");
  if (svg) {
    code.postMessage({ type: "export", format, data: await make(svg) });
  }
}

code.postMessage({ type: "ready" });
