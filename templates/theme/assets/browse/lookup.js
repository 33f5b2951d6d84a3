// Values by sorted keys, in small files; `src/vlm_survey/views/lookup.py` writes them.

export class Lookup {
  #files;
  #name;

  constructor(files, name) {
    this.#files = files;
    this.#name = name;
  }

  /** Fetch what every search needs first. */
  prepare() {
    return this.#files.get(`${this.#name}.json`);
  }

  /** The value of a key, or undefined. */
  async get(key) {
    const number = lastUpTo(await this.prepare(), key);
    if (number < 0) return undefined;
    const pairs = await this.#chunk(number);
    const pair = pairs[lastUpTo(pairs, key, keyOf)];
    return pair?.[0] === key ? pair[1] : undefined;
  }

  /** All pairs of key and value whose keys begin with `start`. */
  async beginningWith(start) {
    const beginnings = await this.prepare();
    if (!beginnings.length) return [];
    let number = Math.max(0, lastUpTo(beginnings, start));
    const chunks = [];
    do chunks.push(this.#chunk(number));
    while (beginnings[++number]?.startsWith(start));
    return (await Promise.all(chunks)).flat().filter(([key]) => key.startsWith(start));
  }

  #chunk(number) {
    return this.#files.get(`${this.#name}-${number}.json`);
  }
}

const keyOf = ([key]) => key;

/** Place of the last of `sorted` that does not come after `key`; -1 without one. */
function lastUpTo(sorted, key, of = (entry) => entry) {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (of(sorted[middle]) <= key) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
