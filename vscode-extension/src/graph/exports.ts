/** Where an exported graph goes: pictures into a file, Mermaid's text to the clipboard. */

import * as vscode from "vscode";
import { t } from "../words";
import type { FromPage } from "./model";

export async function exportGraph(
  message: Extract<FromPage, { type: "export" }>,
  name: string,
): Promise<void> {
  const { format, data } = message;
  if (format === "mermaid") {
    await vscode.env.clipboard.writeText(data);
    void vscode.window.showInformationMessage(t("Nexa: the graph is on the clipboard, as Mermaid."));
    return;
  }
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const uri = await vscode.window.showSaveDialog({
    ...(folder && { defaultUri: vscode.Uri.joinPath(folder, `${name}.${format}`) }),
    filters: { [format.toUpperCase()]: [format] },
  });
  if (uri) {
    await vscode.workspace.fs.writeFile(uri, Buffer.from(data, format === "png" ? "base64" : "utf8"));
  }
}
