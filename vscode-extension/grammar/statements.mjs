// Statements (section 2.8) and the arms of a match.

import { bracketed, CONTRACT, captures, END, ID, include, S, START, word } from "./words.mjs";

/** Something that can be an operand follows on the line, and no bracket, which would make the word a call. */
const OPERAND = "(?=[ \\t]+(?!(?:and|or|in|is|if|otherwise|fallback|contains)\\b)[\"'`\\p{L}\\p{N}_])";

const head = (begin, names, patterns, end = "(?=[{;}])|$") => ({
  begin,
  beginCaptures: captures(...names),
  end,
  patterns,
});

export const statements = {
  statement: {
    patterns: include(
      ...[
        "comments",
        "declarations",
        "hooks",
        "context-policy",
        "let",
        "for",
        "typed-assignment",
        "settings-head",
      ],
      ...[
        "pass",
        "verify",
        "catch",
        "statement-words",
        "assigned-dict",
        "block-or-dict",
        "words",
        "struct-literal",
        "head",
      ],
    ),
  },
  let: {
    begin: `${START}let${END}(?!\\s*[=:.])`,
    beginCaptures: { 0: { name: S.keyword } },
    end: `(?==)|[;]`,
    patterns: include("type-annotation", "pattern"),
  },
  for: {
    begin: `${START}(for)(?:\\s+(each)(?=\\s+(?!in\\b)))?${END}(?!\\s*[=:.])`,
    beginCaptures: captures(S.repeat, S.repeat),
    end: `${START}(in)${END}|$`,
    endCaptures: captures(S.wordOperator),
    patterns: include("pattern"),
  },
  /** `count: int = 0`. */
  "typed-assignment": {
    begin: `^\\s*(${ID})\\s*(?=:(?!:)[^=\\n]*=(?![=>]))`,
    beginCaptures: captures(S.variable),
    end: "(?==)|$",
    patterns: include("type-annotation"),
  },
  /** `autoloop max_steps: 20, exit_when: "…" {`. */
  "settings-head": {
    begin: `${START}(?:(autoloop)|(with_context))${END}(?!\\s*[=:.])`,
    beginCaptures: captures(S.repeat, S.keyword),
    end: `(?=[{};])`,
    patterns: [
      { match: `(${ID})\\s*(:)`, captures: captures(S.property, S.delimiter) },
      ...include("comments", "strings", "numbers"),
      { match: `${START}(?:true|false)${END}`, name: S.literal },
      bracketed("\\(", "\\)", include("expression")),
      bracketed("\\[", "\\]", [
        ...include("comments", "strings", "modules"),
        { match: ",", name: S.delimiter },
      ]),
      { match: ",", name: S.delimiter },
      ...include("modules"),
    ],
  },
  pass: head(
    `${START}(pass)${OPERAND}`,
    [S.keyword],
    [{ match: word("to"), name: S.keyword }, ...include("expression")],
  ),
  verify: {
    patterns: [
      {
        begin: `${START}(satisfies)${END}`,
        beginCaptures: captures(S.keyword),
        end: "(?=[;}])|$",
        patterns: include("type"),
      },
      { match: word("verify assert against"), name: S.keyword },
    ],
  },
  catch: {
    begin: `${START}(catch|catch_correction)\\s*(\\()`,
    beginCaptures: captures(S.exception, S.bracket),
    end: "\\)|(?=[{}])|$",
    endCaptures: { 0: { name: S.bracket } },
    patterns: [
      { match: `(?<=\\()\\s*(${ID})`, captures: captures(S.parameter) },
      ...include("type-annotation"),
    ],
  },
  "statement-words": {
    patterns: [
      { match: word("while loop"), name: S.repeat },
      { match: `${START}until(?=\\s*\\()`, name: S.repeat },
      { match: word("try catch try_agent catch_correction"), name: S.exception },
      { match: `${START}finally(?=\\s*\\{)`, name: S.exception },
      { match: word("return"), name: S.return },
      { match: word("break continue defer unharnessed"), name: S.keyword },
      { match: `${START}raise${OPERAND}`, name: S.exception },
      { match: `${START}(?:print|reflect)${OPERAND}`, name: S.keyword },
      { match: `${START}(?:${CONTRACT})${OPERAND}`, name: S.keyword },
      {
        match: `^\\s*(${CONTRACT})\\s*(:)(?=\\s*["'])`,
        captures: captures(S.keyword, S.delimiter),
      },
      // `fork { … } and { … }`.
      { match: "(?<=\\})\\s*(and)(?=\\s*\\{)", captures: captures(S.wordOperator) },
    ],
  },
  "assigned-dict": bracketed("(?<==|return)\\s*\\{", "\\}", include("entry-key", "expression")),
  "block-or-dict": {
    patterns: [
      bracketed(
        `\\{(?=\\s*(?:(?:${ID}|"[^"]*"|'[^']*'|\\d+)\\s*:(?!:)|\\.\\.))`,
        "\\}",
        include("entry-key", "expression"),
      ),
      ...include("block"),
    ],
  },
  block: bracketed("\\{", "\\}", include("statement")),
  hooks: {
    begin: `${START}(before_step|after_step|on_error|before_tool|after_tool)(?=\\s*(?:\\([^()]*\\)\\s*)?\\{)`,
    beginCaptures: captures(S.keyword),
    end: "(?<=\\})",
    patterns: include("parameters", "block"),
  },
  "context-policy": {
    begin: `${START}(context_policy|context)(?:\\s*(:))?\\s*(\\{)`,
    beginCaptures: captures(S.keyword, S.delimiter, S.bracket),
    end: `\\}`,
    endCaptures: { 0: { name: S.bracket } },
    patterns: include("properties"),
  },
  match: {
    begin: `${START}(?:(match)(?:\\s+(intent)(?=\\s+[^\\s{=:.(]))?|(fast_match)(?=\\s+(?!r?["'])${ID}[^\\n]*\\{))${END}(?!\\s*[:=.])`,
    beginCaptures: captures(S.conditional, S.keyword, S.conditional),
    end: `(?<=\\})|$`,
    patterns: [bracketed("\\{", "\\}", include("arms")), ...include("head")],
  },
  /** `pattern if guard => body`. */
  arms: {
    patterns: [
      {
        begin: "=>",
        beginCaptures: { 0: { name: S.operator } },
        end: "(?=[,;}])|$",
        patterns: include("statement"),
      },
      {
        // The body goes on.
        begin: "^\\s*(?=>>|\\|>>|&>>|\\|>|\\?\\?|\\.\\w|otherwise\\b)",
        end: "(?=[,;}])|$",
        patterns: include("expression"),
      },
      head(`${START}(if)${END}`, [S.conditional], include("head"), "(?==>)|$"),
      ...include("pattern"),
    ],
  },
};
