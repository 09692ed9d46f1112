// Bundles the extension and the graph's page into dist/; with --tests, the unit tests into out/test/.

import { readdirSync, rmSync } from "node:fs";
import esbuild from "esbuild";

const flags = new Set(process.argv.slice(2));
const production = flags.has("--production");

/** @type {esbuild.BuildOptions} */
const shared = {
  bundle: true,
  logLevel: "warning",
  minify: production,
  sourcemap: production ? false : "linked",
  legalComments: "none",
};

/** @type {esbuild.BuildOptions} */
const extension = {
  ...shared,
  entryPoints: ["src/extension.ts"],
  outfile: "dist/extension.js",
  platform: "node",
  target: "node20",
  format: "cjs",
  external: ["vscode"],
};

/** @type {esbuild.BuildOptions} */
const page = {
  ...shared,
  entryPoints: ["src/webview/main.ts"],
  outfile: "dist/graph.js",
  platform: "browser",
  target: "chrome120",
  format: "iife",
};

/** @type {esbuild.BuildOptions} */
const tests = {
  ...shared,
  entryPoints: readdirSync("test")
    .filter((name) => name.endsWith(".test.ts"))
    .map((name) => `test/${name}`),
  outdir: "out/test",
  outExtension: { ".js": ".cjs" },
  platform: "node",
  target: "node20",
  format: "cjs",
  sourcemap: "inline",
};

if (flags.has("--tests")) {
  rmSync("out/test", { recursive: true, force: true });
  await esbuild.build(tests);
} else {
  const parts = [extension, page];
  if (flags.has("--watch")) {
    for (const part of parts) await (await esbuild.context(part)).watch();
  } else {
    rmSync("dist", { recursive: true, force: true });
    await Promise.all(parts.map((part) => esbuild.build(part)));
  }
}
