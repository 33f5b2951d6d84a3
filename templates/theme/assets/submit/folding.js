/** Letters and digits alone, as the check for equal titles compares them. */
export function folded(text) {
  return text.normalize("NFKD").toLowerCase().normalize("NFKD").replace(/[^\p{L}\p{N}]/gu, "");
}
