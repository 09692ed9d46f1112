/** The interpreter that is selected in the Python extension, through the part of its API that we use. */

import * as vscode from "vscode";
import { t } from "../words";

export const PYTHON_EXTENSION = "ms-python.python";

interface PythonApi {
  readonly ready?: Promise<void>;
  readonly environments?: {
    getActiveEnvironmentPath(resource?: vscode.Uri): { readonly path: string };
    resolveEnvironment(environment: {
      readonly path: string;
    }): Promise<{ readonly executable: { readonly uri: vscode.Uri | undefined } } | undefined>;
    readonly onDidChangeActiveEnvironmentPath?: vscode.Event<unknown>;
  };
}

/** The interpreter, or why there is none. */
export async function selectedPython(): Promise<{ executable: string } | { missing: string }> {
  const api = await pythonApi();
  if (api === undefined) {
    return { missing: t("the Python extension (ms-python.python) is not installed") };
  }
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const active = api.environments?.getActiveEnvironmentPath(folder);
  const resolved = active && (await api.environments?.resolveEnvironment(active));
  const executable = resolved?.executable.uri?.fsPath;
  return executable ? { executable } : { missing: t("no interpreter is selected in the Python extension") };
}

/** Calls back when another interpreter has been selected. */
export async function onPythonChange(callback: () => void): Promise<vscode.Disposable | undefined> {
  const api = await pythonApi();
  return api?.environments?.onDidChangeActiveEnvironmentPath?.(callback);
}

async function pythonApi(): Promise<PythonApi | undefined> {
  const extension = vscode.extensions.getExtension<PythonApi>(PYTHON_EXTENSION);
  if (extension === undefined) {
    return undefined;
  }
  try {
    const api = extension.isActive ? extension.exports : await extension.activate();
    await api.ready;
    return api;
  } catch {
    // A Python extension that does not start is its own problem; we go on without it.
    return undefined;
  }
}
