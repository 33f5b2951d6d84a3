// The columns of the catalog, and which of its records a query selects.

import { WordIndex } from "./words.js";

/** Fetch one of the data files; the version in the address keeps old and new from mixing. */
async function load(base, name, version) {
  const response = await fetch(`${base}${name}?v=${version}`);
  if (!response.ok) throw new Error(`${name}: ${response.status}`);
  return response.json();
}

export class Catalog {
  #base;
  #version;
  #files = new Map();

  constructor(core, base, version) {
    Object.assign(this, core);
    this.#base = base;
    this.#version = version;
    this.size = core.id.length;
    this.byField = new Map(core.fields.map((field) => [field.id, field]));
    this.known = new Map(core.fields.map((field) => [field.id, field.values]));
    this.former = new Map(core.fields.map((field) => [field.id, field.former]));
    this.index = null;
    this.columns = core.fields.map(column);
  }

  static async load(base, version) {
    return new Catalog(await load(base, "core.json", version), base, version);
  }

  #file(name) {
    if (!this.#files.has(name)) this.#files.set(name, load(this.#base, name, this.#version));
    return this.#files.get(name);
  }

  /** The words are needed only by readers who search. */
  async loadWords() {
    this.index ??= new WordIndex(await this.#file("words.json"));
  }

  /** Summary and links of the record at a position. */
  async details(position) {
    return (await this.#file(`details-${Math.floor(position / this.chunk)}.json`))[position % this.chunk];
  }

  /** The record with its citations. */
  async whole(position) {
    return (await this.#file(`records-${Math.floor(position / this.chunk)}.json`))[position % this.chunk];
  }

  /**
   * What a query selects, and how many records each further choice would leave.
   *
   * One pass over the records: one that fails a single condition still counts for the other values of
   * that condition's field, since choosing one of them would let it in.
   *
   * @returns {{positions: number[], counts: Map<string, Int32Array>, years: Map<number, number>, without: Map<string, number>}}
   *   `without`: for each condition, how many records there would be if only it were dropped.
   */
  select(query) {
    const tests = this.#tests(query);
    const counts = new Map(this.fields.map((field) => [field.id, new Int32Array(field.values.length)]));
    const years = new Map();
    const without = new Map(tests.map(({ key }) => [key, 0]));
    const positions = [];
    for (let position = 0; position < this.size; position += 1) {
      let failed = null;
      let failures = 0;
      for (const test of tests) {
        if (!test.passes(position)) {
          failed = test;
          if (++failures > 1) break;
        }
      }
      if (failures > 1) continue;
      if (failed) without.set(failed.key, without.get(failed.key) + 1);
      else positions.push(position);
      for (const { id, starts, values } of this.columns) {
        if (failed && failed.opens !== id) continue;
        const tally = counts.get(id);
        for (let at = starts[position]; at < starts[position + 1]; at += 1) tally[values[at]] += 1;
      }
      const year = this.year[position];
      if (year && (!failed || failed.opens === "year")) years.set(year, (years.get(year) ?? 0) + 1);
    }
    this.#sort(positions, query.sort);
    for (const [key, count] of without) without.set(key, count + positions.length);
    return { positions, counts, years, without };
  }

  #tests(query) {
    const tests = [];
    for (const [id, values] of query.wanted) {
      tests.push({ key: id, opens: id, passes: this.#hasOneOf(id, values) });
    }
    for (const [id, values] of query.unwanted) {
      const has = this.#hasOneOf(id, values);
      tests.push({ key: `!${id}`, passes: (position) => !has(position) });
    }
    for (const what of query.has) {
      tests.push({ key: `has=${what}`, passes: this.#hasOneOf("has", [what]) });
    }
    if (query.years) {
      const [first, last] = [query.years[0] ?? 0, query.years[1] ?? 9999];
      const passes = (position) => {
        const year = this.year[position];
        return year !== null && year >= first && year <= last;
      };
      tests.push({ key: "year", opens: "year", passes });
    }
    if (query.words.length) {
      const found = query.words.map((word) => this.index.find(word));
      tests.push({ key: "q", passes: (position) => found.every((places) => places.has(position)) });
    }
    return tests;
  }

  #hasOneOf(id, asked) {
    const field = this.byField.get(id);
    const { starts, values } = this.columns[this.fields.indexOf(field)];
    const isAsked = new Uint8Array(field.values.length);
    for (const value of asked) isAsked[field.values.indexOf(value)] = 1;
    return (position) => {
      for (let at = starts[position]; at < starts[position + 1]; at += 1) {
        if (isAsked[values[at]]) return true;
      }
      return false;
    };
  }

  /** Positions are in the order of titles; sorting is stable, so that order decides between equals. */
  #sort(positions, sort) {
    const column = sort.replace(/^-/, "");
    if (sort === "-title") positions.reverse();
    if (column !== "year" && column !== "added") return;
    const values = this[column];
    const direction = sort.startsWith("-") ? -1 : 1;
    positions.sort((one, other) => {
      const [a, b] = [values[one], values[other]];
      // A record without a year comes last in either order.
      if (a === null || b === null) return (a === null) - (b === null);
      return a < b ? -direction : a > b ? direction : 0;
    });
  }
}

/** A field's values, record after record in one row; `starts` says where each record's begin. */
function column({ id, of }) {
  const starts = new Uint32Array(of.length + 1);
  of.forEach((values, position) => (starts[position + 1] = starts[position] + values.length));
  return { id, starts, values: Uint16Array.from(of.flat()) };
}
