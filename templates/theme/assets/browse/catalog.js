// What the catalog's records can be filtered and sorted by, and where the rest of them is found.

import { Files } from "./files.js";
import { Lookup } from "./lookup.js";
import { Search } from "./search.js";

/**
 * @typedef {{key: string, opens?: string, fits: (position: number) => boolean}} Condition
 *   `key` names it for readers; choosing another value of the field that it `opens` replaces it.
 */

export class Catalog {
  #files;

  constructor(core, files) {
    this.#files = files;
    for (const key of ["name", "release", "size", "csv", "urls"]) this[key] = core[key];
    this.chunk = { cards: core.cards, records: core.records };
    this.fields = core.fields;
    this.byField = new Map(this.fields.map((field) => [field.id, field]));
    this.known = new Map(this.fields.map((field) => [field.id, field.values]));
    this.former = new Map(this.fields.map((field) => [field.id, field.former]));
    this.years = core.year;
    this.ids = new Lookup(files, "ids");
    this.search = new Search(files, core.search, (field, term) => this.#having(field, term));
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

  /** The numbers of the values that the record at a position has on a field, in its own order. */
  valuesOf(field, position) {
    return field.sets[field.of[position]];
  }

  /** Whether the record at a position has a value of a field. */
  has(position, id, value) {
    const field = this.byField.get(id);
    return this.valuesOf(field, position).includes(field.values.indexOf(value));
  }

  /** The year of the record at a position, or null. */
  yearOf(position) {
    return this.years[position];
  }

  /**
   * What a query selects, and how many records each further choice would leave.
   *
   * A record that fails a single condition still counts for the other values of that condition's
   * field, since choosing one of them would let it in.
   *
   * @param {Query} query
   * @param {Result} found What the search for the query's words finds.
   * @returns {Promise<{positions: number[], counts: Map<string, number[]>, years: Map<number, number>, without: Map<string, number>}>}
   *   `without`: for each condition, how many records there would be if only it were dropped.
   */
  async select(query, found) {
    const conditions = this.#conditions(query, found);
    const counts = new Map(this.fields.map(({ id, values }) => [id, new Array(values.length).fill(0)]));
    const years = new Map(this.years.filter(Boolean).map((year) => [year, 0]));
    const without = new Map(conditions.map(({ key }) => [key, 0]));
    const selected = new Set();
    for (let position = 0; position < this.size; position += 1) {
      let only = null;
      let failures = 0;
      for (const condition of conditions) {
        if (condition.fits(position)) continue;
        only = condition;
        failures += 1;
        if (failures > 1) break;
      }
      if (failures > 1) continue;
      if (only) {
        without.set(only.key, without.get(only.key) + 1);
        if (!only.opens) continue;
      } else {
        selected.add(position);
      }
      for (const field of this.fields) {
        if (only && only.opens !== field.id) continue;
        const count = counts.get(field.id);
        for (const value of this.valuesOf(field, position)) count[value] += 1;
      }
      const year = this.years[position];
      if (year && (!only || only.opens === "year")) years.set(year, years.get(year) + 1);
    }
    for (const [key, count] of without) without.set(key, count + selected.size);
    const order = await this.#order(query, found);
    return { positions: order.filter((position) => selected.has(position)), counts, years, without };
  }

  #conditions(query, found) {
    const conditions = [];
    for (const [id, values] of query.wanted) conditions.push({ key: id, opens: id, fits: this.#has(id, values) });
    for (const [id, values] of query.unwanted) {
      const has = this.#has(id, values);
      conditions.push({ key: `!${id}`, fits: (position) => !has(position) });
    }
    for (const what of query.has) conditions.push({ key: `has=${what}`, fits: this.#has("has", [what]) });
    if (query.years) {
      const [first, last] = [query.years[0] ?? 0, query.years[1] ?? 9999];
      const fits = (position) => this.years[position] !== null && this.years[position] >= first && this.years[position] <= last;
      conditions.push({ key: "year", opens: "year", fits });
    }
    if (this.search.parse(query.text).length) conditions.push({ key: "q", fits: (position) => found.scores.has(position) });
    return conditions;
  }

  /** Whether the record at a position has one of some values of a field. */
  #has(id, asked) {
    const field = this.byField.get(id);
    const numbers = new Set(asked.map((value) => field.values.indexOf(value)));
    const fits = field.sets.map((set) => set.some((number) => numbers.has(number)));
    return (position) => fits[field.of[position]];
  }

  #having(id, value) {
    const has = this.#has(id, [value]);
    return Array.from({ length: this.size }, (_, position) => position).filter(has);
  }

  /** All positions that can be selected, in the order of the query. */
  async #order(query, found) {
    const sort = query.sort.replace(/^relevance$/, "");
    if (!sort && this.search.parse(query.text).length) return this.search.ranked(found);
    // Positions are in the default order, the newest first.
    if (!sort || sort === "-year") return Array.from({ length: this.size }, (_, position) => position);
    return (await this.#files.get("orders.json"))[sort];
  }
}
