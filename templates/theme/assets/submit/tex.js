// TeX as a reader sees it: letters, accents, and what only formats. Formulas stay as they are.

import { ACCENTS, KEPT, LETTERS } from "./letters.js";

/** Macros that change the font alone: what they apply to is kept. */
const FONTS = new Set([...KEPT, ..."texttt textsf textup textmd textnormal mbox em it bf tt sf sc rm sl".split(" ")]);
const FORMULA = /((?<!\\)\$(?:\\.|[^\\$])+\$|\\\(.+?\\\)|\\\[.+?\\\])/s;
const MARKS = Object.keys(ACCENTS).filter((name) => !/\w/.test(name)).join("").replace(/[\^\]\\-]/g, "\\$&");
/** Crossref sets an accent of its own in braces behind the letter. */
const ACCENT_BEHIND = new RegExp(String.raw`(\p{L})\{\\([${MARKS}])\}`, "gu");
const ACCENT_BEFORE = new RegExp(
  String.raw`\\([${MARKS}]|(?:${Object.keys(ACCENTS).filter((name) => /^\w+$/.test(name)).join("|")})(?![A-Za-z]))\s*(?:\{\s*\\?([A-Za-z])\s*\}|\\([ij])(?![A-Za-z])\s*|([A-Za-z]))`,
  "g",
);

/**
 * @param {string} tex
 * @param {boolean} grouped Keep the braces around words, which mean something in a name.
 * @param {string[]} unknown Gains the macros that are not known, which are left out.
 */
export function textOf(tex, grouped = false, unknown = []) {
  const text = tex.split(FORMULA).map((part, place) => (place % 2 ? part : plain(part, grouped, unknown))).join("");
  return text.replace(/&(?:#\d+|#x[\da-f]+|[a-z]+\d*);/gi, entity).replace(/[\s\p{Cc}]+/gu, " ").trim().normalize("NFC");
}

/** The address or DOI that `tex` prints. */
export function addressOf(tex) {
  const bare = tex.trim().replace(/^\\(?:url|path|nolinkurl)\s*\{(.*)\}$/s, "$1").trim();
  const printed = bare.replace(/\{\\([_%&#~$])\}|\\([_%&#~$])(?:\{\})?/g, "$1$2");
  return printed.replace(/&(?:#\d+|#x[\da-f]+|[a-z]+\d*);/gi, entity);
}

function plain(tex, grouped, unknown) {
  const text = tex
    .replace(ACCENT_BEHIND, (_, letter, accent) => letter + ACCENTS[accent])
    .replace(ACCENT_BEFORE, (_, accent, ...letters) => letters.slice(0, 3).find(Boolean) + ACCENTS[accent])
    .replace(/---/g, "—")
    .replace(/--/g, "–")
    .replace(/``/g, "“")
    .replace(/''/g, "”")
    .replace(/(?<!\\)~/g, " ")
    .replace(/\\([A-Za-z]+)\s*|\\([^{}])/g, (_, name, sign) => {
      if (sign !== undefined) return LETTERS[sign] ?? sign;
      if (Object.hasOwn(LETTERS, name)) return LETTERS[name];
      if (!FONTS.has(name)) unknown.push(name);
      return "";
    });
  return (grouped ? text.replace(/\{(\P{M}\p{M}*)\}/gu, "$1") : text.replace(/(?<!\\)[{}]/g, "")).replace(/\\([{}])/g, "$1");
}

function entity(text) {
  return new DOMParser().parseFromString(text, "text/html").documentElement.textContent;
}
