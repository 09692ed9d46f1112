/** `Nexa: Show Expanded Prompt`: what the agent at the cursor would be told, beside the source. */

import * as vscode from "vscode";
import type { Documents } from "./documents";
import type { Server } from "./server/server";
import { t } from "./words";

export async function showPrompt(server: Server, documents: Documents): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  if (editor?.document.languageId !== "nexa") {
    void vscode.window.showInformationMessage(t("Nexa: put the cursor on an agent first."));
    return;
  }
  const client = await server.ready();
  const answer = await client.sendRequest<{ text: string; tokens: number } | null>("nexa/expandedPrompt", {
    textDocument: { uri: client.code2ProtocolConverter.asUri(editor.document.uri) },
    position: editor.selection.active,
  });
  if (answer === null) {
    void vscode.window.showInformationMessage(t("Nexa: there is no agent at the cursor."));
    return;
  }
  const text = `${answer.text}\n\n---\n${t("about {0} tokens", answer.tokens)}\n`;
  await documents.show(t("Expanded Prompt.md"), text, {
    viewColumn: vscode.ViewColumn.Beside,
    preserveFocus: true,
  });
}
