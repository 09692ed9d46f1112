/**
 * Where the language server may be, in the order in which it is looked for. Knows no editor and no disk: what has to
 * be asked of them is handed in.
 */

import * as path from "node:path";
import { t } from "../words";

/** How a server is started, and who said so. */
export interface Candidate {
  readonly origin: "setting" | "python" | "PATH";
  readonly command: string;
  /** For people: `the setting nexa.server.path`. */
  readonly source: string;
}

/** What has been tried, and why it was not taken. */
export interface Miss {
  readonly source: string;
  readonly reason: string;
}

export interface Surroundings {
  /** `nexa.server.path`. */
  readonly setting: string;
  /** The interpreter that is selected in the Python extension; why there is none otherwise. */
  readonly python: { readonly executable: string } | { readonly missing: string };
  readonly pathVariable: string;
  readonly home: string;
  readonly isWindows: boolean;
  readonly isTrusted: boolean;
  readonly workspaceFolders: readonly string[];
  exists(file: string): boolean;
}

export type Found = { readonly found: Candidate } | { readonly misses: readonly Miss[] };

/**
 * The server to start, or everything that was tried. A path that the user has set is taken or missed, never
 * passed over: silently running another server would be worse than none.
 */
export function findServer(around: Surroundings): Found {
  if (around.setting !== "") {
    return fromSetting(around);
  }
  const misses: Miss[] = [];
  for (const look of [fromPython, fromPath]) {
    const result = look(around);
    if ("found" in result) {
      return result;
    }
    misses.push(...result.misses);
  }
  return { misses };
}

/** The command of that name that pip has put beside an interpreter. */
export function besideInterpreter(executable: string, name: string, isWindows: boolean): string {
  const { join, dirname } = isWindows ? path.win32 : path.posix;
  const folder = dirname(executable);
  // A Python outside of an environment keeps its commands in Scripts on Windows, beside itself everywhere else.
  const isBase = isWindows && !/[\\/]scripts$/i.test(folder);
  return join(folder, ...(isBase ? ["Scripts"] : []), isWindows ? `${name}.exe` : name);
}

function fromSetting(around: Surroundings): Found {
  const source = t("the setting nexa.server.path");
  const command = around.setting.replace(/^~(?=[\\/]|$)/, around.home);
  if (!isAbsolute(command, around)) {
    return miss(source, t('"{0}" is not an absolute path', around.setting));
  }
  return around.exists(command)
    ? { found: { origin: "setting", command, source } }
    : miss(source, t("there is no file {0}", command));
}

function fromPython(around: Surroundings): Found {
  const source = t("the selected Python environment");
  const { python } = around;
  if ("missing" in python) {
    return miss(source, python.missing);
  }
  const command = besideInterpreter(python.executable, "nexa-lsp", around.isWindows);
  const isInside = around.workspaceFolders.some((folder) => isBelow(command, folder, around));
  if (isInside && !around.isTrusted) {
    return miss(source, t("{0} belongs to this workspace, which is not trusted", command));
  }
  return around.exists(command)
    ? { found: { origin: "python", command, source: `${source} (${python.executable})` } }
    : miss(source, t("nexa-lsp is not installed for {0}", python.executable));
}

function fromPath(around: Surroundings): Found {
  const { join, delimiter } = around.isWindows ? path.win32 : path.posix;
  const name = around.isWindows ? "nexa-lsp.exe" : "nexa-lsp";
  // A relative entry would mean something else in each workspace.
  const folders = around.pathVariable.split(delimiter).filter((folder) => isAbsolute(folder, around));
  for (const folder of folders) {
    const command = join(folder, name);
    const isInside = around.workspaceFolders.some((root) => isBelow(command, root, around));
    if (around.exists(command) && (around.isTrusted || !isInside)) {
      return { found: { origin: "PATH", command, source: "PATH" } };
    }
  }
  return miss("PATH", t("no folder of PATH has {0}", name));
}

function isAbsolute(file: string, around: Surroundings): boolean {
  return (around.isWindows ? path.win32 : path.posix).isAbsolute(file);
}

function isBelow(file: string, folder: string, around: Surroundings): boolean {
  const { relative, isAbsolute, sep } = around.isWindows ? path.win32 : path.posix;
  const rest = relative(folder, file);
  return rest !== ".." && !rest.startsWith(`..${sep}`) && !isAbsolute(rest);
}

function miss(source: string, reason: string): Found {
  return { misses: [{ source, reason }] };
}
