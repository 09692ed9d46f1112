// The words and the lexical pieces that all parts of the grammar share, as sources of regular expressions (Oniguruma).

export const ID = "[\\p{L}\\p{Nl}_][\\p{L}\\p{Nl}\\p{Mn}\\p{Mc}\\p{Nd}\\p{Pc}]*";

/** Not in the middle of a word, and not the name of a member. */
export const START = "(?<![\\p{L}\\p{N}_])(?<!(?<!\\.)\\.)";
export const END = "(?![\\p{L}\\p{N}_])";

/** One of these words, standing for itself: not a member, not a key, not an assigned name. */
export const word = (names, group = true) =>
  `${START}${group ? "(" : "(?:"}${names.replaceAll(" ", "|")})${END}(?!\\s*(?::(?!:)|=(?![=>])))`;

const DECLARED = "(?:agent|tool|protocol|flow|struct|enum|trait|impl|job|server|db|auth|kv|fn|type|use)";

/** What begins a declaration, wherever an item may stand. */
const DECLARATION = `(?:${DECLARED}[ \\t]+[\\p{L}_\\d]|(?:test|include)[ \\t]+["'])`;

/** A declaration at column 0 closes whatever is open (section 2.11a); build.mjs adds this to the end of every rule. */
export const RESYNC = `(?=^(?:${DECLARATION}|@[\\p{L}_]))`;

export const CONTRACT = "requires|ensures|invariant";
export const BUILTIN_TYPES = "str int float bool list dict any agent template duration Option Result";
export const BUILTIN_VALUES = "self std secrets runtime result input";
export const BUILTIN_FUNCTIONS =
  "join map filter len img secret render spawn receive race parallel snapshot restore schedule after channel old";

/** `scope("keyword.control")` is `keyword.control.nexa`. */
export const scope = (name) => `${name}.nexa`;

export const S = {
  variable: scope("variable.other.readwrite"),
  language: scope("variable.language"),
  builtin: scope("support.function"),
  property: scope("variable.other.property"),
  module: scope("entity.name.namespace"),
  parameter: scope("variable.parameter"),
  call: scope("entity.name.function.call"),
  method: scope("entity.name.function.member"),
  agent: scope("entity.name.class"),
  func: scope("entity.name.function"),
  traitMethod: scope("entity.name.function.method"),
  defined: scope("entity.name.type.definition"),
  type: scope("entity.name.type"),
  builtinType: scope("support.type"),
  constant: scope("variable.other.enummember"),
  literal: scope("constant.language"),
  attribute: scope("entity.name.function.decorator"),
  keyword: scope("keyword.other"),
  kind: scope("storage.type"),
  import: scope("keyword.control.import"),
  conditional: scope("keyword.control.conditional"),
  repeat: scope("keyword.control.loop"),
  return: scope("keyword.control.flow.return"),
  exception: scope("keyword.control.exception"),
  coroutine: scope("keyword.control.coroutine"),
  wordOperator: scope("keyword.operator.expression"),
  operator: scope("keyword.operator"),
  directive: scope("keyword.control.directive"),
  bracket: scope("punctuation.section.brackets"),
  delimiter: scope("punctuation.separator"),
  special: scope("punctuation.definition.annotation"),
};

/** `captures("a", undefined, "b")` → groups 1 and 3. */
export const captures = (...names) =>
  Object.fromEntries(names.flatMap((name, index) => (name ? [[index + 1, { name }]] : [])));

export const include = (...names) =>
  names.map((name) => ({ include: name.includes(".") ? name : `#${name}` }));

/** Patterns between brackets. */
export const bracketed = (open, close, patterns) => ({
  begin: open,
  beginCaptures: { 0: { name: S.bracket } },
  end: close,
  endCaptures: { 0: { name: S.bracket } },
  patterns,
});

/** A word before one of these signs, which is a group of its own: as the first thing in brackets, after a comma, or on its line. */
export const key = (sign) => `(?:(?<=[(,{\\[])|^)\\s*(${ID})\\s*${sign}(?![=:>])`;
