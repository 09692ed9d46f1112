import assert from "node:assert/strict";
import { test } from "node:test";
import { besideInterpreter, findServer, type Surroundings } from "../src/server/candidates";
import { fits } from "../src/server/versions";

const around = (changes: Partial<Surroundings>, files: string[] = []): Surroundings => ({
  setting: "",
  python: { missing: "no interpreter is selected" },
  pathVariable: "/usr/bin:relative:/opt/tools",
  home: "/home/ann",
  isWindows: false,
  isTrusted: true,
  workspaceFolders: ["/home/ann/shop"],
  exists: (file) => files.includes(file),
  ...changes,
});

test("what is set comes first, and is never passed over", () => {
  const found = findServer(
    around({ setting: "~/bin/nexa-lsp" }, ["/home/ann/bin/nexa-lsp", "/usr/bin/nexa-lsp"]),
  );
  assert.deepEqual(found, {
    found: {
      origin: "setting",
      command: "/home/ann/bin/nexa-lsp",
      source: "the setting nexa.server.path",
    },
  });
  const missing = findServer(around({ setting: "/nowhere/nexa-lsp" }, ["/usr/bin/nexa-lsp"]));
  assert.deepEqual(missing, {
    misses: [{ source: "the setting nexa.server.path", reason: "there is no file /nowhere/nexa-lsp" }],
  });
  const relative = findServer(around({ setting: "bin/nexa-lsp" }));
  assert.match(JSON.stringify(relative), /not an absolute path/);
});

test("then the selected environment, then PATH", () => {
  const python = { executable: "/envs/a/bin/python" };
  const both = ["/envs/a/bin/nexa-lsp", "/opt/tools/nexa-lsp"];
  const first = findServer(around({ python }, both));
  assert.equal("found" in first && first.found.command, "/envs/a/bin/nexa-lsp");
  const second = findServer(around({ python }, ["/opt/tools/nexa-lsp"]));
  assert.equal("found" in second && second.found.origin, "PATH");
});

test("all that was tried is told", () => {
  const result = findServer(around({ python: { executable: "/envs/a/bin/python" } }));
  assert.deepEqual("misses" in result && result.misses, [
    { source: "the selected Python environment", reason: "nexa-lsp is not installed for /envs/a/bin/python" },
    { source: "PATH", reason: "no folder of PATH has nexa-lsp" },
  ]);
});

test("nothing of the workspace is started before it is trusted", () => {
  const python = { executable: "/home/ann/shop/.venv/bin/python" };
  const files = ["/home/ann/shop/.venv/bin/nexa-lsp", "/home/ann/shop/bin/nexa-lsp"];
  const pathVariable = "/home/ann/shop/bin";
  const restricted = findServer(around({ python, pathVariable, isTrusted: false }, files));
  assert.match(JSON.stringify(restricted), /not trusted/);
  assert.ok("misses" in restricted);
  const trusted = findServer(around({ python, pathVariable }, files));
  assert.equal("found" in trusted && trusted.found.command, "/home/ann/shop/.venv/bin/nexa-lsp");
  const neighbour = { executable: "/home/ann/shop-2/.venv/bin/python" };
  const outside = findServer(
    around({ python: neighbour, isTrusted: false }, ["/home/ann/shop-2/.venv/bin/nexa-lsp"]),
  );
  assert.ok("found" in outside);
});

test("patches may differ, lines may not", () => {
  assert.ok(fits("0.1.0", "0.1.9"));
  assert.ok(!fits("0.2.0", "0.1.0"));
  assert.ok(!fits("unknown", "0.1.0"));
});

test("commands stand beside the interpreter", () => {
  const at = (executable: string, isWindows: boolean) => besideInterpreter(executable, "nexa", isWindows);
  assert.equal(at("/envs/a/bin/python3", false), "/envs/a/bin/nexa");
  assert.equal(at("C:\\env\\Scripts\\python.exe", true), "C:\\env\\Scripts\\nexa.exe");
  assert.equal(at("C:\\Python312\\python.exe", true), "C:\\Python312\\Scripts\\nexa.exe");
});
