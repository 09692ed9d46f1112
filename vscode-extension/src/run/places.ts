/** Places that events name, in the editor's terms. */

import * as path from "node:path";
import * as vscode from "vscode";
import { utf16Column } from "./columns";
import type { Span } from "./events";

/** The file of a span: its path is relative to the folder of the program that ran. */
export function fileOf(span: Span, program: vscode.Uri): vscode.Uri {
  if (span.path === undefined) {
    return program;
  }
  const folder = path.dirname(program.fsPath);
  return vscode.Uri.file(path.isAbsolute(span.path) ? span.path : path.join(folder, span.path));
}

/** A span counts code points from 1, an editor UTF-16 units from 0. */
export function rangeOf(span: Span, document: vscode.TextDocument): vscode.Range {
  const at = (line: number, column: number) => {
    const row = Math.max(0, Math.min(line - 1, document.lineCount - 1));
    return new vscode.Position(row, utf16Column(document.lineAt(row).text, column - 1));
  };
  return new vscode.Range(at(span.line, span.column), at(span.end_line, span.end_column));
}
