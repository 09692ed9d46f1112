/** `flows/a.nx:4:13` in a terminal leads there. */

import * as path from "node:path";
import * as vscode from "vscode";
import { utf16Column } from "./columns";

interface Link extends vscode.TerminalLink {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

export const PLACE = /(?<file>(?:[A-Za-z]:)?[^\s:()"'`]+\.nx(?:lib|s)?):(?<line>\d+)(?::(?<column>\d+))?/g;

export function linkPlaces(): vscode.Disposable {
  const provider: vscode.TerminalLinkProvider<Link> = {
    provideTerminalLinks: ({ line }) =>
      [...line.matchAll(PLACE)].map((match) => ({
        startIndex: match.index,
        length: match[0].length,
        file: match.groups?.file ?? "",
        line: Number(match.groups?.line),
        column: Number(match.groups?.column ?? 1),
      })),
    handleTerminalLink: async (link) => {
      const uri = await found(link.file);
      if (uri) {
        const document = await vscode.workspace.openTextDocument(uri);
        const row = Math.min(link.line, document.lineCount) - 1;
        const place = new vscode.Position(row, utf16Column(document.lineAt(row).text, link.column - 1));
        await vscode.window.showTextDocument(document, { selection: new vscode.Range(place, place) });
      }
    },
  };
  return vscode.window.registerTerminalLinkProvider(provider);
}

/** The file of a relative path: below a workspace folder, or beside a program that is open. */
async function found(file: string): Promise<vscode.Uri | undefined> {
  const roots = [
    ...(vscode.workspace.workspaceFolders ?? []).map((folder) => folder.uri.fsPath),
    ...vscode.workspace.textDocuments.map((document) => path.dirname(document.uri.fsPath)),
  ];
  const candidates = path.isAbsolute(file) ? [file] : roots.map((root) => path.join(root, file));
  for (const candidate of candidates) {
    const uri = vscode.Uri.file(candidate);
    try {
      await vscode.workspace.fs.stat(uri);
      return uri;
    } catch {
      // Not there; the next one may be.
    }
  }
  return undefined;
}
