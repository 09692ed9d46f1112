// Secrets files (section 2.11).

import { bracketed, captures, ID, include, S, scope } from "./words.mjs";

const string = (begin, end, patterns) => ({
  name: scope("string.quoted"),
  begin,
  beginCaptures: { 0: { name: scope("punctuation.definition.string.begin") } },
  end,
  endCaptures: { 0: { name: scope("punctuation.definition.string.end") } },
  patterns,
});
const escapes = include("escape");

export const secrets = {
  name: "Nexa Secrets",
  scopeName: "source.nexa-secrets",
  fileTypes: ["nxs"],
  patterns: [
    {
      begin: `(?<![\\p{L}\\p{N}_])(config)[ \\t]+(${ID})\\s*(\\{)`,
      beginCaptures: captures(S.import, S.module, S.bracket),
      end: `\\}|(?=^config[ \\t]+[\\p{L}_])`,
      endCaptures: { 0: { name: S.bracket } },
      patterns: include("entries"),
    },
    ...include("entries"),
  ],
  repository: {
    entries: {
      patterns: [
        { match: "///.*$", name: scope("comment.line.documentation") },
        { match: "//.*$", name: scope("comment.line.double-slash") },
        { match: "#.*$", name: scope("comment.line.number-sign") },
        { begin: "/\\*", end: "\\*/", name: scope("comment.block") },
        { match: `(${ID})\\s*([=:])`, captures: captures(S.property, S.operator) },
        ...include("values"),
      ],
    },
    values: {
      patterns: [
        string('(?<![\\w])r"""', '"""', []),
        string('(?<![\\w])r"', '"|$', []),
        string("(?<![\\w])r'", "'|$", []),
        string('"""', '"""', escapes),
        string('"', '"|(?<!\\\\)$', escapes),
        string("'", "'|(?<!\\\\)$", escapes),
        { match: "(?<![\\w])(?:true|false)(?![\\w])", name: S.literal },
        { match: "[-+]", name: S.operator },
        { match: "(?<![\\w])\\d[\\w.]*", name: scope("constant.numeric") },
        bracketed("\\{", "\\}", include("entries")),
        { match: "[,;:]", name: S.delimiter },
      ],
    },
    escape: { match: "\\\\(?:u\\{\\h*\\}|u\\h{4}|x\\h{2}|.|$)", name: scope("constant.character.escape") },
  },
};
