/** `Nexa: Show Syntax Tree`: the tree of the file in front, beside it. */

import * as vscode from "vscode";
import type { Documents } from "./documents";
import type { Server } from "./server/server";
import { t } from "./words";

export async function showSyntaxTree(server: Server, documents: Documents): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  if (editor === undefined || !editor.document.languageId.startsWith("nexa")) {
    void vscode.window.showInformationMessage(t("Nexa: open a Nexa file first."));
    return;
  }
  const client = await server.ready();
  const uri = client.code2ProtocolConverter.asUri(editor.document.uri);
  const answer = await client.sendRequest<unknown>("nexa/syntaxTree", { textDocument: { uri } });
  const text = typeof answer === "string" ? answer : JSON.stringify(answer, undefined, 2);
  const name = `${editor.document.uri.path.split("/").at(-1)}.tree`;
  await documents.show(name, text, { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true });
}
