/** What the language status menu (`{}` in the status bar) says about the server while a Nexa file is in front. */

import * as vscode from "vscode";
import { SELECTOR } from "./server/client";
import { describe, type Server, type ServerState } from "./server/server";
import { fits } from "./server/versions";
import { t } from "./words";

function stateWord({ kind }: ServerState): string {
  switch (kind) {
    case "stopped":
      return t("stopped");
    case "starting":
      return t("starting");
    case "running":
      return t("running");
    case "missing":
      return t("missing");
    case "failed":
      return t("failed");
  }
}

export function showServerStatus(server: Server, extensionVersion: string): vscode.Disposable {
  const item = vscode.languages.createLanguageStatusItem("nexa.server", SELECTOR);
  item.name = t("Nexa Language Server");
  const update = () => {
    const { state } = server;
    void vscode.commands.executeCommand("setContext", "nexa.isRunning", state.kind === "running");
    const isBad = state.kind === "missing" || state.kind === "failed";
    item.text = state.kind === "running" ? `Nexa ${state.version}` : `Nexa: ${stateWord(state)}`;
    const isSkewed = state.kind === "running" && !fits(state.version, extensionVersion);
    const said = describe(state);
    item.detail = isSkewed
      ? t("{0}; this extension is made for {1}: update the older of the two", said, extensionVersion)
      : said;
    item.busy = state.kind === "starting";
    const level = vscode.LanguageStatusSeverity;
    item.severity = isBad ? level.Error : isSkewed ? level.Warning : level.Information;
    item.command = isBad
      ? { title: t("Doctor"), command: "nexa.doctor" }
      : { title: t("Restart"), command: "nexa.restart" };
  };
  update();
  return vscode.Disposable.from(item, server.onDidChangeState(update));
}
