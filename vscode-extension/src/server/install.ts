/** Installing the server into the environment that is selected, where the user sees it happen. */

import * as vscode from "vscode";
import { selectedPython } from "./python";

/** Ask first; then `pip install` runs in a terminal, and the server starts when it is done. */
export async function installServer(): Promise<void> {
  if (!vscode.workspace.isTrusted) {
    void vscode.window.showErrorMessage("Nexa: nothing is installed while this workspace is not trusted.");
    return;
  }
  const python = await selectedPython();
  if ("missing" in python) {
    const choice = await vscode.window.showErrorMessage(
      `Nexa: ${python.missing}, so there is no environment to install into. ` +
        "Run pip install nexa-lsp yourself, then set nexa.server.path or put nexa-lsp on PATH.",
      "Select Interpreter",
    );
    if (choice === "Select Interpreter") {
      await vscode.commands.executeCommand("python.setInterpreter");
    }
    return;
  }
  const answer = await vscode.window.showInformationMessage(
    `Install nexa-lsp into ${python.executable}?`,
    { modal: true, detail: "Runs: python -m pip install --upgrade nexa-lsp" },
    "Install",
  );
  if (answer === "Install") {
    await runPip(python.executable);
  }
}

async function runPip(executable: string): Promise<void> {
  const task = new vscode.Task(
    { type: "process" },
    vscode.TaskScope.Workspace,
    "Install nexa-lsp",
    "Nexa",
    new vscode.ProcessExecution(executable, ["-m", "pip", "install", "--upgrade", "nexa-lsp"]),
  );
  const execution = await vscode.tasks.executeTask(task);
  const listener = vscode.tasks.onDidEndTaskProcess((event) => {
    if (event.execution === execution) {
      listener.dispose();
      if (event.exitCode === 0) {
        void vscode.commands.executeCommand("nexa.restart");
      } else {
        void vscode.window.showErrorMessage(
          `Nexa: pip ended with status ${event.exitCode}; the terminal says why.`,
        );
      }
    }
  });
}
