// The result as cards or as a table, a page at a time; summaries and links come when they are in sight.

import { element, outward } from "./elements.js";

const PAGE = 12;
const FIRST = 8;

export class List {
  #catalog;
  #root;
  #place;
  #more;
  #selection;
  #positions = [];
  #shown = 0;
  #view = "";
  #body = null;
  #ready = new Map();
  #sight;
  #nearing;

  constructor(catalog, { root, place, more, selection }) {
    this.#catalog = catalog;
    this.#root = root;
    this.#place = place;
    this.#more = more;
    this.#selection = selection;
    this.#sight = new IntersectionObserver((entries) => this.#seen(entries), { rootMargin: "300px" });
    // The next page comes as the reader nears its place; the button is for those who do not scroll.
    const near = (entries) => entries.at(-1).isIntersecting && !more.hidden && this.#page();
    this.#nearing = new IntersectionObserver(near, { rootMargin: "600px" });
    more.addEventListener("click", () => {
      const next = this.#shown;
      this.#page();
      this.#body.children[next]?.querySelector("a")?.focus();
    });
  }

  /** Fetch what the first cards say, so that nothing moves when the list appears. */
  async prepare(positions) {
    for (const position of positions.slice(0, FIRST)) {
      this.#ready.set(position, await this.#catalog.details(position));
    }
  }

  show(positions, view) {
    this.#positions = positions;
    this.#view = view;
    this.#shown = 0;
    this.#sight.disconnect();
    this.#body = element("div", { class: "papers" });
    let content = this.#body;
    if (view === "table") {
      this.#body = element("tbody");
      content = this.#table(this.#body);
    }
    this.#page();
    this.#place.replaceChildren(content);
  }

  /** Paper has no place to scroll to. */
  showAll() {
    while (this.#shown < this.#positions.length) this.#page();
  }

  /** Ticks follow the selection, wherever it was changed. */
  refreshTicks() {
    for (const tick of this.#place.querySelectorAll(".paper__tick")) {
      tick.checked = this.#selection.has(tick.value);
    }
  }

  #page() {
    const next = this.#positions.slice(this.#shown, this.#shown + PAGE);
    const make = this.#view === "table" ? (position) => this.#row(position) : (position) => this.#card(position);
    const nodes = next.map(make);
    this.#body.append(...nodes);
    for (const node of nodes) {
      const details = this.#ready.get(Number(node.dataset.position));
      if (details) fill(node, details);
      else this.#sight.observe(node);
    }
    this.#shown += next.length;
    const left = this.#positions.length - this.#shown;
    this.#more.hidden = left <= 0;
    this.#more.textContent = `Show ${Math.min(left, PAGE)} more of ${left}`;
    // Observed anew, it tells again, should the place still be near.
    this.#nearing.unobserve(this.#more);
    this.#nearing.observe(this.#more);
  }

  #card(position) {
    const { title, label, authors } = this.#catalog;
    const facts = [label[position], authors[position], this.#published(position), this.#labels(position, "kind")];
    return element(
      "article",
      { class: "paper", "data-position": position },
      this.#tick(position),
      element("h2", { class: "paper__title", dir: "auto" }, this.#link(position, title[position])),
      element("p", { class: "facts" }, ...facts.filter(Boolean).map((fact) => element("span", { dir: "auto" }, fact))),
      element("p", { class: "paper__summary", dir: "auto" }),
      element("p", { class: "paper__foot" }, ...this.#chips(position)),
    );
  }

  #row(position) {
    const { title, label, authors, year, fields } = this.#catalog;
    const named = label[position] ? [element("br"), element("span", { class: "soft" }, label[position])] : [];
    const cell = (...content) => element("td", {}, ...content);
    return element(
      "tr",
      { "data-position": position },
      cell(this.#tick(position)),
      element("th", { scope: "row", dir: "auto" }, this.#link(position, title[position]), ...named),
      cell(authors[position]),
      cell(this.#labels(position, "venue")),
      cell(String(year[position] ?? "")),
      cell(this.#labels(position, "kind")),
      ...fields.filter((field) => field.hue).map((field) => cell(...this.#chips(position, field))),
      element("td", { class: "paper__foot" }),
    );
  }

  #table(body) {
    const facets = this.#catalog.fields.filter((field) => field.hue).map((field) => field.name);
    const heads = ["Paper", "Authors", "Venue", "Year", "Kind", ...facets, "Links"];
    const head = element(
      "tr",
      {},
      element("th", { scope: "col" }, element("span", { class: "visually-hidden" }, "Tick")),
      ...heads.map((name) => element("th", { scope: "col" }, name)),
    );
    // A wide table scrolls by itself; a keyboard must be able to reach it for that.
    return element(
      "div",
      { class: "papers-table", tabIndex: 0, role: "region", "aria-label": "Papers" },
      element("table", { class: "papers-table__table" }, element("thead", {}, head), body),
    );
  }

  #tick(position) {
    const id = this.#catalog.id[position];
    return element("input", {
      type: "checkbox",
      class: "paper__tick",
      value: id,
      checked: this.#selection.has(id),
      "aria-label": `Tick ${this.#catalog.title[position]}`,
      onchange: (event) => this.#selection.set(id, event.target.checked),
    });
  }

  #link(position, text) {
    const address = this.#catalog.urls.record.replace("{id}", this.#catalog.id[position]);
    return element("a", { href: this.#root + address }, text);
  }

  #chips(position, only = null) {
    const chips = [];
    for (const field of this.#catalog.fields) {
      if (!field.hue || (only && only !== field)) continue;
      for (const value of field.of[position]) {
        const address = this.#catalog.urls.term.replace("{field}", field.id).replace("{term}", field.values[value]);
        const look = { class: `chip chip--${field.hue}`, href: this.#root + address, title: field.name };
        chips.push(element("a", look, field.labels[value]));
      }
    }
    return chips;
  }

  #labels(position, id) {
    const field = this.#catalog.byField.get(id);
    return field.of[position].map((value) => field.labels[value]).join(", ");
  }

  #published(position) {
    return [this.#labels(position, "venue"), this.#catalog.year[position] ?? ""].filter(Boolean).join(" ");
  }

  async #seen(entries) {
    for (const { isIntersecting, target } of entries) {
      if (!isIntersecting) continue;
      this.#sight.unobserve(target);
      fill(target, await this.#catalog.details(Number(target.dataset.position)));
    }
  }
}

function fill(node, { summary, links }) {
  const place = node.querySelector(".paper__summary");
  if (place) place.textContent = summary;
  node.querySelector(".paper__foot").append(...links.map(outward));
}
