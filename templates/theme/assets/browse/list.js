// The result as cards or as a table, a page at a time.

import { cardsOf } from "./cards.js";
import { element, grouped } from "./elements.js";
import { UNFETCHED } from "./files.js";
import { tableOf } from "./table.js";

const PAGE = 20;
/** Pixels that a card is high, or a little less. */
const CARD = 200;
/** Positions that a record's page is told, to link to papers past those shown. */
const AHEAD = 1000;

export class List {
  #catalog;
  #root;
  #place;
  #more;
  #selection;
  #positions = [];
  #shown = [];
  #form = null;
  /** Counts lists: cards that arrive for an earlier list are ignored. */
  #turn = 0;
  #coming = null;

  constructor(catalog, { root, place, more, selection }) {
    this.#catalog = catalog;
    this.#root = root;
    this.#place = place;
    this.#more = more;
    this.#selection = selection;
    more.addEventListener("click", async () => {
      const next = this.#shown.length;
      await this.#page();
      this.#form.body.children[next]?.querySelector("a")?.focus();
    });
  }

  /** The ids of the records in the list, and the positions of those that come next. */
  get trail() {
    const ahead = this.#positions.slice(this.#shown.length, this.#shown.length + AHEAD);
    return { ids: this.#shown, ahead: [...ahead], total: this.#positions.length };
  }

  /** Replace what is shown by the first page of a list, as soon as its cards are loaded. */
  async show(positions, view) {
    const turn = ++this.#turn;
    // What fills the window comes first, the rest of the page once that is painted.
    const first = Math.min(PAGE, Math.ceil(innerHeight / CARD));
    const cards = positions.slice(0, first).map((position) => this.#catalog.cardHere(position));
    const content = cards.every(Boolean) ? cards : await this.#fetched(positions, 0, first);
    if (turn !== this.#turn || !content) return;
    this.#begin(positions);
    const context = { catalog: this.#catalog, root: this.#root, tick: (card) => this.#tick(card), total: positions.length };
    this.#form = view === "table" ? tableOf(context) : cardsOf(context);
    this.#append(content);
    this.#place.replaceChildren(this.#form.whole);
    this.#place.removeAttribute("aria-busy");
    const shown = this.#turn;
    const rest = () => shown === this.#turn && this.#shown.length === first && this.#page(PAGE - first);
    if (first < PAGE) requestAnimationFrame(() => setTimeout(rest));
  }

  /** Show something else instead of papers. */
  showInstead(node) {
    this.#begin([]);
    this.#more.hidden = true;
    this.#place.replaceChildren(node);
    this.#place.removeAttribute("aria-busy");
  }

  #begin(positions) {
    this.#turn += 1;
    this.#coming = null;
    this.#positions = positions;
    this.#shown = [];
  }

  /** Show the whole list, for printing. */
  async showAll() {
    while (this.#shown.length < this.#positions.length) if (!(await this.#page(this.#positions.length))) return;
  }

  /** Update the checkboxes after the selection was changed elsewhere. */
  refreshTicks() {
    for (const tick of this.#place.querySelectorAll(".paper__tick")) {
      tick.checked = this.#selection.has(tick.value);
    }
  }

  /** @returns {Promise<boolean>} Whether the next page came; several may wait for the same one. */
  #page(size = PAGE) {
    const turn = this.#turn;
    this.#coming ??= this.#fetched(this.#positions, this.#shown.length, size).then((content) => {
      if (turn !== this.#turn) return false;
      this.#coming = null;
      if (!content) return false;
      this.#append(content);
      return true;
    });
    return this.#coming;
  }

  /** The cards of a page, or null if they could not be loaded: then the list says so. */
  async #fetched(positions, first, size) {
    const turn = this.#turn;
    const page = positions.slice(first, first + size);
    this.#place.setAttribute("aria-busy", "true");
    try {
      return await Promise.all(page.map((position) => this.#catalog.card(position)));
    } catch {
      if (turn === this.#turn) this.#failed();
      return null;
    } finally {
      if (turn === this.#turn) this.#place.removeAttribute("aria-busy");
    }
  }

  #failed() {
    this.#place.querySelector(".results__failed")?.remove();
    this.#place.append(element("p", { class: "notice results__failed", role: "alert" }, `These papers ${UNFETCHED}`));
  }

  #append(cards) {
    const first = this.#shown.length;
    this.#place.querySelector(".results__failed")?.remove();
    this.#form.body.append(...cards.map((card, at) => this.#form.entry(card, this.#positions[first + at], first + at + 1)));
    this.#shown.push(...cards.map((card) => card.id));
    const left = this.#positions.length - this.#shown.length;
    this.#more.hidden = left <= 0;
    this.#more.textContent = `Show ${Math.min(left, PAGE)} more (${grouped(this.#shown.length)} of ${grouped(this.#positions.length)} shown)`;
  }

  #tick({ id, title }) {
    return element("input", {
      type: "checkbox",
      class: "paper__tick",
      value: id,
      checked: this.#selection.has(id),
      "aria-label": `Select ${title}`,
      onchange: (event) => this.#selection.set(id, event.target.checked),
    });
  }
}
