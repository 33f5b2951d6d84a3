// The result as cards or as a table, a page at a time; what they say is fetched as the reader nears it.

import { cardsOf } from "./cards.js";
import { element, grouped } from "./elements.js";
import { UNFETCHED } from "./files.js";
import { tableOf } from "./table.js";

const PAGE = 12;
/** Pixels that a card is high, or a little less. */
const CARD = 250;
/** So many positions a record's page is told, to lead on past what is shown. */
const AHEAD = 1000;

export class List {
  #catalog;
  #root;
  #place;
  #more;
  #selection;
  #positions = new Uint32Array();
  #shown = [];
  #form = null;
  /** Counts lists asked for and lists begun: what is still on its way to an earlier one is void. */
  #turn = 0;
  #coming = null;
  #nearing;

  constructor(catalog, { root, place, more, selection }) {
    this.#catalog = catalog;
    this.#root = root;
    this.#place = place;
    this.#more = more;
    this.#selection = selection;
    // The next page comes as the reader nears its place; the button is for those who do not scroll.
    const near = (entries) => entries.at(-1).isIntersecting && !more.hidden && this.#page();
    this.#nearing = new IntersectionObserver(near, { rootMargin: "600px" });
    more.addEventListener("click", async () => {
      const next = this.#shown.length;
      await this.#page();
      this.#form.body.children[next]?.querySelector("a")?.focus();
    });
  }

  /** The ids of the records that stand in the list, and the positions of those that would come next. */
  get trail() {
    const ahead = this.#positions.slice(this.#shown.length, this.#shown.length + AHEAD);
    return { ids: this.#shown, ahead: [...ahead], total: this.#positions.length };
  }

  /** The first page of a list takes the place of what is there, as soon as its cards have come. */
  async show(positions, view) {
    const turn = ++this.#turn;
    const cards = this.#cards(positions, 0);
    const content = cards.every(Boolean) ? cards : await this.#fetched(positions, 0);
    if (turn !== this.#turn || !content) return;
    this.#begin(positions);
    const context = { catalog: this.#catalog, root: this.#root, tick: (card) => this.#tick(card), total: positions.length };
    this.#form = view === "table" ? tableOf(context) : cardsOf(context);
    this.#append(content);
    this.#place.replaceChildren(this.#form.whole);
    this.#place.removeAttribute("aria-busy");
  }

  /** Instead of papers, something else. */
  showInstead(node) {
    this.#begin(new Uint32Array());
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

  /** Paper has no place to scroll to. */
  async showAll() {
    while (this.#shown.length < this.#positions.length) if (!(await this.#page())) return;
  }

  /** Ticks follow the selection, wherever it was changed. */
  refreshTicks() {
    for (const tick of this.#place.querySelectorAll(".paper__tick")) {
      tick.checked = this.#selection.has(tick.value);
    }
  }

  /** @returns {Promise<boolean>} Whether the next page came; several may wait for the same one. */
  #page() {
    const turn = this.#turn;
    this.#coming ??= this.#fetched(this.#positions, this.#shown.length).then((content) => {
      if (turn !== this.#turn) return false;
      this.#coming = null;
      if (!content) return false;
      this.#append(content);
      return true;
    });
    return this.#coming;
  }

  #cards(positions, first) {
    return Array.from(pageOf(positions, first), (position) => this.#catalog.cardHere(position));
  }

  /** The cards of a page, or null when they cannot be had: then the list says so. */
  async #fetched(positions, first) {
    const turn = this.#turn;
    const page = Array.from(pageOf(positions, first));
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
    this.#more.textContent = `Show ${Math.min(left, PAGE)} more of ${grouped(left)}`;
    // Observed anew, it tells again, should the place still be near.
    this.#nearing.unobserve(this.#more);
    this.#nearing.observe(this.#more);
  }

  #tick({ id, title }) {
    return element("input", {
      type: "checkbox",
      class: "paper__tick",
      value: id,
      checked: this.#selection.has(id),
      "aria-label": `Tick ${title}`,
      onchange: (event) => this.#selection.set(id, event.target.checked),
    });
  }
}

/** What fills the window comes at once after a click; the next page as soon as that is painted. */
function pageOf(positions, first) {
  return positions.subarray(first, first + (first ? PAGE : Math.ceil(innerHeight / CARD)));
}
