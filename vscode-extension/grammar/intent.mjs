// Intent files: Markdown with scenarios. Only what makes them readable; Markdown itself is the editor's.

export const intent = {
  name: "Nexa Intent",
  scopeName: "text.nexa-intent",
  fileTypes: ["nxintent"],
  patterns: [
    {
      match: "^\\s*(?:[-*]\\s+)?(?:\\*\\*)?(Given|When|Then|And|But)\\b",
      captures: { 1: { name: "keyword.other.step.nexa-intent" } },
    },
    {
      match: "^(#{1,6})\\s+(?:(Feature|Scenario|Background|Rule)(:))?",
      captures: {
        1: { name: "punctuation.definition.heading.nexa-intent" },
        2: { name: "storage.type.nexa-intent" },
        3: { name: "punctuation.separator.nexa-intent" },
      },
    },
    { include: "text.html.markdown" },
  ],
};
