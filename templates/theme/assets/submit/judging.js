// What the form checks beyond the schema: the usual slips. The pull request runs every check.

import { folded } from "./folding.js";
import { arxivIn, doiIn } from "./identifiers.js";
import { nameProblem, seemsSeveral } from "./names.js";

const SEVERAL =
  "seems to name several people: write one per line, and put a family name of several words in braces, as in Gabriel {García Márquez}";

/**
 * @param {object} data The record.
 * @param {{words: number, year: number}} limits The most words of evidence, and the last year that a paper can have.
 * @returns {{name: string, message: string}[]} `name`: of the form's field.
 */
export function faults(data, limits) {
  return [...ofTitle(data), ...ofAuthors(data), ...ofYear(data, limits), ...ofEvidence(data, limits)];
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

function ofTitle({ title }) {
  return title && !folded(title) ? [{ name: "title", message: "has no letter or digit" }] : [];
}

function ofAuthors({ authors = [] }) {
  return authors
    .map((author, place) => ({ name: "authors", problem: nameProblem(author) || (seemsSeveral(author) ? SEVERAL : ""), place }))
    .filter(({ problem }) => problem)
    .map(({ name, problem, place }) => ({ name, message: `line ${place + 1} ${problem}` }));
}

function ofYear({ year }, limits) {
  return year > limits.year ? [{ name: "year", message: "is in the future" }] : [];
}

function ofEvidence(data, limits) {
  return evidences(data)
    .map(({ name, text }) => ({ name, words: text.split(/\s+/).filter(Boolean).length }))
    .filter(({ words }) => words > limits.words)
    .map(({ name, words }) => ({ name, message: `has ${words} words: use at most ${limits.words}, in your own words` }));
}
