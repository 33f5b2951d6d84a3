// What a person pastes: one BibTeX entry, an arXiv id, a DOI, or an address that holds one.

const ARXIV = /(?:arxiv\.org\/(?:abs|pdf|html)\/|10\.48550\/arxiv\.|arxiv:\s*|^)(\d{4}\.\d{4,5})(?:v\d+)?(?:\.pdf)?$/i;
const DOI = /(?:doi\.org\/|doi:\s*|\/|^)(10\.\d{4,9}(?:\.\d+)*\/[!-~]+?)(?:\.pdf|\/(?:full|pdf|abstract))?$/i;
const ACCENTS = {
  "`": "\u0300", "'": "\u0301", "^": "\u0302", "~": "\u0303", '"': "\u0308", "=": "\u0304",
  ".": "\u0307", u: "\u0306", v: "\u030c", H: "\u030b", c: "\u0327", r: "\u030a", k: "\u0328", d: "\u0323",
};
const LETTERS = {
  ss: "ß", o: "ø", O: "Ø", l: "ł", L: "Ł", ae: "æ", AE: "Æ", oe: "œ", OE: "Œ", aa: "å", AA: "Å", i: "ı", j: "ȷ",
};

/** The facts in `text`, by the names of the form's fields; null when it holds none. */
export function read(text) {
  const trimmed = text.trim();
  if (trimmed.startsWith("@")) return entry(trimmed);
  const address = trimmed.replace(/[?#].*$/, "");
  const arxiv = ARXIV.exec(address)?.[1];
  if (arxiv) return { arxiv };
  const doi = DOI.exec(safeDecoded(address))?.[1];
  return doi ? { doi } : null;
}

function safeDecoded(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function entry(text) {
  const { raw, rest } = fields(text);
  if (!raw.title) return null;
  const doi = raw.doi && DOI.exec(raw.doi.replaceAll("\\_", "_"))?.[1];
  const isArxiv = doi?.toLowerCase().startsWith("10.48550/arxiv.");
  const arxivPlaces = [isArxiv ? doi : "", raw.eprint, raw.url, /arxiv:\s*\S+/i.exec(raw.journal ?? "")?.[0]];
  return {
    title: plain(raw.title),
    authors: people(raw.author ?? ""),
    year: /^(?:19|20)\d\d$/.exec(raw.year ?? (raw.date ?? "").slice(0, 4))?.[0],
    arxiv: arxivPlaces.map((place) => ARXIV.exec(place ?? "")?.[1]).find(Boolean),
    doi: isArxiv ? undefined : doi,
    appearedIn: plain(raw.journal ?? raw.journaltitle ?? raw.booktitle ?? ""),
    isFirstOfSeveral: /@\w+\s*[{(]/.test(rest),
  };
}

/** Fields of the first entry, each without what encloses it, and the text after that entry. */
function fields(text) {
  const raw = {};
  const closing = /[{(]/.exec(text)?.[0] === "(" ? ")" : "}";
  const name = /([A-Za-z][\w-]*)\s*=\s*/y;
  let at = text.indexOf(",") + 1;
  while (at > 0 && at < text.length && text[at] !== closing) {
    name.lastIndex = at;
    const match = name.exec(text);
    if (!match) {
      at += 1;
      continue;
    }
    const start = name.lastIndex;
    const end = valueEnd(text, start);
    const value = text.slice(start, end).trim();
    raw[match[1].toLowerCase()] ??= /^[{"]/.test(value) ? value.slice(1, -1) : value;
    at = end;
  }
  return { raw, rest: text.slice(at) };
}

function valueEnd(text, start) {
  const quoted = text[start] === '"';
  let depth = 0;
  for (let at = start; at < text.length; at += 1) {
    if (text[at] === "{") depth += 1;
    if (text[at] === "}") depth -= 1;
    if (depth < 0) return at;
    if (depth === 0 && at > start && text[at] === (quoted ? '"' : "}")) return at + 1;
    if (depth === 0 && !quoted && /[,)]/.test(text[at])) return at;
  }
  return text.length;
}

/** Names as records write them: first names first, groups in braces. */
function people(text) {
  return split(text.replace(/\s+/g, " ")).map((name) => {
    if (/^\{.*\}$/.test(name)) return `{${plain(name)}}`;
    const [last, first, ...more] = plain(name).split(/,\s*/);
    // With a suffix, or a family name of several words, only the form with commas says which is which.
    const simple = first && !more.length && /^(?:\p{Ll}\S*\s)*\S+$/u.test(last);
    return simple ? `${first} ${last}` : plain(name);
  });
}

function split(text) {
  const names = [""];
  let depth = 0;
  for (const word of text.split(" ")) {
    if (depth === 0 && word === "and") names.push("");
    else names[names.length - 1] = `${names.at(-1)} ${word}`.trim();
    depth += (word.match(/(?<!\\)\{/g) ?? []).length - (word.match(/(?<!\\)\}/g) ?? []).length;
  }
  return names.filter((name) => name && name !== "others");
}

/** TeX as a reader sees it. */
function plain(tex) {
  return tex
    .replace(/\\([`'^~"=.]|[uvHcrkd](?![A-Za-z]))\s*\{?\s*\\?([A-Za-z])\s*\}?/g, (_, accent, letter) => letter + ACCENTS[accent])
    .replace(/\\(ss|ae|AE|oe|OE|aa|AA|o|O|l|L|i|j)(?![A-Za-z])\s*/g, (_, name) => LETTERS[name])
    .replace(/\\([&%$#_{}])/g, (_, sign) => (/[{}]/.test(sign) ? "" : sign))
    .replace(/\\[A-Za-z]+\s*/g, "")
    .replace(/[{}]/g, "")
    .replace(/---/g, "—")
    .replace(/--/g, "–")
    .replace(/``|''/g, '"')
    .replace(/~/g, " ")
    .replace(/\s+/g, " ")
    .trim()
    .normalize("NFC");
}
