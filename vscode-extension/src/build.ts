/** `nexa.build`: the program in front as Python, opened when it is written. */

import * as vscode from "vscode";
import { ExecuteCommandRequest } from "vscode-languageclient/node";
import { requireTrust, saved } from "./run/runs";
import type { Server } from "./server/server";
import { t } from "./words";

export async function build(server: Server): Promise<void> {
  requireTrust();
  const editor = vscode.window.activeTextEditor;
  if (editor?.document.languageId !== "nexa") {
    void vscode.window.showInformationMessage(t("Nexa: open a program first."));
    return;
  }
  const document = await saved(editor.document.uri);
  const client = await server.ready();
  const uri = client.code2ProtocolConverter.asUri(document.uri);
  const answer: { uri: string } = await client.sendRequest(ExecuteCommandRequest.type, {
    command: "nexa.build",
    arguments: [{ uri }],
  });
  await vscode.window.showTextDocument(vscode.Uri.parse(answer.uri), {
    viewColumn: vscode.ViewColumn.Beside,
  });
}
