// What the checks of the catalog say of one record that its schema cannot; each with the field of the form that it is about.

import { folded } from "./folding.js";
import { arxivIn, doiIn, yearOf } from "./identifiers.js";
import { nameProblem, seemsSeveral } from "./names.js";

const JOINED = String.raw`[\p{Lo}\p{Mn}\p{Mc}\p{So}\p{Sk}]`;
// As the checks `invisible-character` and `control-character` have them; joiners where no script or emoji needs them.
const UNSEEN = new RegExp(
  String.raw`[\p{Cc}\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\u3164\ufeff\uffa0]` +
    String.raw`|(?<!${JOINED})[\u200c\u200d]|[\u200c\u200d](?!${JOINED})`,
  "u",
);

const SEVERAL =
  "seems to name several people: write each on a line of its own, and a family name of several words in braces, as in Gabriel {García Márquez}";

/**
 * @param {object} data The record.
 * @param {{words: number, year: number}} limits The most words of evidence, and the last year that a paper can have.
 * @returns {{name: string, message: string}[]}
 */
export function faults(data, limits) {
  return [...ofTexts(data), ...ofAuthors(data), ...ofYear(data, limits), ...ofEvidence(data, limits), ...ofIdentifiers(data), ...ofLinks(data)];
}

/** What only one work can have, as the checks for duplicates compare it. */
export function keysOf(data) {
  const { arxiv = "", doi = "" } = data.identifiers ?? {};
  const found = [
    { name: "title", key: folded(data.title ?? "") },
    { name: "arxiv", key: arxivIn(arxiv) },
    { name: "doi", key: arxivIn(doi) },
    { name: "doi", key: doiIn(doi) },
    ...paperLinks(data).flatMap(({ name, url }) => [{ name, key: arxivIn(url) }, { name, key: doiIn(url) }]),
  ];
  return found.filter(({ key }) => key).map(({ name, key }) => ({ name, key: key.toLowerCase() }));
}

function paperLinks({ links = {} }) {
  return ["paper", "pdf"].filter((link) => links[link]).map((link) => ({ name: `link-${link}`, url: links[link] }));
}

function evidences({ tags = {} }) {
  return Object.entries(tags).filter(([, terms]) => typeof terms === "object").flatMap(([facet, terms]) =>
    Object.entries(terms).map(([term, evidence]) => ({ name: `${facet}-${term}`, text: evidence ?? "" })),
  );
}

function ofTexts(data) {
  const texts = [
    ...["title", "name", "summary"].map((name) => ({ name, text: data[name] ?? "" })),
    ...(data.authors ?? []).map((text) => ({ name: "authors", text })),
    ...evidences(data),
  ];
  const found = texts.flatMap(({ name, text }) => {
    const unseen = UNSEEN.exec(text);
    if (!unseen) return [];
    const code = unseen[0].codePointAt(0).toString(16).toUpperCase().padStart(4, "0");
    return [{ name, message: `an invisible character (U+${code}) after “${text.slice(0, unseen.index).slice(-20)}”: delete it` }];
  });
  if (data.title && !folded(data.title)) found.push({ name: "title", message: "has no letter or digit" });
  return found;
}

function ofAuthors({ authors = [] }) {
  return authors
    .map((author, place) => ({ name: "authors", problem: nameProblem(author) || (seemsSeveral(author) ? SEVERAL : ""), place }))
    .filter(({ problem }) => problem)
    .map(({ name, problem, place }) => ({ name, message: `line ${place + 1} ${problem}` }));
}

function ofYear({ year, identifiers = {} }, limits) {
  if (typeof year !== "number") return [];
  if (year > limits.year) return [{ name: "year", message: "lies in the future" }];
  const arxiv = arxivIn(identifiers.arxiv ?? "");
  const before = arxiv ? yearOf(arxiv) - year : 0;
  return before > 1 ? [{ name: "year", message: `is ${before} years before the preprint: check both` }] : [];
}

function ofEvidence(data, limits) {
  return evidences(data)
    .map(({ name, text }) => ({ name, words: text.split(/\s+/).filter(Boolean).length }))
    .filter(({ words }) => words > limits.words)
    .map(({ name, words }) => ({ name, message: `${words} words: say it in at most ${limits.words}, in your own` }));
}

function ofIdentifiers(data) {
  const { arxiv = "", doi = "" } = data.identifiers ?? {};
  const found = [];
  if (arxivIn(doi)) found.push({ name: "doi", message: "is an arXiv preprint's: write it as arXiv id; the DOI is the published version's" });
  const differ = (own, linked) => own && linked && own.toLowerCase() !== linked.toLowerCase();
  for (const { name, url } of paperLinks(data)) {
    const linked = arxivIn(url);
    if (differ(arxivIn(arxiv), linked)) found.push({ name, message: `leads to arXiv ${linked}, the identifier is ${arxiv}` });
    if (!linked && differ(doi, doiIn(url))) found.push({ name, message: `leads to DOI ${doiIn(url)}, the identifier is ${doi}` });
  }
  return found;
}

function ofLinks({ links = {}, sources = [] }) {
  const all = [...Object.entries(links).map(([name, url]) => ({ name: `link-${name}`, url })), ...sources.map((url) => ({ name: "sources", url }))];
  const open = all.filter(({ url }) => url.startsWith("http:"));
  return open.map(({ name, url }) => ({ name, message: `${url}: anyone on the way can change it; write https:// if the page answers there` }));
}
