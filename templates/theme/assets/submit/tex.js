// TeX as a reader sees it: accents, and what only formats. Formulas stay as they are.

const ACCENTS = {
  "`": "\u0300", "'": "\u0301", "^": "\u0302", "~": "\u0303", '"': "\u0308", "=": "\u0304",
  ".": "\u0307", u: "\u0306", v: "\u030c", H: "\u030b", c: "\u0327", r: "\u030a", k: "\u0328", d: "\u0323",
};
const LETTERS = {
  ss: "ß", o: "ø", O: "Ø", l: "ł", L: "Ł", ae: "æ", AE: "Æ", oe: "œ", OE: "Œ", aa: "å", AA: "Å", i: "ı", j: "ȷ",
};
const FORMULA = /((?<!\\)\$(?:\\.|[^\\$])+\$)/s;

/**
 * @param {string} tex
 * @param {boolean} grouped Keep the braces around words, which mean something in a name.
 */
export function textOf(tex, grouped = false) {
  const text = tex.split(FORMULA).map((part, place) => (place % 2 ? part : plain(part, grouped))).join("");
  return text.replace(/&(?:#\d+|#x[\da-f]+|[a-z]+\d*);/gi, entity).replace(/[\s\p{Cc}]+/gu, " ").trim().normalize("NFC");
}

/** The address or DOI that `tex` prints. */
export function addressOf(tex) {
  const bare = tex.trim().replace(/^\\(?:url|path|nolinkurl)\s*\{(.*)\}$/s, "$1").trim();
  const printed = bare.replace(/\{\\([_%&#~$])\}|\\([_%&#~$])(?:\{\})?/g, "$1$2");
  return printed.replace(/&(?:#\d+|#x[\da-f]+|[a-z]+\d*);/gi, entity);
}

function plain(tex, grouped) {
  const text = tex
    .replace(
      /\\([`'^~"=.]|[uvHcrkd](?![A-Za-z]))\s*(?:\{\s*\\?([A-Za-z])\s*\}|\\([ij])(?![A-Za-z])\s*|([A-Za-z]))/g,
      (_, accent, ...letters) => letters.slice(0, 3).find(Boolean) + ACCENTS[accent],
    )
    .replace(/\\(ss|ae|AE|oe|OE|aa|AA|o|O|l|L|i|j)(?![A-Za-z])\s*/g, (_, name) => LETTERS[name])
    .replace(/\\([&%$#_])/g, "$1")
    .replace(/\\[A-Za-z]+\s*/g, "")
    .replace(/---/g, "—")
    .replace(/--/g, "–")
    .replace(/``/g, "“")
    .replace(/''/g, "”")
    .replace(/~/g, " ");
  return (grouped ? text.replace(/\{(\P{M}\p{M}*)\}/gu, "$1") : text.replace(/(?<!\\)[{}]/g, "")).replace(/\\([{}])/g, "$1");
}

function entity(text) {
  return new DOMParser().parseFromString(text, "text/html").documentElement.textContent;
}
