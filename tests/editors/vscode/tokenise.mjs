// Tokenises files as VS Code does: `node tokenise.mjs EXTENSION < lines of JSON {path, scope}`; one line of JSON each.
// A token is [line, start, end, scopes…]; columns are UTF-16 code units.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { createInterface } from "node:readline";

const extension = process.argv[2];
const require = createRequire(join(extension, "package.json"));
const { INITIAL, Registry, parseRawGrammar } = require("vscode-textmate");
const oniguruma = require("vscode-oniguruma");

const wasm = readFileSync(require.resolve("vscode-oniguruma/release/onig.wasm"));
await oniguruma.loadWASM(wasm.buffer.slice(wasm.byteOffset, wasm.byteOffset + wasm.byteLength));

// What is embedded opens a string and never closes it: the worst that another language can do.
const RECKLESS = ["source.python", "source.sql", "source.regexp.python", "text.html.markdown"];

const registry = new Registry({
  onigLib: Promise.resolve({
    createOnigScanner: (patterns) => new oniguruma.OnigScanner(patterns),
    createOnigString: (text) => new oniguruma.OnigString(text),
  }),
  loadGrammar: async (scopeName) => {
    if (RECKLESS.includes(scopeName)) {
      const patterns = [{ begin: "['\"]|\\bimport\\b", end: "never", name: `reckless.${scopeName}` }];
      return { scopeName, patterns, repository: {} };
    }
    const name = scopeName.replace(/^(source|text)\./, "");
    const path = join(extension, "syntaxes", `${name}.tmLanguage.json`);
    return parseRawGrammar(readFileSync(path, "utf8"), path);
  },
});

for await (const request of createInterface({ input: process.stdin })) {
  const { path, text, scope } = JSON.parse(request);
  const grammar = await registry.loadGrammar(scope);
  const tokens = [];
  let stack = INITIAL;
  const lines = (text ?? readFileSync(path, "utf8")).split(/\r\n|\r|\n/);
  for (const [number, line] of lines.entries()) {
    const result = grammar.tokenizeLine(line, stack);
    stack = result.ruleStack;
    for (const token of result.tokens) tokens.push([number, token.startIndex, token.endIndex, ...token.scopes]);
  }
  console.log(JSON.stringify(tokens));
}
