// How a query becomes words: the same rules as `src/vlm_survey/search/text.py`.

/** Letters that are not a base letter with an accent; the same table as `src/vlm_survey/model/folding.py`. */
const LETTERS = { ł: "l", ø: "o", đ: "d", ð: "d", ß: "ss", æ: "ae", œ: "oe", þ: "th", ı: "i", ŋ: "ng", ħ: "h" };
const COMPOUND = /[\p{L}\p{N}_]+(?:[-‐‑–—'’./&·+][\p{L}\p{N}_]+)*/gu;
const PART = /[\p{L}\p{N}_]+/gu;

/** @typedef {{raw: string, parts: string[]}} Compound Words that are written together, or a single word. */

/** A text in lower case, without accents, with letters such as ø in ASCII. */
export function folded(text) {
  // Upper case first: it spells out ß and its like, and maps the dotless i to i.
  const bare = text.normalize("NFKD").toUpperCase().toLowerCase().normalize("NFKD").replace(/\p{M}/gu, "");
  return bare.replace(/[łøđðßæœþıŋħ]/g, (letter) => LETTERS[letter]).replace(/ς/g, "σ");
}

/** @returns {Compound[]} The folded words of a text, keeping together what is written together. */
export function compounds(text) {
  return (folded(text).match(COMPOUND) ?? []).map((raw) => ({ raw, parts: raw.match(PART) }));
}

/** A word without a plural ending. */
export function singular(word) {
  const length = [...word].length;
  if (length < 4 || !word.endsWith("s") || /(?:ss|us|is)$/.test(word)) return word;
  return word.endsWith("ies") && length > 4 ? `${word.slice(0, -3)}y` : word.slice(0, -1);
}
