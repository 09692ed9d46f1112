// Declarations (sections 2.1 to 2.6). Each ends with the `}` of its body, or where another one begins at column 0.

import { bracketed, CONTRACT, captures, END, ID, include, S, START, word } from "./words.mjs";

const BODY_END = `(?<=\\})`;

const declaration = (keyword, kind, name, nameScope, patterns) => ({
  begin: `${START}(${keyword})[ \\t]+(${name})`,
  beginCaptures: captures(kind, nameScope),
  end: BODY_END,
  patterns: [...include("comments"), ...patterns],
});

const block = include("block");
const propertyBody = (...more) => bracketed("\\{", "\\}", include(...more, "properties"));
const typeParameters = {
  begin: "\\[",
  beginCaptures: { 0: { name: S.bracket } },
  end: "\\]",
  endCaptures: { 0: { name: S.bracket } },
  patterns: [
    { match: ID, name: S.type },
    { match: ",", name: S.delimiter },
  ],
};
const fields = bracketed("\\{", "\\}", [
  ...include("comments", "type-annotation"),
  {
    begin: "=",
    beginCaptures: { 0: { name: S.operator } },
    end: "(?=[,;}])|$",
    patterns: include("expression"),
  },
  {
    begin: "@",
    beginCaptures: { 0: { name: S.special } },
    end: "(?=[,;}=])|$",
    patterns: include("strings"),
  },
  { match: "[,;]", name: S.delimiter },
  { match: ID, name: S.property },
]);

const functionLike = (name) => [
  ...include("parameters", "header-contract"),
  {
    begin: "(?<=\\)|[\\p{L}\\p{N}_])\\s*(?:(->)|(:))",
    beginCaptures: captures(S.operator, S.delimiter),
    end: `(?=[{,;}]|${START}(?:${CONTRACT})${END})|$`,
    patterns: include("type"),
  },
  ...(name === "trait" ? [] : block),
];

export const declarations = {
  declarations: {
    patterns: include(
      ...[
        "decorator",
        "include",
        "use",
        "agent",
        "tool",
        "function",
        "flow",
        "test",
        "protocol",
        "type-alias",
      ],
      ...["struct", "enum", "trait", "impl", "job", "server", "handle"],
    ),
  },
  decorator: {
    begin: `(?<![\\p{L}\\p{N}_)\\]"'])(@)(${ID})`,
    beginCaptures: captures(S.attribute, S.attribute),
    end: "(?!\\()",
    patterns: [bracketed("\\(", "\\)", include("argument-name", "expression"))],
  },
  include: {
    match: `${START}(include)[ \\t]+("[^"\\n]*"|'[^'\\n]*')`,
    captures: captures(S.import, "string.quoted.path.nexa"),
  },
  use: {
    match: `${START}(use)[ \\t]+(config)[ \\t]+(${ID})`,
    captures: captures(S.import, S.import, S.module),
  },
  agent: declaration("agent", S.kind, ID, S.agent, [
    {
      begin: "->",
      beginCaptures: { 0: { name: S.operator } },
      end: `(?=\\{|${START}(?:uses|implements|${CONTRACT})${END})|$`,
      patterns: include("type"),
    },
    {
      begin: `${START}(implements)${END}`,
      beginCaptures: captures(S.keyword),
      end: `(?=\\{|->|${START}(?:uses|${CONTRACT})${END})`,
      patterns: [{ match: ",", name: S.delimiter }, ...include("type")],
    },
    {
      begin: `${START}(uses)${END}`,
      beginCaptures: captures(S.keyword),
      end: `(?=\\{|->|${START}(?:implements|${CONTRACT})${END})`,
      patterns: include("use-items"),
    },
    ...include("header-contract", "agent-body"),
  ]),
  "agent-body": bracketed("\\{", "\\}", [
    ...include("comments", "decorator", "hooks", "context-policy"),
    {
      begin: `${START}(uses)${END}(?:\\s*(:))?\\s*(\\[)`,
      beginCaptures: captures(S.keyword, S.delimiter, S.bracket),
      end: "\\]",
      endCaptures: { 0: { name: S.bracket } },
      patterns: include("use-items"),
    },
    {
      begin: `${START}(uses)${END}(?=\\s*:?\\s*["'\\p{L}_])(?!\\s*=)(?:\\s*(:))?`,
      beginCaptures: captures(S.keyword, S.delimiter),
      end: "(?=[;}])|(?<!,)$",
      patterns: include("use-items"),
    },
    {
      begin: `${START}(${CONTRACT})${END}(?:\\s*(:))?`,
      beginCaptures: captures(S.keyword, S.delimiter),
      end: "(?=[,;}])|$",
      patterns: include("expression"),
    },
    {
      begin: `(?=${START}let\\s+[\\p{L}_{\\[(])`,
      end: "(?=[;}])|$",
      patterns: include("let", "expression"),
    },
    ...include("function", "flow", "properties"),
  ]),
  "use-items": {
    patterns: [
      ...include("comments"),
      { match: `(${ID})\\s*(:)(?=\\s*["'])`, captures: captures(S.variable, S.delimiter) },
      ...include("strings"),
      { match: "[\\[\\]]", name: S.bracket },
      { match: ",", name: S.delimiter },
      ...include("modules"),
    ],
  },
  "header-contract": {
    begin: `${START}(${CONTRACT})${END}(?:\\s*(:))?`,
    beginCaptures: captures(S.keyword, S.delimiter),
    end: `(?=\\{|->|${START}(?:uses|implements|${CONTRACT})${END})`,
    patterns: include("head"),
  },
  /** Members `key: value`, separated by anything. */
  properties: {
    patterns: [
      ...include("comments"),
      {
        match: `${START}(${ID})\\s*(?:(:)|(=))(?![=:>])`,
        captures: captures(S.property, S.delimiter, S.operator),
      },
      { match: `${START}(?:${CONTRACT})(?=[ \\t]+[\\p{L}_\\d])`, name: S.keyword },
      { match: `${START}(?!(?:r|f|template)["'])(${ID})(?=\\s*["'\\[])`, captures: captures(S.property) },
      ...include("property-strings", "expression"),
    ],
  },
  tool: declaration("tool", S.kind, ID, S.func, [propertyBody()]),
  function: declaration("fn", S.kind, ID, S.func, functionLike()),
  flow: declaration("flow", S.kind, ID, S.func, functionLike()),
  parameters: bracketed("\\(", "\\)", [
    ...include("comments", "type-annotation"),
    {
      begin: "=",
      beginCaptures: { 0: { name: S.operator } },
      end: "(?=[,)])",
      patterns: include("expression"),
    },
    { match: ",", name: S.delimiter },
    { match: ID, name: S.parameter },
  ]),
  test: declaration("test", S.kind, `(?=["'])`, undefined, include("strings", "block")),
  protocol: declaration("protocol", S.kind, ID, S.defined, [typeParameters, fields]),
  struct: declaration("struct", S.kind, ID, S.defined, [typeParameters, fields]),
  "type-alias": {
    begin: `${START}(type)[ \\t]+(${ID})(?=\\s*[\\[=])`,
    beginCaptures: captures(S.kind, S.defined),
    end: `(?=;)|$`,
    patterns: [
      {
        begin: "=",
        beginCaptures: { 0: { name: S.operator } },
        end: "(?=[;@])|$",
        patterns: include("type"),
      },
      { begin: "@", beginCaptures: { 0: { name: S.special } }, end: "(?=;)|$", patterns: include("strings") },
      typeParameters,
    ],
  },
  enum: declaration("enum", S.kind, ID, S.defined, [
    typeParameters,
    bracketed("\\{", "\\}", [
      ...include("comments"),
      bracketed("\\(", "\\)", [
        { match: `(${ID})\\s*(:)`, captures: captures(S.parameter, S.delimiter) },
        { match: ",", name: S.delimiter },
        ...include("type"),
      ]),
      { match: "[,;]", name: S.delimiter },
      { match: ID, name: S.constant },
    ]),
  ]),
  trait: declaration("trait", S.kind, ID, S.defined, [
    typeParameters,
    bracketed("\\{", "\\}", [
      ...include("comments"),
      { match: `${START}(fn)[ \\t]+(${ID})`, captures: captures(S.kind, S.traitMethod) },
      ...functionLike("trait"),
      ...block,
      { match: "[,;]", name: S.delimiter },
    ]),
  ]),
  impl: {
    begin: `${START}(impl)[ \\t]+(?=[\\p{L}_])`,
    beginCaptures: captures(S.kind),
    end: BODY_END,
    patterns: [
      { match: word("for"), name: S.repeat },
      bracketed("\\{", "\\}", [
        ...include("comments", "decorator", "function"),
        { match: "[,;]", name: S.delimiter },
      ]),
      ...include("type"),
    ],
  },
  job: declaration("job", S.kind, ID, S.func, [
    { match: word("on"), name: S.keyword },
    ...include("strings"),
    bracketed("\\(", "\\)", include("properties")),
    bracketed("\\{", "\\}", [
      ...include("comments"),
      {
        begin: `${START}(perform|on_failure)\\s*(?=\\()`,
        beginCaptures: captures(S.keyword),
        end: "(?<=\\})",
        patterns: include("parameters", "block"),
      },
      ...include("properties"),
    ]),
  ]),
  server: {
    begin: `${START}(server)[ \\t]+(?:(${ID})[ \\t]*)?(\\d+)?(?=\\s*\\{)`,
    beginCaptures: captures(S.kind, S.module, "constant.numeric.integer.nexa"),
    end: BODY_END,
    patterns: include("server-body"),
  },
  "server-body": bracketed("\\{", "\\}", [
    ...include("comments"),
    {
      match: `${START}(?:static|from|cors|csp|require_auth)(?=\\s+["']|\\s*\\{|\\s+map\\b)`,
      name: S.keyword,
    },
    {
      begin: `${START}(middleware)\\s*(\\[)`,
      beginCaptures: captures(S.keyword, S.bracket),
      end: "\\]",
      endCaptures: { 0: { name: S.bracket } },
      patterns: [{ match: ",", name: S.delimiter }, ...include("modules")],
    },
    {
      begin: `${START}(?:(semantic)\\s+)?(route)\\s+(?:(${ID})\\s+)?(?=[rf]?["'])`,
      beginCaptures: captures(S.keyword, S.keyword, S.literal),
      end: "(?=[,;}])|$|(?<=\\})",
      patterns: [propertyBody(), ...include("head")],
    },
    {
      begin: `${START}(group)\\s+(?=["'])`,
      beginCaptures: captures(S.keyword),
      end: "(?<=\\})",
      patterns: include("strings", "server-body"),
    },
    ...include("properties"),
  ]),
  handle: {
    begin: `${START}(db|auth|kv)[ \\t]+(${ID})(?=\\s*[={])`,
    beginCaptures: captures(S.kind, S.variable),
    end: `(?<=\\})|$`,
    patterns: [propertyBody(), ...include("head")],
  },
};
