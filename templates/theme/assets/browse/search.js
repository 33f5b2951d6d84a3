// Ranked search: the same rules as `src/vlm_survey/search/ranking.py`, on the index that it writes.
// The cases in `tests/search/` hold both to the same results.

import { Lookup } from "./lookup.js";
import { compounds, folded, singular } from "./text.js";

/** How a word is matched, and the factor on the weight of the field. */
const [WHOLE, SINGULAR, PREFIX, CORRECTED] = [10, 9, 6, 8];
const SHORTEST_PREFIX = 3;
const CHUNK = /"([^"]*)"|(\S+)/g;
const DOI = /10\.\d{4,9}\/\S+/;
const ARXIV = /(?<!\d)(?<!\d\.)(\d{4}\.\d{4,5})(?:v\d+)?(?![\d.]*\d)|([a-z-]+\/\d{7})(?:v\d+)?/;
const YEAR = /^(?:19|20)\d\d$/;

/**
 * @typedef {{asked: string, words: string[], positions: number[], quoted: boolean, identifier: string}} Clause
 *   A part of a query that a record must have; see `Clause` in `ranking.py`.
 * @typedef {{scores: Map<number, number>, corrected: Map<string, string>, suggested: Map<string, string>, aliases: Map<string, [string, string]>}} Result
 *   What a search finds; see `Result` in `ranking.py`.
 */

export class Search {
  #settings;
  #index;
  #vocabulary;
  #having;
  #stopWords;

  /**
   * @param {Files} files
   * @param {object} settings Weights and aliases, as `core.json` has them.
   * @param {(field: string, term: string) => number[]} having The records with a term.
   */
  constructor(files, settings, having) {
    this.#settings = settings;
    this.#index = new Lookup(files, "words");
    this.#vocabulary = new Lookup(files, "vocabulary");
    this.#having = having;
    this.#stopWords = new Set(settings.stop);
  }

  /** Fetch what every search needs. */
  prepare() {
    return this.#index.prepare();
  }

  /** @returns {Clause[]} The parts of a query; empty if there is nothing to search for. */
  parse(text) {
    let clauses = [];
    for (const [, quoted, chunk] of text.slice(0, this.#settings.longest).replace(/[“”„«»]/g, '"').matchAll(CHUNK)) {
      const identifier = identifierIn(quoted || chunk || "");
      if (identifier) {
        clauses.push({ asked: chunk ?? quoted, words: [identifier], positions: [0], quoted: false, identifier });
      } else if (quoted) {
        const parts = compounds(quoted).flatMap((compound) => compound.parts);
        const kept = [...parts.entries()].filter(([, part]) => !this.#stopWords.has(part));
        if (kept.length) {
          const positions = kept.map(([at]) => at - kept[0][0]);
          clauses.push({ asked: quoted, words: kept.map(([, part]) => part), positions, quoted: true, identifier: "" });
        }
      } else if (chunk) {
        for (const { raw, parts } of compounds(chunk)) {
          if (this.#stopWords.has(raw)) continue;
          const identifier = parts.length > 1 ? raw : "";
          clauses.push({ asked: chunk, words: parts, positions: [...parts.keys()], quoted: false, identifier });
        }
      }
    }
    if (clauses.some(({ words, identifier }) => words.length === 1 && identifier)) {
      // "arXiv 2307.15189", "doi: 10.1000/182"
      clauses = clauses.filter(({ words }) => !(words.length === 1 && ["arxiv", "doi"].includes(words[0])));
    }
    return clauses.slice(0, this.#settings.most);
  }

  /** @returns {Promise<Result>} The records that have all of `text`. */
  async find(text) {
    const { popularity, bonus, popular, exact: exactBonus } = this.#settings;
    const clauses = this.parse(text);
    const result = { scores: new Map(), corrected: new Map(), suggested: new Map(), aliases: new Map() };
    if (!clauses.length) return result;
    const exactKey = `=${clauses.flatMap(({ words }) => words.map(singular)).join("")}`;
    const [exact, ...matches] = await Promise.all([this.#get(exactKey), ...clauses.map((clause) => this.#match(clause))]);
    for (const [first, last, term] of this.#aliasPhrases(clauses)) {
      result.aliases.set(clauses.slice(first, last).map(({ asked }) => asked).join(" "), term);
      for (const found of matches.slice(first, last)) {
        for (const number of this.#having(...term)) found.raise(number, bonus.alias);
      }
    }
    for (const [at, clause] of clauses.entries()) {
      if (!matches[at].scores.size) await this.#correct(clause, matches[at], result);
    }
    const numbers = [...matches[0].scores.keys()].filter((number) => matches.every(({ scores }) => scores.has(number)));
    for (const number of await this.#ofTheYear(clauses, matches, numbers)) {
      const score = matches.reduce((sum, { scores }) => sum + scores.get(number), 0) + this.#nearbyBonus(matches, number);
      const percent = 100 + popular * bitLength(popularity[number]);
      result.scores.set(number, Math.floor((score * percent) / 100));
    }
    for (const [number, ...places] of exact) {
      const score = result.scores.get(number);
      if (score === undefined) continue;
      result.scores.set(number, score + Math.max(...places.map((place) => exactBonus[this.#field(place)] ?? 0)));
    }
    return result;
  }

  /** The numbers of the records of a result, the best match first. */
  ranked({ scores }) {
    const { popularity } = this.#settings;
    return [...scores.keys()].sort(
      (one, other) => scores.get(other) - scores.get(one) || popularity[other] - popularity[one] || one - other,
    );
  }

  async #get(word) {
    return (await this.#index.get(word)) ?? [];
  }

  #field(place) {
    return Math.floor(place / this.#settings.stride);
  }

  async #match(clause) {
    const found = new Matches((place) => this.#settings.weights[this.#field(place)]);
    if (clause.identifier) {
      await this.#matchIdentifier(clause.identifier, found);
      if (clause.words.length === 1) return found;
    }
    if (clause.quoted) {
      await this.#matchPhrase(clause, found);
    } else if (clause.words.length === 1) {
      await this.#matchWord(clause.words[0], found);
    } else {
      await this.#matchWord(clause.words.join(""), found);
      await this.#matchPhrase(clause, found);
      if (!found.scores.size) await this.#matchParts(clause, found);
    }
    return found;
  }

  async #matchIdentifier(identifier, found) {
    found.addAll(await this.#get(identifier), WHOLE);
    if (found.scores.size || identifier.length < 2 * SHORTEST_PREFIX) return;
    for (const [, postings] of await this.#index.beginningWith(identifier)) found.addAll(postings, PREFIX);
  }

  async #matchWord(word, found) {
    found.addAll(await this.#get(word), WHOLE);
    const base = singular(word);
    if (base !== word) found.addAll(await this.#get(base), SINGULAR);
    if ([...word].length < SHORTEST_PREFIX) return;
    for (const [other, postings] of await this.#index.beginningWith(word)) if (other !== word) found.addAll(postings, PREFIX);
  }

  async #matchPhrase({ words, positions }, found) {
    const [first, ...others] = await Promise.all(words.map((word) => this.#get(word)));
    const placesOf = others.map((postings) => new Map(postings.map(([number, ...places]) => [number, new Set(places)])));
    for (const [number, ...places] of first) {
      const starts = places.filter((place) => placesOf.every((other, at) => other.get(number)?.has(place + positions[at + 1])));
      if (starts.length) found.add(number, starts, WHOLE);
    }
  }

  async #matchParts({ words }, found) {
    const parts = await Promise.all(
      words.map(async (word) => {
        const part = new Matches(found.weigh);
        await this.#matchWord(word, part);
        return part.scores;
      }),
    );
    for (const number of parts[0].keys()) {
      if (parts.every((scores) => scores.has(number))) found.raise(number, Math.min(...parts.map((scores) => scores.get(number))));
    }
  }

  /** The spans of clauses that are another name of a term, the longest first. */
  *#aliasPhrases(clauses) {
    const { aliases } = this.#settings;
    for (let length = Math.min(5, clauses.length); length; length -= 1) {
      for (let first = 0; first + length <= clauses.length; first += 1) {
        const span = clauses.slice(first, first + length);
        if (span.some(({ quoted }) => quoted)) continue;
        const key = span.flatMap(({ words }) => words.map(singular)).join("");
        if (Object.hasOwn(aliases, key)) yield [first, first + length, aliases[key]];
      }
    }
  }

  /** Search for the most similar word instead, or suggest it. */
  async #correct(clause, found, result) {
    if (clause.words.length > 1 || clause.quoted || clause.identifier) return;
    const [word] = clause.words;
    const [prose, other] = (await this.#vocabulary.get(String.fromCodePoint(word.codePointAt(0)))) ?? [[], []];
    const meant = mostSimilar(word, prose);
    if (meant && isPlain(clause)) {
      result.corrected.set(clause.asked, meant);
      found.addAll(await this.#get(meant), CORRECTED);
      return;
    }
    const named = mostSimilar(word, other) || meant;
    if (named) result.suggested.set(clause.asked, named);
  }

  async #ofTheYear(clauses, matches, numbers) {
    const years = [...clauses.keys()].filter((at) => !clauses[at].quoted && clauses[at].words.length === 1 && YEAR.test(clauses[at].words[0]));
    if (!years.length) return numbers;
    const { year, venue } = this.#settings.places;
    const fits = (number, at) => {
      const places = matches[at].places.get(number) ?? [];
      if (places.some((place) => this.#field(place) === year)) return true;
      const before = at ? (matches[at - 1].places.get(number) ?? []) : [];
      return places.some((place) => before.includes(place - 1));
    };
    const kept = numbers.filter((number) => years.every((at) => fits(number, at)));
    const rest = clauses.flatMap(({ words }, at) => (years.includes(at) ? [] : words.map(singular))).join("");
    const published = new Set();
    for (const [number, ...places] of await this.#get(`=${rest}`)) {
      if (places.some((place) => this.#field(place) === venue)) published.add(number);
    }
    const there = kept.filter((number) => published.has(number));
    return there.length ? there : kept.length ? kept : numbers;
  }

  /** What the words of the query add because they follow each other in one field. */
  #nearbyBonus(matches, number) {
    const { weights, bonus } = this.#settings;
    let sum = 0;
    for (let at = 0; at + 1 < matches.length; at += 1) {
      const nexts = new Set(matches[at + 1].places.get(number));
      let best = 0;
      for (const place of matches[at].places.get(number) ?? []) {
        for (let step = 1; step <= bonus.near; step += 1) {
          if (nexts.has(place + step)) best = Math.max(best, weights[this.#field(place)] * bonus.nearFactor);
        }
      }
      sum += best;
    }
    return sum;
  }
}

/** The records that have a clause: the best score, and where it was found. */
class Matches {
  scores = new Map();
  places = new Map();

  constructor(weigh) {
    this.weigh = weigh;
  }

  add(number, places, factor) {
    this.raise(number, Math.max(...places.map(this.weigh)) * factor);
    const known = this.places.get(number);
    if (known) known.push(...places);
    else this.places.set(number, places);
  }

  addAll(postings, factor) {
    for (const [number, ...places] of postings) this.add(number, places, factor);
  }

  raise(number, score) {
    this.scores.set(number, Math.max(score, this.scores.get(number) ?? 0));
  }
}

/** The arXiv id or DOI in a part of a query, as it is indexed. */
function identifierIn(chunk) {
  const lower = folded(chunk).replace(/[.,;:)\]}>'"]+$/, "");
  const doi = DOI.exec(lower)?.[0];
  if (doi && !doi.startsWith("10.48550/arxiv.")) return doi;
  const arxiv = ARXIV.exec(lower);
  if (!arxiv) return "";
  const alone = lower.replace(/^[([{<"']+/, "").replace(/[([{<"']+$/, "");
  return lower.includes("arxiv") || arxiv[0] === alone ? (arxiv[1] ?? arxiv[2]) : "";
}

/** Whether it is an ordinary word, which may be misspelt, rather than the name of a model. */
function isPlain({ words, quoted, asked }) {
  return words.length === 1 && !quoted && /^[^\p{L}\p{N}_]*.[^\P{L}A-Z]+[^\p{L}\p{N}_]*$/u.test(asked);
}

/** The first of the words with the fewest slips; empty if all have too many. */
function mostSimilar(word, vocabulary) {
  let most = slipsAllowed(word);
  let found = "";
  if (!most) return found;
  for (const other of vocabulary) {
    const count = slips(word, other, most);
    if (count <= most) [found, most] = [other, count - 1];
    if (most < 0) break;
  }
  return found;
}

/** How many slips are accepted in a word: numbers and short words must be right. */
function slipsAllowed(word) {
  const { length } = [...word];
  if (!/^\p{L}+$/u.test(word) || length < 4) return 0;
  return length < 8 ? 1 : 2;
}

/** The slips between two words; a count above `most` may be too low. */
export function slips(asked, word, most) {
  if (Math.abs(asked.length - word.length) > most) return most + 1;
  let older = [];
  let before = [];
  let row = Array.from({ length: word.length + 1 }, (_, column) => column);
  for (let i = 1; i <= asked.length; i += 1) {
    [older, before, row] = [before, row, [i]];
    for (let j = 1; j <= word.length; j += 1) {
      const replaced = before[j - 1] + (asked[i - 1] === word[j - 1] ? 0 : 1);
      let cost = Math.min(before[j] + 1, row[j - 1] + 1, replaced);
      if (i > 1 && j > 1 && asked[i - 1] === word[j - 2] && asked[i - 2] === word[j - 1]) {
        cost = Math.min(cost, older[j - 2] + 1);
      }
      row.push(cost);
    }
    if (Math.min(...row) > most) break;
  }
  return row.at(-1);
}

/** The number of binary digits of a count. */
function bitLength(count) {
  return 32 - Math.clz32(count);
}
