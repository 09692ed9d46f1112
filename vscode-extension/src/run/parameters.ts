/** What a flow has to be given, and whether what was typed can be that. Knows no editor. */

import { t } from "../words";

export interface Parameter {
  readonly name: string;
  readonly type?: string;
  readonly default?: string;
}

export interface Runnable {
  readonly kind: "flow" | "test";
  readonly name: string;
  readonly params: readonly Parameter[];
}

/** What is typed for each parameter; what is not there takes its default. */
export type Given = Readonly<Record<string, string>>;

/** Parameters that have neither a default nor a value. */
export function missing(params: readonly Parameter[], given: Given): Parameter[] {
  return params.filter((param) => param.default === undefined && given[param.name] === undefined);
}

/** What of the remembered values still belongs to a parameter. */
export function stillFitting(params: readonly Parameter[], remembered: Given): Given {
  const fits = params.filter((param) => {
    const value = remembered[param.name];
    return value !== undefined && mistake(param, value) === undefined;
  });
  return Object.fromEntries(fits.map((param) => [param.name, remembered[param.name] ?? ""]));
}

/** Why a text is no value of the parameter's type; types that only a run can check are left to it. */
export function mistake(param: Parameter, text: string): string | undefined {
  const type = (param.type ?? "any").trim();
  if (type.endsWith("?") && (text === "" || text === "null")) {
    return undefined;
  }
  const base = type.replace(/\?$/, "").replace(/[[<].*$/s, "");
  switch (base) {
    case "int":
    case "integer":
      return /^[+-]?\d[\d_]*$/.test(text.trim()) ? undefined : t("{0} is a whole number", param.name);
    case "float":
    case "number":
      return text.trim() !== "" && Number.isFinite(Number(text))
        ? undefined
        : t("{0} is a number", param.name);
    case "bool":
    case "boolean":
      return /^(true|false)$/.test(text.trim()) ? undefined : t("{0} is true or false", param.name);
    case "list":
    case "array":
      return isJson(text, Array.isArray)
        ? undefined
        : t('{0} is a list, written as JSON: ["a", "b"]', param.name);
    case "dict":
    case "map":
    case "object":
      return isJson(text, (value) => typeof value === "object" && value !== null && !Array.isArray(value))
        ? undefined
        : t('{0} is written as JSON: {"key": "value"}', param.name);
    default:
      return undefined;
  }
}

/** `topic: str = "tides"`. */
export function signature(param: Parameter): string {
  const type = param.type ? `: ${param.type}` : "";
  return `${param.name}${type}${param.default === undefined ? "" : ` = ${param.default}`}`;
}

function isJson(text: string, isRight: (value: unknown) => boolean): boolean {
  try {
    return isRight(JSON.parse(text));
  } catch {
    return false;
  }
}
