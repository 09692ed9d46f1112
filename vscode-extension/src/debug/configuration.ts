/** What a launch configuration `type: nexa` means, from F5 without one to a full one in launch.json. Knows no editor. */

import { t } from "../words";

export interface NexaLaunch {
  type: string;
  name: string;
  request: string;
  program?: string;
  flow?: string;
  test?: string;
  args?: Readonly<Record<string, unknown>> | readonly string[];
  mock?: boolean;
  noDebug?: boolean;
}

/** The configuration of `Debug` above a flow, and of a test in the explorer. */
export function launchOf(program: string, kind: "flow" | "test", name: string): NexaLaunch {
  return { type: "nexa", request: "launch", name: `Nexa: ${name}`, program, [kind]: name };
}

/** F5 without a launch.json debugs `main` of the file in front. */
export function completed(
  asked: Partial<NexaLaunch>,
  file: string | undefined,
): NexaLaunch | { readonly mistake: string } {
  const program = asked.program ?? file;
  if (program === undefined) {
    return { mistake: t("open a program first, or name one as `program` in launch.json") };
  }
  const name = asked.name || `Nexa: ${asked.test ?? asked.flow ?? "main"}`;
  const flow = asked.test === undefined ? { flow: asked.flow ?? "main" } : {};
  return { ...asked, type: "nexa", request: "launch", name, program, ...flow };
}

/** Arguments as `--arg` takes them. */
export function texts(args: NexaLaunch["args"]): Record<string, string> {
  const split = (one: string): [string, string] => {
    const at = one.indexOf("=");
    return [one.slice(0, at), one.slice(at + 1)];
  };
  const isList = (value: unknown): value is readonly string[] => Array.isArray(value);
  const pairs: [string, unknown][] = isList(args) ? args.map(split) : Object.entries(args ?? {});
  return Object.fromEntries(
    pairs.map(([name, value]) => [name, typeof value === "string" ? value : JSON.stringify(value)]),
  );
}
