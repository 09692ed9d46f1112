/** What the language status menu (`{}` in the status bar) says about the server while a Nexa file is in front. */

import * as vscode from "vscode";
import { SELECTOR } from "./server/client";
import { describe, type Server } from "./server/server";
import { fits } from "./server/versions";

export function showServerStatus(server: Server, extensionVersion: string): vscode.Disposable {
  const item = vscode.languages.createLanguageStatusItem("nexa.server", SELECTOR);
  item.name = "Nexa Language Server";
  const update = () => {
    const { state } = server;
    void vscode.commands.executeCommand("setContext", "nexa.isRunning", state.kind === "running");
    const isBad = state.kind === "missing" || state.kind === "failed";
    item.text = state.kind === "running" ? `Nexa ${state.version}` : `Nexa: ${state.kind}`;
    const isSkewed = state.kind === "running" && !fits(state.version, extensionVersion);
    const advice = isSkewed
      ? `; this extension is made for ${extensionVersion}: update the older of the two`
      : "";
    item.detail = describe(state) + advice;
    item.busy = state.kind === "starting";
    const level = vscode.LanguageStatusSeverity;
    item.severity = isBad ? level.Error : isSkewed ? level.Warning : level.Information;
    item.command = isBad
      ? { title: "Doctor", command: "nexa.doctor" }
      : { title: "Restart", command: "nexa.restart" };
  };
  update();
  return vscode.Disposable.from(item, server.onDidChangeState(update));
}
