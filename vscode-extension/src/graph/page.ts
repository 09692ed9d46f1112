/** The graph's page: its frame and its looks. Nothing may be loaded but our own script, and nothing from the network. */

import { t, type Words } from "../words";

/** `language` and `words` are those of the editor. */
export function page(nonce: string, script: string, source: string, language: string, words: Words): string {
  return `<!DOCTYPE html>
<html lang="${escaped(language)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy"
  content="default-src 'none'; img-src data:; style-src 'nonce-${nonce}'; script-src 'nonce-${nonce}' ${source};">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(t("Graph"))}</title>
<style nonce="${nonce}">${STYLE}</style>
</head>
<body data-words="${escaped(JSON.stringify(words))}">
<div id="bar" role="toolbar" aria-label="${escaped(t("Graph"))}">
  <select id="flows" aria-label="${escaped(t("Flow"))}"></select>
  <button id="smaller" title="${escaped(t("Smaller"))}" aria-label="${escaped(t("Smaller"))}">−</button>
  <button id="larger" title="${escaped(t("Larger"))}" aria-label="${escaped(t("Larger"))}">+</button>
  <button id="fit" title="${escaped(t("Fit to the window"))}">${escaped(t("Fit"))}</button>
  <button id="again" title="${escaped(t("Run again from the selected node (R)"))}" disabled>↻ ${escaped(t("From here"))}</button>
  <button id="change" title="${escaped(t("Change the selected node in the source (E)"))}" disabled>✎ ${escaped(t("Change"))}</button>
  <span id="status" role="status" aria-live="polite"></span>
  <button id="svg" title="${escaped(t("Save as SVG"))}">SVG</button>
  <button id="png" title="${escaped(t("Save as PNG"))}">PNG</button>
  <button id="mermaid" title="${escaped(t("Copy as Mermaid"))}">Mermaid</button>
</div>
<div id="canvas"></div>
<script nonce="${nonce}" src="${script}"></script>
</body>
</html>`;
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;");
}

const STYLE = `
:root { color-scheme: light dark; }
body { margin: 0; padding: 0; height: 100vh; display: flex; flex-direction: column; font-family: var(--vscode-font-family);
  color: var(--vscode-editor-foreground); background-color: var(--vscode-editor-background); }
#bar { display: flex; flex-wrap: wrap; gap: 6px; align-items: center; padding: 4px 8px; border-bottom: 1px solid var(--vscode-panel-border, transparent); }
#status { flex: 1; min-width: 9em; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; color: var(--vscode-descriptionForeground); }
button, select { font: inherit; padding: 2px 8px; border-radius: 2px; cursor: pointer;
  color: var(--vscode-button-secondaryForeground, inherit); background: var(--vscode-button-secondaryBackground, transparent);
  border: 1px solid var(--vscode-contrastBorder, transparent); }
select { color: var(--vscode-dropdown-foreground); background: var(--vscode-dropdown-background);
  border-color: var(--vscode-dropdown-border, transparent); }
button:disabled { opacity: .5; cursor: default; }
button:hover:enabled { background: var(--vscode-button-secondaryHoverBackground, transparent); }
button:focus-visible, select:focus-visible { outline: 1px solid var(--vscode-focusBorder); }
#canvas { flex: 1; overflow: auto; display: grid; place-items: safe center; }
.stale #canvas { opacity: .55; }
text { fill: var(--vscode-editor-foreground); text-anchor: middle; font-size: 13px; font-family: var(--vscode-font-family); }
.node { cursor: pointer; outline: none; }
.frame { fill: var(--vscode-editorWidget-background); stroke: var(--vscode-editorWidget-border, var(--vscode-contrastBorder, #888)); stroke-width: 1.2; }
.kind-agent .frame, .kind-actor .frame { stroke: var(--vscode-charts-blue, #3794ff); stroke-width: 1.6; }
.note, .edge-label, .region-label { font-size: 11px; fill: var(--vscode-descriptionForeground); }
.edge-label, .region-label { text-anchor: start; }
.region { fill: none; stroke: var(--vscode-descriptionForeground); stroke-width: 1; stroke-dasharray: 4 4; opacity: .6; }
.edge { fill: none; stroke: var(--vscode-descriptionForeground); stroke-width: 1.3; }
.edge.control, .edge.effect { stroke-dasharray: 5 4; }
.head { fill: var(--vscode-descriptionForeground); }
.broken .frame { stroke: var(--vscode-editorError-foreground, #f14c4c); stroke-dasharray: 4 3; }
.running .frame { stroke: var(--vscode-charts-yellow, #cca700); stroke-width: 2.4; }
.done .frame { stroke: var(--vscode-charts-green, #388a34); stroke-width: 2; }
.done.replayed .frame { stroke: var(--vscode-charts-blue, #3794ff); stroke-dasharray: 6 3; }
.failed .frame { stroke: var(--vscode-editorError-foreground, #f14c4c); stroke-width: 2.4; }
.earlier .frame { stroke-dasharray: 2 3; }
.failed .note { fill: var(--vscode-editorError-foreground, #f14c4c); }
.node:hover .frame { fill: var(--vscode-list-hoverBackground); }
.node.selected .frame { fill: var(--vscode-editor-selectionBackground); }
.node:focus-visible .frame { stroke: var(--vscode-focusBorder); stroke-width: 3; }
.vscode-high-contrast .frame, .vscode-high-contrast-light .frame { stroke-width: 2; fill: var(--vscode-editor-background); }
.vscode-high-contrast .selected .frame, .vscode-high-contrast-light .selected .frame { stroke: var(--vscode-contrastActiveBorder); }
@media not (prefers-reduced-motion) {
  .running .frame { animation: pulse 1.2s ease-in-out infinite; }
  @keyframes pulse { 50% { stroke-opacity: .35; } }
}
`;
