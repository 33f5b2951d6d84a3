// What a person pastes: one BibTeX entry, an arXiv id, a DOI, or an address that holds one.
// An entry is read as `vlm-survey add --bibtex` reads it, or refused with the reason.

import { arxivIn, doiIn } from "./identifiers.js";
import { isGroup, nameProblem, straight } from "./names.js";
import { addressOf, textOf } from "./tex.js";

const BLOCK = /^[^\S\n]*%.*$|@(\w+)\s*([{(])/gm;
const REMARK = /^\s*%.*$/gm;
const KEY = /[^,={}"]*,/y;
const FIELD = /[\s,]*([^\s,={}()"#]+)\s*=\s*/y;
const PLACES = ["journal", "journaltitle", "booktitle", "eventtitle", "howpublished"];
const NO_ENTRIES = new Set(["comment", "preamble", "string"]);
const MONTHS = new Set("jan feb mar apr may jun jul aug sep oct nov dec".split(" "));
/** biblatex's extended form of a name: “family=Chen, given=Bo”. */
const NAMED_PARTS = /(?:^|[\s,])(?:family|given|prefix|suffix)\s*=/;
const NOT_CLOSED = "it is not closed: a brace or quotation mark is missing";

/** Why an entry cannot be read without losing something. */
class Unreadable extends Error {}

/**
 * The facts in `text`, by the names of the form's fields; null when it holds none.
 *
 * An invalid year, DOI or author is returned as it is written: the form says what is wrong with it.
 *
 * @returns {{problem: string}|object|null} `problem`: why the entry cannot be read. `unknown`: macros that were left out.
 */
export function read(text) {
  try {
    return entryIn(text) ?? identifierIn(text.trim());
  } catch (error) {
    if (error instanceof Unreadable) return { problem: error.message };
    throw error;
  }
}

function identifierIn(text) {
  const [arxiv, doi] = [arxivIn(text), doiIn(text)];
  if (arxiv) return { arxiv };
  return doi ? { doi } : null;
}

/** Facts of the first entry; what may stand before it defines macros or says nothing. */
function entryIn(text) {
  const macros = new Map();
  for (let block = blockAfter(text, 0); block; block = blockAfter(text, block.end)) {
    if (block.type === "string") for (const [name, raw] of block.fields) macros.set(name, raw);
    else if (block.fields) return factsOf(block, macros, text);
  }
  return null;
}

function blockAfter(text, place) {
  const beginning = beginningAfter(text, place);
  if (!beginning) return null;
  const type = beginning[1].toLowerCase();
  const closing = beginning[2] === "(" ? ")" : "}";
  const start = beginning.index + beginning[0].length;
  if (["comment", "preamble"].includes(type)) return { type, end: valueEnd(text, start, closing, "") + 1 };
  if (type === "string") return { type, ...fieldsFrom(text, start, closing) };
  KEY.lastIndex = start;
  if (!KEY.test(text)) throw new Unreadable("its citation key is missing: write one, and a comma, before the fields");
  return { type, ...fieldsFrom(text, KEY.lastIndex, closing) };
}

/** Where the next block begins that is not in a remark. */
function beginningAfter(text, place) {
  BLOCK.lastIndex = place;
  let found;
  do found = BLOCK.exec(text);
  while (found && !found[1]);
  return found;
}

function hasEntryAfter(text, place) {
  let beginning = beginningAfter(text, place);
  while (beginning && NO_ENTRIES.has(beginning[1].toLowerCase())) beginning = beginningAfter(text, BLOCK.lastIndex);
  return beginning !== null;
}

/** Fields by their names, each with what encloses it, and the place after the bracket that ends them. */
function fieldsFrom(text, start, closing) {
  const fields = new Map();
  let at = start;
  for (;;) {
    FIELD.lastIndex = at;
    const found = FIELD.exec(text);
    if (!found) break;
    at = valueEnd(text, FIELD.lastIndex, closing, ",");
    const name = found[1].toLowerCase();
    if (fields.has(name)) throw new Unreadable(`the field ${name} is written twice: keep one of them`);
    fields.set(name, text.slice(FIELD.lastIndex, at).trim());
  }
  while (/[\s,]/.test(text[at] ?? "")) at += 1;
  if (text[at] !== closing) throw new Unreadable(NOT_CLOSED);
  return { fields, end: at + 1 };
}

/** The place of the first of `ends`, or of the bracket that closes, outside of braces and quotation marks. */
function valueEnd(text, start, closing, ends) {
  let [depth, isQuoted] = [0, false];
  for (let at = start; at < text.length && depth >= 0; at += 1) {
    const character = text[at];
    if (depth === 0 && !isQuoted && (character === closing || ends.includes(character))) return at;
    if (depth === 0 && character === '"' && ends) isQuoted = !isQuoted;
    depth += (character === "{") - (character === "}");
  }
  throw new Unreadable(NOT_CLOSED);
}

function factsOf({ fields, end }, macros, text) {
  if (isTorn(text.slice(end, beginningAfter(text, end)?.index))) {
    throw new Unreadable("a brace closes it before its end: check its braces");
  }
  if (fields.has("crossref") || fields.has("xdata")) throw new Unreadable("it inherits fields from another entry (crossref): paste all fields");
  const source = (name) => sourceOf(name, fields.get(name) ?? "", macros);
  const unknown = [];
  const words = (name) => textOf(source(name), false, ["title", "subtitle"].includes(name) ? unknown : []);
  const address = (name) => addressOf(source(name)).replace(/^\{(.*)\}$/s, "$1");
  const title = words("title");
  if (!title) return null;
  const [url, stated] = [address("url"), address("doi")];
  const [arxivThere, doiThere] = /^https?:/i.test(url) ? [arxivIn(url), doiIn(url)] : [];
  const doi = doiIn(stated) ?? (stated || doiThere);
  const own = doi && arxivIn(doi);
  const arxiv = arxivSaid(fields, words) ?? arxivThere ?? own;
  const whole = titled(title, words("subtitle"));
  const authors = people(source("author"), unknown);
  const places = PLACES.map(words).filter(Boolean);
  return {
    title: whole,
    authors,
    year: words("year") || words("date").slice(0, 4),
    arxiv,
    doi: own ? undefined : doi,
    "link-paper": (!arxivThere && !doiThere && url) || undefined,
    // "arXiv preprint arXiv:2307.15189" names the repository.
    appearedIn: arxiv && (!places.length || /^arxiv\b/i.test(places[0])) ? "arXiv" : places[0],
    isFirstOfSeveral: hasEntryAfter(text, end),
    ...(unknown.length && { unknown }),
  };
}

/** Whether it is what is left of the entry before it, after a brace that closed it too early. */
function isTorn(rest) {
  const remarks = rest.match(REMARK) ?? [];
  const isClosed = enclosed(`{${remarks.join("")}}`) !== null;
  return /^\s*,|\}/.test(isClosed ? rest.replace(REMARK, "") : rest);
}

/** A field's TeX, without what encloses it. */
function sourceOf(name, raw, macros) {
  if (!raw || /^\d+$/.test(raw)) return raw;
  const source = enclosed(raw) ?? enclosed(macros.get(raw.toLowerCase()) ?? "") ?? (MONTHS.has(raw.toLowerCase()) ? raw : null);
  if (source !== null) return source;
  const what = raw.includes("#") ? "joined with “#”" : "neither quoted nor defined by @string";
  throw new Unreadable(`its ${name} is ${what}: write it in braces`);
}

/** What stands between the one pair of braces or quotation marks around `raw`; null without. */
function enclosed(raw) {
  const isQuoted = raw[0] === '"';
  if (raw.length < 2 || !(isQuoted ? raw.endsWith('"') : raw[0] === "{" && raw.endsWith("}"))) return null;
  const inner = raw.slice(1, -1);
  let depth = 0;
  for (const character of inner) {
    depth += (character === "{") - (character === "}");
    if (depth < 0 || (depth === 0 && isQuoted && character === '"')) return null;
  }
  return depth === 0 ? inner : null;
}

function arxivSaid(fields, words) {
  const isArxiv = /arxiv/i.test(words("eprinttype") + words("archiveprefix"));
  const eprint = isArxiv || !fields.has("eprinttype") ? arxivIn(words("eprint")) : undefined;
  return eprint ?? arxivIn(/arxiv:\s*[^\s.,;]+(?:\.\d+)?/i.exec(words("journal"))?.[0] ?? "");
}

function titled(title, subtitle) {
  return title.toLowerCase().includes(subtitle.toLowerCase()) ? title : `${title}: ${subtitle}`;
}

/** Names as records write them: first names first, groups in braces. */
function people(tex, unknown) {
  if (NAMED_PARTS.test(tex)) {
    throw new Unreadable("its author names the parts of names (family=…, given=…): write “First Last and First Last”");
  }
  const names = split(tex.replace(/\s+/g, " ").trim());
  if (names.length === 1 && isGroup(names[0]) && /,.*\sand\s.*,/.test(names[0])) {
    throw new Unreadable("its author is one name in two pairs of braces: remove one pair");
  }
  return names.map((name) => {
    const plain = textOf(name, true, unknown);
    if (isGroup(name)) return `{${plain.replace(/[{}]/g, "")}}`;
    return nameProblem(plain) ? plain : straight(plain);
  });
}

function split(text) {
  const names = [""];
  let depth = 0;
  for (const word of text.split(" ")) {
    if (depth === 0 && word.toLowerCase() === "and") names.push("");
    else names[names.length - 1] = `${names.at(-1)} ${word}`.trim();
    depth += (word.match(/(?<!\\)\{/g) ?? []).length - (word.match(/(?<!\\)\}/g) ?? []).length;
  }
  return names.filter(Boolean);
}
