/** What debugging needs: debugpy, in the environment of the server. */

import * as vscode from "vscode";
import { requireTrust } from "../run/runs";
import { installing, runPip } from "../server/pip";
import type { Server } from "../server/server";
import { t } from "../words";

const PACKAGE = "debugpy";

/** Whether there is a debugger, after an offer to install it. */
export async function hasDebugger(server: Server): Promise<boolean> {
  requireTrust();
  const client = await server.ready();
  const { python, canDebug } = await client.sendRequest<{ python?: string; canDebug?: boolean }>(
    "nexa/status",
    {},
  );
  if (python === undefined || canDebug !== false) {
    return true;
  }
  const answer = await vscode.window.showInformationMessage(
    t("Install {0} into {1}?", PACKAGE, python),
    { modal: true, detail: t("Debugging needs it. Runs: {0}", `python ${installing(PACKAGE).join(" ")}`) },
    t("Install"),
  );
  if (answer !== t("Install")) {
    return false;
  }
  const reason = await runPip(python, PACKAGE);
  if (reason !== undefined) {
    void vscode.window.showErrorMessage(
      t("Nexa: {0} was not installed into {1}: {2}. The terminal says more.", PACKAGE, python, reason),
    );
  }
  return reason === undefined;
}
