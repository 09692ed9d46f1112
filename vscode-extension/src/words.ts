/**
 * What people read, in the language of their editor: the English text is its name in `l10n/`. Knows no editor; who starts
 * says which language it is.
 */

/** By English text. */
export type Words = Readonly<Record<string, string>>;

let spoken: Words = {};

/** Speak a language from now on; English without one. */
export function speak(words: Words | undefined): void {
  spoken = words ?? {};
}

/** The text with its values: `t("{0} after {1}", word, spent)`. */
export function t(text: string, ...values: readonly (string | number)[]): string {
  return (spoken[text] ?? text).replace(/\{(\d+)\}/g, (hole, index) => String(values[Number(index)] ?? hole));
}
