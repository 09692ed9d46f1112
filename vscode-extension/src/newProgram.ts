/** `Nexa: New Program`: one that runs, to begin with. */

import * as vscode from "vscode";

const CONTENT = `agent Writer {
    role: "Writer"
    prompt: "Write two factual sentences about the topic."
}

flow main(topic: str = "tidal power") {
    print(topic >> Writer)
}
`;

export async function newProgram(): Promise<void> {
  const uri = await freeName();
  if (uri === undefined) {
    const document = await vscode.workspace.openTextDocument({ language: "nexa", content: CONTENT });
    await vscode.window.showTextDocument(document);
    return;
  }
  const document = await vscode.workspace.openTextDocument(uri);
  const edit = new vscode.WorkspaceEdit();
  edit.insert(uri, new vscode.Position(0, 0), CONTENT);
  await vscode.workspace.applyEdit(edit);
  await vscode.window.showTextDocument(document, { selection: new vscode.Range(0, 0, 0, 0) });
}

/** A file of the first folder that is not there yet: it is written when it is saved, and nobody is asked for a name. */
async function freeName(): Promise<vscode.Uri | undefined> {
  const folder = vscode.workspace.workspaceFolders?.find((one) => one.uri.scheme === "file")?.uri;
  if (folder === undefined) {
    return undefined;
  }
  const isTaken = (uri: vscode.Uri) =>
    vscode.workspace.textDocuments.some((one) => one.uri.fsPath === uri.fsPath) ||
    vscode.workspace.fs.stat(uri).then(
      () => true,
      () => false,
    );
  for (let number = 1; ; number += 1) {
    const file = vscode.Uri.joinPath(folder, number === 1 ? "program.nx" : `program${number}.nx`);
    if (!(await isTaken(file))) {
      return file.with({ scheme: "untitled" });
    }
  }
}
