/** Installing the server into the environment that is selected, where the user sees it happen. */

import * as vscode from "vscode";
import { t } from "../words";
import { installing, runPip } from "./pip";
import { PYTHON_EXTENSION, selectedPython } from "./python";

const PACKAGE = "nexa-lsp";
const selectLabel = () => t("Select Interpreter");
const findLabel = () => t("Find the Python Extension");
const settingsLabel = () => t("Open Settings");

/** Ask first; then `pip install` runs in a terminal, and the server starts when it is done. */
export async function installServer(): Promise<void> {
  if (!vscode.workspace.isTrusted) {
    void vscode.window.showErrorMessage(t("Nexa: nothing is installed while this workspace is not trusted."));
    return;
  }
  const python = await selectedPython();
  if ("missing" in python) {
    return tellMissing(python.missing);
  }
  const answer = await vscode.window.showInformationMessage(
    t("Install {0} into {1}?", PACKAGE, python.executable),
    { modal: true, detail: t("Runs: {0}", `python ${installing(PACKAGE).join(" ")}`) },
    t("Install"),
  );
  if (answer !== t("Install")) {
    return;
  }
  const reason = await runPip(python.executable, PACKAGE);
  if (reason === undefined) {
    await vscode.commands.executeCommand("nexa.restart");
    return;
  }
  const next = await vscode.window.showErrorMessage(
    t(
      "Nexa: {0} was not installed into {1}: {2}. The terminal says more.",
      PACKAGE,
      python.executable,
      reason,
    ),
    t("Try Again"),
    selectLabel(),
  );
  if (next === t("Try Again") || (next === selectLabel() && (await select()))) {
    return installServer();
  }
}

/** There is no environment: one can be selected, where there is somebody to select it with. */
async function tellMissing(reason: string): Promise<void> {
  const canSelect = vscode.extensions.getExtension(PYTHON_EXTENSION) !== undefined;
  const choice = await vscode.window.showErrorMessage(
    t(
      "Nexa: {0}, so there is no environment to install into. Run pip install nexa-lsp yourself, then set nexa.server.path or put nexa-lsp on PATH.",
      reason,
    ),
    canSelect ? selectLabel() : findLabel(),
    settingsLabel(),
  );
  if (choice === settingsLabel()) {
    await vscode.commands.executeCommand("workbench.action.openSettings", "nexa.server");
  } else if (choice === findLabel()) {
    await vscode.commands.executeCommand("workbench.extensions.search", `@id:${PYTHON_EXTENSION}`);
  } else if (choice === selectLabel() && (await select())) {
    return installServer();
  }
}

/** Whether an interpreter is selected, after the user has been asked. */
async function select(): Promise<boolean> {
  await vscode.commands.executeCommand("python.setInterpreter");
  return "executable" in (await selectedPython());
}
