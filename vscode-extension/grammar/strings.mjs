// Comments, numbers, and the many strings with what may stand in them (sections 1.2, 1.6 to 1.9, 1.11).

import { captures, ID, include, RESYNC, S, START, scope } from "./words.mjs";

const QUOTED = scope("string.quoted");
const escaped = {
  match: "\\\\(?:u\\{\\h*\\}|u\\h{4}|x\\h{2}|.|$)",
  name: scope("constant.character.escape"),
};

/** `#{ expression | filter }`; one in a one-line string ends with its line at the latest. */
const interpolation = (isOneLine) => ({
  begin: "#\\{",
  beginCaptures: { 0: { name: scope("punctuation.section.embedded.begin") } },
  end: isOneLine ? "\\}|$" : "\\}",
  endCaptures: { 0: { name: scope("punctuation.section.embedded.end") } },
  name: scope("meta.interpolation"),
  contentName: scope("meta.embedded.expression"),
  patterns: [
    { match: `(?<!\\|)(\\|)(?![|>])\\s*(${ID})`, captures: captures(S.operator, S.call) },
    ...include("expression"),
  ],
});

const string = (name, begin, end, patterns) => ({
  name,
  begin,
  beginCaptures: { 0: { name: scope("punctuation.definition.string.begin") } },
  end,
  endCaptures: { 0: { name: scope("punctuation.definition.string.end") } },
  patterns,
});

const oneLine = (quote) =>
  string(QUOTED, quote, `${quote}|(?<!\\\\)$`, [escaped, ...include("line-interpolation")]);

const triple = (name, prefix, patterns) => string(name, `${prefix}"""`, '"""', patterns);

const embeddedPython = (quotes) => ({
  begin: `${START}(python!)\\s*(${quotes})`,
  beginCaptures: captures(
    S.directive,
    scope("string.quoted.python.nexa punctuation.definition.string.begin"),
  ),
  end: quotes,
  endCaptures: { 0: { name: scope("string.quoted.python.nexa punctuation.definition.string.end") } },
  name: scope("meta.python"),
  patterns: [
    {
      // The rest of the first line, where the block has one.
      match: `\\G(.+?)(?=${quotes}|$)`,
      captures: { 1: { name: "meta.embedded.block.python", patterns: [{ include: "source.python" }] } },
    },
    {
      // Whatever Python thinks is open, the line with the closing quotes is ours.
      begin: `^(?!.*${quotes})`,
      while: `^(?!.*${quotes})`,
      contentName: "meta.embedded.block.python",
      patterns: [{ include: "source.python" }],
    },
  ],
});

const template = triple(scope("string.template"), `${START}template`, [
  {
    match: "(\\{\\{\\{?)(\\s*[#/>@]?\\w*)([^{}]*?)(\\}\\}\\}?)",
    name: scope("meta.template.tag"),
    captures: captures(
      scope("punctuation.definition.template"),
      scope("keyword.control.template"),
      scope("variable.other.template"),
      scope("punctuation.definition.template"),
    ),
  },
]);

/** A string of one line whose content is another language: what that opens cannot leave the quotes. */
const foreign = (before, begin, content, language, name = QUOTED) => ({
  match: `${before}(${begin}")(${content})(")`,
  name,
  captures: {
    ...captures(
      scope("punctuation.definition.string.begin"),
      undefined,
      scope("punctuation.definition.string.end"),
    ),
    2: { name: `meta.embedded.line.${language}`, patterns: [{ include: language }] },
  },
});

export const strings = {
  strings: {
    patterns: [
      triple(scope("string.quoted.raw"), `${START}r`, []),
      string(scope("string.quoted.raw"), `${START}r"`, '"|$', []),
      string(scope("string.quoted.raw"), `${START}r'`, "'|$", []),
      triple(
        scope("string.quoted.format"),
        `${START}f`,
        include("escape", "f-interpolation", "interpolation"),
      ),
      string(
        scope("string.quoted.format"),
        `${START}f"`,
        '"|(?<!\\\\)$',
        include("escape", "f-interpolation", "line-interpolation"),
      ),
      string(
        scope("string.quoted.format"),
        `${START}f'`,
        "'|(?<!\\\\)$",
        include("escape", "f-interpolation", "line-interpolation"),
      ),
      template,
      triple(scope("string.quoted.triple"), "", include("escape", "interpolation")),
      oneLine('"'),
      oneLine("'"),
      string(scope("string.quoted.backtick"), "`", "`", include("escape", "interpolation")),
    ],
  },
  // The value of a property may go on over lines; it ends before the next declaration whatever happens.
  "property-strings": {
    patterns: [
      string(QUOTED, '(?<![\\w"])"(?!"")', `"|${RESYNC}`, include("escape", "interpolation")),
      string(QUOTED, "(?<![\\w'])'(?!'')", `'|${RESYNC}`, include("escape", "interpolation")),
    ],
  },
  escape: escaped,
  interpolation: interpolation(false),
  "line-interpolation": interpolation(true),
  "f-interpolation": {
    begin: "(?<!\\{)\\{(?!\\{)",
    beginCaptures: { 0: { name: scope("punctuation.section.embedded.begin") } },
    end: "\\}|$",
    endCaptures: { 0: { name: scope("punctuation.section.embedded.end") } },
    contentName: scope("meta.embedded.expression"),
    patterns: [
      { match: "[:!][^}\"']*(?=\\})", name: scope("string.other.format") },
      ...include("expression"),
    ],
  },
  python: { patterns: [embeddedPython('"""'), embeddedPython("'''")] },
  regex: {
    patterns: [
      foreign("(?<=fast_match )", "r", '[^"]*', "source.regexp.python", scope("string.regexp")),
      foreign("(?<=\\.matches\\()", "r", '[^"]*', "source.regexp.python"),
    ],
  },
  "regex-argument": foreign("", "r", '[^"]*', "source.regexp.python"),
  "sql-argument": foreign("", "", '(?:[^"\\\\#]|\\\\.)*', "source.sql"),
  comments: {
    patterns: [
      { match: "///.*$", name: scope("comment.line.documentation") },
      { match: "//.*$", name: scope("comment.line.double-slash") },
      { begin: "/\\*", end: "\\*/", name: scope("comment.block") },
      { match: "#(?!\\{).*$", name: scope("comment.line.number-sign") },
    ],
  },
  numbers: {
    patterns: [
      {
        match: `${START}\\d[\\d_]*(?:\\.\\d+)?(?:ms|[smhd])(?![\\p{L}\\p{N}_])`,
        name: scope("constant.numeric.duration"),
      },
      {
        match: `${START}\\d[\\d_]*(?:\\.\\d[\\d_]*(?:[eE][+-]?\\d+)?|[eE][+-]?\\d+)`,
        name: scope("constant.numeric.float"),
      },
      { match: `${START}\\d\\w*`, name: scope("constant.numeric.integer") },
    ],
  },
};
