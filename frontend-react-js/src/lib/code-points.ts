/** Unicode code points of a text: what the API counts, and never half of a surrogate pair. */
export function codePoints(text: string): string[] {
  return Array.from(text);
}
