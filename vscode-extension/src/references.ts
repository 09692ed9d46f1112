/** `n references` above a declaration: the lens of the server, shown in the editor's own list. */

import * as vscode from "vscode";
import type { Location, Position } from "vscode-languageclient/node";

/** The name of the command that the lens carries; announced to the server, which sends no such lens otherwise. */
export const SHOW_REFERENCES = "nexa.showReferences";

export async function showReferences(uri: string, position: Position, places: Location[]): Promise<void> {
  await vscode.commands.executeCommand(
    "editor.action.showReferences",
    vscode.Uri.parse(uri),
    new vscode.Position(position.line, position.character),
    places.map((one) => new vscode.Location(vscode.Uri.parse(one.uri), range(one))),
  );
}

function range({ range: { start, end } }: Location): vscode.Range {
  return new vscode.Range(start.line, start.character, end.line, end.character);
}
