/** Asks for a flow's arguments: one list that shows them all, where Enter runs and a click changes one. */

import * as vscode from "vscode";
import { t } from "../words";
import { type Given, missing, mistake, type Parameter, signature, stillFitting } from "./parameters";
import type { Target } from "./record";

const MEMORY = "nexa.arguments";

interface Row extends vscode.QuickPickItem {
  readonly param?: Parameter;
}

/** The arguments to run with, remembered for the next time; undefined when the user has turned away. */
export async function askArguments(
  target: Target,
  params: readonly Parameter[],
  memory: vscode.Memento,
  isDebugged: boolean,
): Promise<Given | undefined> {
  if (params.length === 0) {
    return {};
  }
  const remembered = memory.get<Record<string, Given>>(MEMORY, {});
  const key = JSON.stringify([target.uri, target.name]);
  let given = stillFitting(params, remembered[key] ?? {});
  for (;;) {
    const row = await pickRow(target, params, given, isDebugged);
    if (row === undefined) {
      return undefined;
    }
    if (row.param) {
      given = (await changed(row.param, given)) ?? given;
      continue;
    }
    const whole = await completed(params, given);
    if (missing(params, whole).length === 0) {
      await memory.update(MEMORY, { ...remembered, [key]: whole });
      return whole;
    }
    given = whole;
  }
}

function pickRow(
  target: Target,
  params: readonly Parameter[],
  given: Given,
  isDebugged: boolean,
): Thenable<Row | undefined> {
  const title = isDebugged ? t("Debug {0}", target.name) : t("Run {0}", target.name);
  const isReady = missing(params, given).length === 0;
  const rows: Row[] = [
    {
      label: `$(${isDebugged ? "debug-alt" : "play"}) ${title}`,
      ...(!isReady && { description: t("asks for what is missing") }),
    },
    { label: t("arguments"), kind: vscode.QuickPickItemKind.Separator },
    ...params.map((param) => {
      const value = given[param.name];
      const shown = value ?? (param.default === undefined ? t("needed") : t("default"));
      return {
        label: `$(${value === undefined ? "dash" : "edit"}) ${signature(param)}`,
        description: shown,
        param,
      };
    }),
  ];
  return vscode.window.showQuickPick(rows, {
    title: t("Arguments of {0}", target.name),
    placeHolder: isDebugged
      ? t("Enter debugs; choose an argument to change it")
      : t("Enter runs; choose an argument to change it"),
  });
}

/** The arguments with what was missing, asked for one after the other until somebody turns away. */
async function completed(params: readonly Parameter[], given: Given): Promise<Given> {
  let whole = given;
  for (const param of missing(params, given)) {
    const next = await changed(param, whole);
    if (next === undefined) {
      break;
    }
    whole = next;
  }
  return whole;
}

/** The arguments with another value for one of them; emptied, it takes its default again. */
async function changed(param: Parameter, given: Given): Promise<Given | undefined> {
  const { [param.name]: before, ...others } = given;
  if (/^bool(ean)?\??$/.test(param.type ?? "")) {
    const choice = await vscode.window.showQuickPick(["true", "false"], { title: signature(param) });
    return choice === undefined ? undefined : { ...others, [param.name]: choice };
  }
  const text = await vscode.window.showInputBox({
    title: signature(param),
    value: before ?? "",
    ...(param.default !== undefined && { placeHolder: t("{0} (the default)", param.default) }),
    validateInput: (typed) =>
      typed === "" && param.default !== undefined ? undefined : mistake(param, typed),
  });
  if (text === undefined) {
    return undefined;
  }
  return text === "" && param.default !== undefined ? others : { ...others, [param.name]: text };
}
