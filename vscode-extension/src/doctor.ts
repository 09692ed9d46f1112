/** `Nexa: Doctor`: everything that decides whether the extension works, on one page to read or to paste into a report. */

import * as vscode from "vscode";
import type { Documents } from "./documents";
import { selectedPython } from "./server/python";
import { describe, type Server } from "./server/server";
import { t } from "./words";

export async function showDoctor(
  server: Server,
  documents: Documents,
  extensionVersion: string,
): Promise<void> {
  await documents.show("Nexa Doctor.md", await report(server, extensionVersion));
}

async function report(server: Server, extensionVersion: string): Promise<string> {
  const found = await server.find();
  const python = await selectedPython();
  const lookup =
    "found" in found
      ? [`- ${t("{0}, from {1}", found.found.command, found.found.source)}`]
      : found.misses.map((miss) => `- ${miss.source}: ${miss.reason}`);
  const editor = `${vscode.env.appName} ${vscode.version}, ${process.platform} ${process.arch}, Node ${process.versions.node}`;
  return [
    "# Nexa Doctor",
    "",
    `- ${t("Extension: {0}", extensionVersion)}`,
    `- ${t("Editor: {0}", editor)}`,
    `- ${vscode.workspace.isTrusted ? t("Workspace: trusted") : t("Workspace: not trusted: nothing is run, built or debugged")}`,
    `- ${t("Language server: {0}", describe(server.state))}`,
    `- ${t("Python environment: {0}", "executable" in python ? python.executable : python.missing)}`,
    "",
    `## ${t("Where a server is looked for")}`,
    "",
    ...lookup,
    "",
    `## ${t("Settings that differ from the default")}`,
    "",
    ...changedSettings(),
    "",
    `## ${t("What the server says")}`,
    "",
    "```json",
    await status(server),
    "```",
    "",
  ].join("\n");
}

/** The answer to `nexa/status`; a server that does not know it is told about. */
async function status(server: Server): Promise<string> {
  const client = server.running;
  if (client === undefined) {
    return JSON.stringify(t("the language server is not running"));
  }
  try {
    return JSON.stringify(await client.sendRequest<unknown>("nexa/status", {}), undefined, 2);
  } catch (error) {
    const { serverInfo, capabilities } = client.initializeResult ?? {};
    const reason = error instanceof Error ? error.message : String(error);
    return JSON.stringify({ "nexa/status": reason, serverInfo, capabilities }, undefined, 2);
  }
}

function changedSettings(): string[] {
  const configuration = vscode.workspace.getConfiguration("nexa");
  const keys = settingKeys(configuration, "");
  const lines = keys.flatMap((key) => {
    const value = configuration.inspect(key);
    const own = value?.workspaceFolderValue ?? value?.workspaceValue ?? value?.globalValue;
    return own === undefined ? [] : [`- \`nexa.${key}\`: \`${JSON.stringify(own)}\``];
  });
  return lines.length ? lines : [`- ${t("none")}`];
}

function settingKeys(value: object, prefix: string): string[] {
  return Object.entries(value).flatMap(([name, inner]: [string, unknown]) => {
    if (typeof inner === "function") {
      return [];
    }
    const key = `${prefix}${name}`;
    const isBranch = typeof inner === "object" && inner !== null && !Array.isArray(inner);
    return isBranch && Object.keys(inner).length ? settingKeys(inner, `${key}.`) : [key];
  });
}
