// What the catalog's records can be filtered and sorted by, and where the rest of them is found.

import { Bits } from "./bits.js";
import { Files } from "./files.js";
import { Lookup } from "./lookup.js";
import { unpacked } from "./packing.js";
import { Words } from "./words.js";

export class Catalog {
  #files;
  #orders = new Map();

  constructor(core, files) {
    this.#files = files;
    for (const key of ["name", "release", "size", "csv", "urls"]) this[key] = core[key];
    this.chunk = { cards: core.cards, records: core.records };
    this.fields = core.fields.map((field) => ({ ...field, ...column(field, field.values.length) }));
    this.byField = new Map(this.fields.map((field) => [field.id, field]));
    this.known = new Map(this.fields.map((field) => [field.id, field.values]));
    this.former = new Map(this.fields.map((field) => [field.id, field.former]));
    this.added = { sets: core.added.sets, of: unpacked(core.added.of) };
    this.years = yearColumn(core.year);
    this.words = new Words(files, this.size);
    this.ids = new Lookup(files, "ids");
  }

  static async load(base, version) {
    const files = new Files(base, version);
    return new Catalog(await files.get("core.json"), files);
  }

  /** What the list shows of the record at a position. */
  async card(position) {
    return (await this.#files.get(this.#cards(position)))[position % this.chunk.cards];
  }

  /** The same, if it is here already. */
  cardHere(position) {
    return this.#files.peek(this.#cards(position))?.[position % this.chunk.cards];
  }

  /** The positions of those of `ids` that are in the catalog, each once. */
  async positionsOf(ids) {
    const positions = await Promise.all(ids.map((id) => this.ids.get(id)));
    return [...new Set(positions)].filter((position) => position !== undefined);
  }

  /** The record with its citations. */
  async whole(position) {
    return (await this.wholes(this.wholesFile(position)))[position % this.chunk.records];
  }

  /** All records with their citations that lie in a file. */
  wholes(number) {
    return this.#files.once(`records-${number}.json`);
  }

  wholesFile(position) {
    return Math.floor(position / this.chunk.records);
  }

  #cards(position) {
    return `cards-${Math.floor(position / this.chunk.cards)}.json`;
  }

  /** What the record at a position says on a field: numbers of values, in its own order. */
  valuesOf(field, position) {
    return field.sets[field.of[position]];
  }

  /** The year of the record at a position, or null. */
  yearOf(position) {
    return this.years.sets[this.years.of[position]][0] ?? null;
  }

  /**
   * What a query selects, and how many records each further choice would leave.
   *
   * A record that fails a single condition still counts for the other values of that condition's
   * field, since choosing one of them would let it in.
   *
   * @param {Query} query
   * @param {Map<string, Found>} words Where each of the query's words was found.
   * @returns {{positions: Uint32Array, counts: Map<string, number[]>, years: Map<number, number>, without: Map<string, number>}}
   *   `without`: for each condition, how many records there would be if only it were dropped.
   */
  select(query, words) {
    const tests = this.#tests(query, words);
    const butFor = (dropped) =>
      tests.reduce((bits, test) => (test === dropped ? bits : bits.and(test.bits)), Bits.all(this.size));
    const all = butFor(null);
    const open = new Map();
    const without = new Map();
    for (const test of tests) {
      const others = butFor(test);
      without.set(test.key, others.count);
      if (test.opens) open.set(test.opens, others);
    }
    const counts = new Map();
    for (const field of this.fields) {
      const within = open.get(field.id) ?? all;
      counts.set(field.id, field.bits.map((bits) => bits.countIn(within)));
    }
    const within = open.get("year") ?? all;
    const years = new Map([...this.years.bits].map(([year, bits]) => [year, bits.countIn(within)]));
    return { positions: this.#sorted(all, query.sort), counts, years, without };
  }

  #tests(query, words) {
    const tests = [];
    for (const [id, values] of query.wanted) tests.push({ key: id, opens: id, bits: this.#having(id, values) });
    for (const [id, values] of query.unwanted) {
      tests.push({ key: `!${id}`, bits: Bits.all(this.size).without(this.#having(id, values)) });
    }
    for (const what of query.has) tests.push({ key: `has=${what}`, bits: this.#having("has", [what]) });
    if (query.years) {
      const [first, last] = [query.years[0] ?? 0, query.years[1] ?? 9999];
      const bits = new Bits(this.size);
      for (const [year, having] of this.years.bits) if (year >= first && year <= last) bits.or(having);
      tests.push({ key: "year", opens: "year", bits });
    }
    if (query.words.length) {
      const bits = Bits.all(this.size);
      for (const word of query.words) bits.and(words.get(word).bits);
      tests.push({ key: "q", bits });
    }
    return tests;
  }

  #having(id, asked) {
    const { values, bits } = this.byField.get(id);
    return asked.reduce((found, value) => found.or(bits[values.indexOf(value)]), new Bits(this.size));
  }

  #sorted(bits, sort) {
    const order = this.#order(sort);
    const positions = new Uint32Array(bits.count);
    let count = 0;
    for (const position of order) if (bits.has(position)) positions[count++] = position;
    return positions;
  }

  /** All positions as a sort orders them. Positions are in the order of titles, which decides between equals. */
  #order(sort) {
    if (!this.#orders.has(sort)) {
      const order = Uint32Array.from({ length: this.size }, (_, position) => position);
      const key = sort.replace(/^-/, "");
      if (sort === "-title") order.reverse();
      if (key === "year") sortBy(order, this.years, sort);
      if (key === "added") sortBy(order, this.added, sort);
      this.#orders.set(sort, order);
    }
    return this.#orders.get(sort);
  }
}

/** Put positions into the order of a column's values; those without a value come last in either direction. */
function sortBy(order, { sets, of }, sort) {
  const direction = sort.startsWith("-") ? -1 : 1;
  const numbers = sets.map((_, number) => number).filter((number) => sets[number].length);
  numbers.sort((one, other) => (sets[one][0] < sets[other][0] ? -direction : direction));
  const ranks = new Uint32Array(sets.length).fill(numbers.length);
  numbers.forEach((number, rank) => (ranks[number] = rank));
  // Where each rank begins, then its records one after the other.
  const next = new Uint32Array(numbers.length + 2);
  for (const number of of) next[ranks[number] + 1] += 1;
  for (let rank = 1; rank < next.length; rank += 1) next[rank] += next[rank - 1];
  of.forEach((number, position) => (order[next[ranks[number]]++] = position));
}

/** A field's column: of each record, which of the `sets` of values it has; and of each value, which records have it. */
function column({ sets, of: text }, size) {
  const of = unpacked(text);
  const bits = Array.from({ length: size }, () => new Bits(of.length));
  of.forEach((number, position) => {
    for (const value of sets[number]) bits[value].add(position);
  });
  return { of, bits };
}

function yearColumn({ sets, of: text }) {
  const years = sets.flat();
  const numbered = sets.map((set) => set.map((year) => years.indexOf(year)));
  const { of, bits } = column({ sets: numbered, of: text }, years.length);
  return { sets, of, bits: new Map(years.map((year, number) => [year, bits[number]])) };
}
