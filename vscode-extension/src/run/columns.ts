/** Where the code point of that number begins in a line, in UTF-16 units; the line's end where it is shorter. */
export function utf16Column(line: string, codePoints: number): number {
  return [...line].slice(0, Math.max(0, codePoints)).join("").length;
}
