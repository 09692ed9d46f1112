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
  const document = await vscode.workspace.openTextDocument({ language: "nexa", content: CONTENT });
  await vscode.window.showTextDocument(document);
}
