/** What a program said last that tells why it failed: its last line that calls itself an error, else its last line. */
export function lastWords(output: string, otherwise: string): string {
  const lines = output.split(/\r?\n/).filter((line) => line.trim() !== "");
  const error = lines.findLast((line) => /^error\b/i.test(line)) ?? lines.at(-1);
  return error?.replace(/^error:\s*/i, "").trim() || otherwise;
}
