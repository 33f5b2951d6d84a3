// Finding records by words, as forgiving as `src/vlm_survey/views/search.py`, by the index it made.

/** The words of a text in lower case, without accents. */
export function foldedWords(text) {
  // Upper case first: it spells out ß and its like, as Python's casefold does.
  const bare = text.normalize("NFKD").toUpperCase().toLowerCase().normalize("NFKD").replace(/\p{Mn}/gu, "");
  return bare.replace(/ς/g, "σ").match(/[\p{L}\p{N}_]+/gu) ?? [];
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

/** Which records have which words. */
export class WordIndex {
  /** @param {{words: string[], places: number[][]}} data Sorted words; steps from place to place. */
  constructor({ words, places }) {
    this.words = words;
    this.places = places;
  }

  /** Positions of the records with a word that begins with `asked`, or nearly so if none does. */
  find(asked) {
    let matches = this.#beginningWith(asked);
    if (!matches.length) matches = this.#nearly(asked);
    const found = new Set();
    for (const index of matches) {
      let place = 0;
      for (const step of this.places[index]) found.add((place += step));
    }
    return found;
  }

  /** The words that a misspelt one was taken for. */
  correctionsOf(asked) {
    return this.#beginningWith(asked).length ? [] : this.#nearly(asked).map((index) => this.words[index]);
  }

  #beginningWith(asked) {
    let [low, high] = [0, this.words.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.words[middle] < asked) low = middle + 1;
      else high = middle;
    }
    const found = [];
    while (low < this.words.length && this.words[low].startsWith(asked)) found.push(low++);
    return found;
  }

  #nearly(asked) {
    const most = slipsAllowed(asked);
    if (!most) return [];
    return this.#beginningWith(asked[0]).filter((index) => slips(asked, this.words[index], most) <= most);
  }
}
