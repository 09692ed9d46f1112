// Expressions (sections 2.9 and 2.10): what stands on the right of anything.

import {
  BUILTIN_FUNCTIONS,
  BUILTIN_VALUES,
  bracketed,
  captures,
  END,
  ID,
  include,
  key,
  S,
  START,
  word,
} from "./words.mjs";

// Between these two stands `{` where it opens a dict, not a body.
const FIRST = ["comments", "python", "regex", "strings", "numbers", "lambda", "match", "words"];
const LAST = ["variants", "is-type", "receive", "round-and-square", "members", "calls", "names", "operators"];

const INFIX = "(?<=[\\p{L}\\p{N}_\"'`)\\]}?][ \\t])";
const oneOf = (names) => `${START}(?:${names.replaceAll(" ", "|")})${END}`;

export const expressions = {
  /** In a head, up to the `{` that opens the body (R-BRACE). */
  head: { patterns: include(...FIRST, ...LAST) },
  expression: { patterns: include(...FIRST, "struct-literal", "dict", ...LAST) },
  words: {
    patterns: [
      { match: word("if then else semantic_if"), name: S.conditional },
      { match: `${START}fast_match(?=\\s*:?\\s*r?["'])`, name: S.conditional },
      { match: word("otherwise"), name: S.exception },
      // These stand behind their left side, on its line.
      { match: `${INFIX}fallback${END}`, name: S.exception },
      { match: `${INFIX}contains${END}`, name: S.wordOperator },
      { match: word("fork await"), name: S.coroutine },
      { match: `${START}(spawn)\\s+(${ID})(?=\\s*\\()`, captures: captures(S.coroutine, S.call) },
      // What is merged stands before the word, on its line.
      {
        begin: "(?<=[\\])}])\\s*(merge)\\s+(?=[\\p{L}\\p{Nl}_])",
        beginCaptures: captures(S.coroutine),
        end: "(?<=[\\p{L}\\p{N}_])(?![\\p{L}\\p{N}_])(?!\\s*\\.)|$",
        patterns: include("modules"),
      },
      { match: word("and or in not"), name: S.wordOperator },
      { match: oneOf("true false null"), name: S.literal },
      { match: `${START}map(?=\\s*\\{)`, name: S.keyword },
      { match: `${START}every(?=\\s+\\d)`, name: S.keyword },
    ],
  },
  lambda: {
    patterns: [
      {
        begin: `${START}(fn)\\s*(?=\\()`,
        beginCaptures: captures(S.kind),
        end: "(?<=\\))(?!\\s*->)|(?=[;{}])",
        patterns: include("parameters", "lambda-result"),
      },
    ],
  },
  "lambda-result": {
    begin: "(?<=\\))\\s*(->)",
    beginCaptures: captures(S.operator),
    end: "(?=\\{|=>|[,;)}]|$)",
    patterns: include("type"),
  },
  variants: { match: `(${ID})(::)(${ID})`, captures: captures(S.type, S.delimiter, S.constant) },
  "is-type": {
    begin: `${START}(is)(?:\\s+(not))?\\s+(?=[\\p{L}_(])`,
    beginCaptures: captures(S.wordOperator, S.wordOperator),
    end: "(?=[\\s,;){}&])",
    patterns: include("type"),
  },
  /** `receive(500): str`. */
  receive: {
    begin: `${START}(receive)\\s*(?=\\()`,
    beginCaptures: captures(S.call),
    end: "(?<=\\))(?!\\s*:)|(?=[,;}])|$",
    patterns: [
      bracketed("\\(", "\\)", include("argument-name", "expression")),
      {
        begin: "(?<=\\))\\s*(:)",
        beginCaptures: captures(S.delimiter),
        end: "(?=[,;}])|$",
        patterns: include("type"),
      },
    ],
  },
  members: {
    patterns: [
      // Where the language itself compiles a regular expression.
      {
        begin: `(?<=std\\.regex)(\\.)(${ID})(\\()(?=r")`,
        beginCaptures: captures(S.delimiter, S.method, S.bracket),
        end: `\\)`,
        endCaptures: { 0: { name: S.bracket } },
        patterns: include("regex-argument", "argument-name", "expression"),
      },
      { match: `(?<!\\.)(\\.)\\s*(${ID})(?=\\()`, captures: captures(S.delimiter, S.method) },
      { match: `(?<!\\.)(\\.)\\s*(${ID})`, captures: captures(S.delimiter, S.property) },
    ],
  },
  calls: {
    patterns: [
      // Text for a database.
      {
        begin: `${START}(query|query_one|execute)(\\()`,
        beginCaptures: captures(S.call, S.bracket),
        end: `\\)`,
        endCaptures: { 0: { name: S.bracket } },
        patterns: include("sql-argument", "argument-name", "expression"),
      },
      { match: `(${ID})(?=\\()`, captures: captures(S.call) },
    ],
  },
  /** Its first field follows: on the same line, or on the next, where a capital tells it from a head. */
  "struct-literal": {
    begin: `(?<![\\p{L}\\p{N}_])(${ID}(?=\\s*\\{\\s*${ID}\\s*:)|\\p{Lu}[\\p{L}\\p{N}_]*(?=\\s*\\{\\s*$))\\s*(\\{)`,
    beginCaptures: captures(S.type, S.bracket),
    end: `\\}`,
    endCaptures: { 0: { name: S.bracket } },
    patterns: include("entry-key", "expression"),
  },
  names: {
    patterns: [
      { match: oneOf(BUILTIN_VALUES), name: S.language },
      { match: oneOf(BUILTIN_FUNCTIONS), name: S.builtin },
      { match: ID, name: S.variable },
    ],
  },
  modules: {
    patterns: [
      { match: ID, name: S.module },
      { match: "\\.", name: S.delimiter },
    ],
  },
  operators: {
    patterns: [
      {
        match: "\\|>>|&>>|>>|\\|>|\\|\\||&&|\\?\\?|=>|->|[=!<>]=|\\.\\.|[-+*/%]=|[-+*/%<>=!|?&~^]",
        name: S.operator,
      },
      { match: "::|[,;:.]", name: S.delimiter },
    ],
  },
  "argument-name": {
    match: key("(?:(:)|(=))"),
    captures: captures(S.parameter, S.delimiter, S.operator),
  },
  "entry-key": { match: key("(:)"), captures: captures(S.property, S.delimiter) },
  dict: bracketed("\\{", "\\}", include("entry-key", "expression")),
  "round-and-square": {
    patterns: [
      bracketed("(?<=[\\p{L}\\p{N}_)\\]])\\(", "\\)", include("argument-name", "expression")),
      bracketed("\\(", "\\)", include("expression")),
      bracketed("\\[", "\\]", [
        { match: `${START}(fallback)\\s*(:)`, captures: captures(S.keyword, S.delimiter) },
        ...include("expression"),
      ]),
    ],
  },
};
