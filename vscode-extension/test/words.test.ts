import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { speak, t } from "../src/words";

type Table = Record<string, string>;
const json = (name: string) => JSON.parse(readFileSync(name, "utf8")) as Table;
const CHINESE = json("l10n/bundle.l10n.zh-cn.json");
const NAMED = json("package.nls.json");
const NAMED_CHINESE = json("package.nls.zh-cn.json");
const SOURCES = readdirSync("src", { recursive: true, encoding: "utf8" })
  .filter((name) => name.endsWith(".ts"))
  .map((name) => ({ name, text: readFileSync(`src/${name}`, "utf8") }));

function holes(text: string): string[] {
  return [...text.matchAll(/\{\d+\}|`[^`]*`|\(command:[\w.]+\)/g)].map(([hole]) => hole).sort();
}

function onlyHoles(table: Table): Table {
  return Object.fromEntries(Object.entries(table).map(([key, text]) => [key, String(holes(text))]));
}

test("what the extension says is said in Chinese, and nothing else is", () => {
  const said = SOURCES.flatMap(({ text }) =>
    [...text.matchAll(/\bt\(\s*(?:"((?:[^"\\]|\\.)*)"|'([^']*)')/g)].map(
      (match) => match[1] ?? match[2] ?? "",
    ),
  );
  assert.ok(said.length > 100);
  assert.deepEqual([...new Set(said)].sort(), Object.keys(CHINESE).sort());
  for (const [english, chinese] of Object.entries(CHINESE)) {
    assert.deepEqual(holes(chinese), holes(english), english);
  }
});

test("no message is English alone", () => {
  for (const { name, text } of SOURCES) {
    const bare =
      /show(?:Information|Error|Warning)Message\(\s*["`](?!Nexa: \$\{\w+(?:\.\w+)?\}\.?`)|title: "|placeHolder: ["`]/;
    assert.doesNotMatch(text, bare, name);
  }
});

test("what the manifest says is said in Chinese", () => {
  const manifest = readFileSync("package.json", "utf8");
  const named = [...manifest.matchAll(/"%([\w.-]+)%"/g)].map(([, name]) => name ?? "");
  assert.deepEqual([...new Set(named)].sort(), Object.keys(NAMED).sort());
  assert.deepEqual(Object.keys(NAMED_CHINESE).sort(), Object.keys(NAMED).sort());
  const lens = (table: Table) => {
    const { "setting.nexa.codeLens.run": _, ...others } = onlyHoles(table);
    return others;
  };
  assert.deepEqual(lens(NAMED_CHINESE), lens(NAMED), "code and links stay as they are");
  for (const [name, text] of Object.entries({ ...NAMED_CHINESE, ...CHINESE })) {
    assert.match(text, /[\u4e00-\u9fff]|`/, name);
  }
  const steps = readdirSync("walkthrough");
  const chapters = steps.filter((name) => !name.includes(".nls."));
  assert.deepEqual(
    steps.filter((name) => name.includes(".nls.")).sort(),
    chapters.map((name) => name.replace(".md", ".nls.zh-cn.md")).sort(),
  );
});

test("a text takes its values where the language has them", () => {
  assert.equal(t("{0} after {1}", "cancelled", "2 s"), "cancelled after 2 s");
  speak({ "{0} after {1}": "{1} 后{0}" });
  assert.equal(t("{0} after {1}", "已取消", "2 s {0}"), "2 s {0} 后已取消");
  assert.equal(t("unknown {0}"), "unknown {0}");
  speak(undefined);
});
