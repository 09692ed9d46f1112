import assert from "node:assert/strict";
import { test } from "node:test";
import { lastWords } from "../src/server/lastWords";

test("pip's reason is found among its words", () => {
  const said =
    "Looking in links: /w\nERROR: Could not find a version\r\nERROR: No matching distribution found for nexa-lsp\n\n[notice] pip\n";
  assert.equal(lastWords(said, "?"), "No matching distribution found for nexa-lsp");
  assert.equal(
    lastWords("/usr/bin/python: No module named pip\n", "?"),
    "/usr/bin/python: No module named pip",
  );
  assert.equal(lastWords("\n", "it ended with status 1"), "it ended with status 1");
});
