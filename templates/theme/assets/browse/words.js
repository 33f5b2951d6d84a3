// Finding records by words, as forgiving as `src/vlm_survey/views/search.py`, from files by sorted words.

import { Bits } from "./bits.js";
import { Lookup } from "./lookup.js";
import { unpacked } from "./packing.js";

/** Letters that are not a base letter with an accent, in ASCII; the same table as `src/vlm_survey/letters.py`. */
const LETTERS = { ł: "l", ø: "o", đ: "d", ð: "d", ß: "ss", æ: "ae", œ: "oe", þ: "th", ı: "i", ŋ: "ng", ħ: "h" };

/** The words of a text in lower case and without accents, with letters such as ø in ASCII. */
export function foldedWords(text) {
  // Upper case first: it spells out ß and its like, and takes the dotless i for an i.
  const bare = text.normalize("NFKD").toUpperCase().toLowerCase().normalize("NFKD").replace(/\p{M}/gu, "");
  const spelled = bare.replace(/[łøđðßæœþıŋħ]/g, (letter) => LETTERS[letter]);
  return spelled.replace(/ς/g, "σ").match(/[\p{L}\p{N}_]+/gu) ?? [];
}

/** How many slips are forgiven in a word: numbers and short words must be right. */
function slipsAllowed(asked) {
  if (!/^\p{L}+$/u.test(asked) || asked.length < 4) return 0;
  return asked.length < 8 ? 1 : 2;
}

/**
 * Slips between `asked` and the nearest beginning of `word`; more than `most` is not told apart.
 * A slip is a letter too many, missing or wrong, or two neighbours swapped.
 */
export function slips(asked, word, most) {
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
  return Math.min(...row);
}

/** @typedef {{bits: Bits, meant: string[]}} Found Where a word was found; if misspelt, the words it was taken for. */

/** Which records have which words. */
export class Words {
  #size;
  #words;
  #letters;
  #found = new Map();

  /** @param {number} size Number of all records. */
  constructor(files, size) {
    this.#size = size;
    this.#words = new Lookup(files, "words");
    this.#letters = new Lookup(files, "letters");
  }

  /** Fetch what any search needs. */
  prepare() {
    return this.#words.prepare();
  }

  /** @returns {Promise<Map<string, Found>>} For each of `asked`, where a word begins so, or nearly so if none does. */
  async find(asked) {
    const found = await Promise.all(asked.map((word) => this.#find(word)));
    return new Map(asked.map((word, at) => [word, found[at]]));
  }

  #find(asked) {
    if (!this.#found.has(asked)) {
      const found = this.#looked(asked);
      found.catch(() => this.#found.delete(asked));
      this.#found.set(asked, found);
    }
    return this.#found.get(asked);
  }

  async #looked(asked) {
    // What begins with one or two letters was put together beforehand.
    if ([...asked].length < 3) return this.#together([await this.#words.get(`${asked}*`)], []);
    const pairs = await this.#words.beginningWith(asked);
    if (pairs.length) return this.#together(pairs.map(([, places]) => places), []);
    const meant = await this.#nearly(asked);
    return this.#together(await Promise.all(meant.map((word) => this.#words.get(word))), meant);
  }

  async #nearly(asked) {
    const most = slipsAllowed(asked);
    if (!most) return [];
    const words = (await this.#letters.get(String.fromCodePoint(asked.codePointAt(0)))) ?? [];
    return words.filter((word) => slips(asked, word, most) <= most);
  }

  #together(rows, meant) {
    const bits = new Bits(this.#size);
    for (const row of rows) {
      let next = 0;
      for (const gap of unpacked(row ?? "")) {
        bits.add(next + gap);
        next += gap + 1;
      }
    }
    return { bits, meant };
  }
}
