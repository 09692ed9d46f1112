// Types (section 2.7) and patterns, which look like expressions and mean something else.

import { BUILTIN_TYPES, captures, END, ID, include, S, START } from "./words.mjs";

const builtin = `${START}(${BUILTIN_TYPES.replaceAll(" ", "|")})${END}`;

export const types = {
  type: {
    patterns: [
      ...include("comments"),
      { match: `(?<!\\.)\\bnull\\b`, name: S.builtinType },
      { match: `${START}fn${END}`, name: S.kind },
      { match: builtin, name: S.builtinType },
      { match: `(${ID})(::)(${ID})`, captures: captures(S.type, S.delimiter, S.constant) },
      { match: "->|\\||\\?", name: S.operator },
      { match: `(\\.)\\s*(${ID})`, captures: captures(S.delimiter, S.type) },
      { match: ID, name: S.type },
      // `<…>` takes names only.
      {
        begin: "<",
        end: ">|(?=[)\\]},;=]|$)",
        beginCaptures: { 0: { name: S.operator } },
        endCaptures: { 0: { name: S.operator } },
        patterns: [
          { match: ID, name: S.module },
          { match: "[,.]", name: S.delimiter },
        ],
      },
      {
        begin: "[\\[(]",
        end: "[\\])]|(?=[{};])",
        beginCaptures: { 0: { name: S.bracket } },
        endCaptures: { 0: { name: S.bracket } },
        patterns: [{ match: ",", name: S.delimiter }, ...include("type")],
      },
      ...include("strings"),
    ],
  },
  /** `: type` in a place where what follows ends it. */
  "type-annotation": {
    begin: "(?<!:):(?!:)",
    beginCaptures: { 0: { name: S.delimiter } },
    end: "(?=[,;=)\\]{}@]|$)",
    patterns: include("type"),
  },
  pattern: {
    patterns: [
      ...include("comments", "strings", "numbers"),
      { match: `${START}(?:true|false|null)${END}`, name: S.literal },
      { match: `(${ID})(::)(${ID})`, captures: captures(S.type, S.delimiter, S.constant) },
      { match: `${START}(intent)\\s*(?=\\()`, captures: captures(S.keyword) },
      { match: `(${ID})\\s*(?=\\()`, captures: captures(S.constant) },
      { match: `(\\.\\.)\\s*(${ID})?`, captures: captures(S.operator, S.variable) },
      {
        begin: `(?:(${ID})\\s*)?(\\{)`,
        beginCaptures: captures(S.type, S.bracket),
        end: "\\}",
        endCaptures: { 0: { name: S.bracket } },
        patterns: [
          ...include("comments", "strings"),
          { match: `(\\.\\.)\\s*(${ID})?`, captures: captures(S.operator, S.variable) },
          {
            begin: ":",
            beginCaptures: { 0: { name: S.delimiter } },
            end: "(?=[,}])",
            patterns: include("pattern"),
          },
          { match: ",", name: S.delimiter },
          { match: ID, name: S.property },
        ],
      },
      {
        begin: "[\\[(]",
        end: "[\\])]",
        beginCaptures: { 0: { name: S.bracket } },
        endCaptures: { 0: { name: S.bracket } },
        patterns: include("pattern"),
      },
      { match: "[,;]", name: S.delimiter },
      { match: "-", name: S.operator },
      { match: ID, name: S.variable },
    ],
  },
};
