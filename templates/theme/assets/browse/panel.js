// The filters beside the list: what the page lists as links becomes choices with live counts.

import { element, grouped } from "./elements.js";

const FIRST = 8;

export class Panel {
  #place;
  #onChange;
  #choices = [];
  #years;

  /** @param {(change: (query) => void, run?: string) => void} onChange Is given what to do to the query, and the run that this is part of. */
  constructor(place, onChange) {
    this.#place = place;
    this.#onChange = onChange;
    for (const facet of place.querySelectorAll("[data-field]")) this.#enhance(facet);
    this.#years = new Years(place.querySelector("[data-years]"), onChange);
  }

  show(query, selected) {
    for (const choice of this.#choices) {
      const { field, value, number, item, box, not, count } = choice;
      const found = selected.counts.get(field)[number];
      const chosen = field === "has" ? query.has : (query.wanted.get(field) ?? []);
      const excluded = query.unwanted.get(field) ?? [];
      const isChosen = chosen.includes(value);
      const isExcluded = excluded.includes(value);
      const state = `${found} ${isChosen} ${isExcluded}`;
      if (choice.state === state && box.checked === isChosen) continue;
      choice.state = state;
      box.checked = isChosen;
      not?.setAttribute("aria-pressed", String(isExcluded));
      count.textContent = grouped(found);
      item.classList.toggle("choice--none", !found && !isChosen);
      item.classList.toggle("choice--set", isChosen || isExcluded);
    }
    this.#years.show(query, selected);
  }

  #enhance(facet) {
    const field = facet.dataset.field;
    const items = [...facet.querySelectorAll("li")];
    items.forEach((item, number) => {
      const value = item.dataset.value;
      const name = item.firstElementChild.textContent;
      const box = element("input", { type: "checkbox", onchange: () => this.#choose(field, value, box.checked) });
      const exclude = () => this.#exclude(field, value, not.getAttribute("aria-pressed") !== "true");
      const count = element("span", { class: "count" });
      let not = null;
      const label = element("label", { class: "choice" }, box, element("span", { class: "choice__name" }, name), count);
      item.replaceChildren(label);
      if (facet.dataset.excludable === "true") {
        // By keyboard, the same is a key on the checkbox: a tab stop less for each value.
        const look = { type: "button", class: "choice__not", tabIndex: -1, title: `Exclude ${name}` };
        not = element("button", { ...look, "aria-label": `Exclude ${name}`, "aria-pressed": "false" }, "−");
        not.addEventListener("click", exclude);
        box.setAttribute("aria-keyshortcuts", "-");
        box.addEventListener("keydown", (event) => ["-", "−", "Subtract"].includes(event.key) && exclude());
        item.append(not);
      }
      this.#choices.push({ field, value, number, item, box, not, count });
    });
    if (items.length > FIRST + 6) this.#fold(facet, items);
  }

  /** Long lists show their first entries, and all on demand. */
  #fold(facet, items) {
    const list = facet.querySelector("ul");
    const later = items.slice(FIRST);
    const more = element("button", { type: "button", class: "link-button", "aria-expanded": "false" }, `All ${items.length}`);
    more.addEventListener("click", () => {
      const open = list.classList.toggle("facet__choices--all");
      more.setAttribute("aria-expanded", String(open));
      more.textContent = open ? "Fewer" : `All ${items.length}`;
    });
    for (const item of later) item.classList.add("choice--later");
    list.after(more);
  }

  #choose(field, value, on) {
    this.#onChange((query) => {
      if (field === "has") {
        query.has = on ? [...query.has, value] : query.has.filter((other) => other !== value);
        return;
      }
      remove(query.unwanted, field, value);
      if (on) put(query.wanted, field, value);
      else remove(query.wanted, field, value);
    });
  }

  #exclude(field, value, on) {
    this.#onChange((query) => {
      remove(query.wanted, field, value);
      if (on) put(query.unwanted, field, value);
      else remove(query.unwanted, field, value);
    });
  }
}

export function put(fields, field, value) {
  fields.set(field, [...(fields.get(field) ?? []), value]);
}

export function remove(fields, field, value) {
  fields.set(field, (fields.get(field) ?? []).filter((other) => other !== value));
}

/** A bar for each year: drag over some to choose them, or use the two sliders below. */
class Years {
  #bars = new Map();
  #from;
  #to;
  #said;
  #onChange;
  #first;
  #last;

  constructor(place, onChange) {
    this.#onChange = onChange;
    const years = [...place.querySelectorAll("[data-year]")].map((item) => Number(item.dataset.year));
    [this.#first, this.#last] = [years[0], years.at(-1)];
    const bars = element("div", { class: "brush", "aria-hidden": "true" });
    for (const year of years) {
      const bar = element("span", { class: "brush__bar", "data-year": year, title: String(year) }, element("i"));
      this.#bars.set(year, bar);
      bars.append(bar);
    }
    const slider = (label) =>
      element("input", { type: "range", min: this.#first, max: this.#last, step: 1, "aria-label": label });
    this.#from = slider("From year");
    this.#to = slider("To year");
    this.#said = element("p", { class: "brush__said" });
    for (const end of [this.#from, this.#to]) end.addEventListener("input", () => this.#slide(end));
    this.#drag(bars);
    place.querySelector("ol").replaceWith(bars, element("div", { class: "brush__ends" }, this.#from, this.#to), this.#said);
  }

  show(query, { years }) {
    const [first, last] = [query.years?.[0] ?? this.#first, query.years?.[1] ?? this.#last];
    const most = Math.max(1, ...years.values());
    for (const [year, bar] of this.#bars) {
      const count = years.get(year) ?? 0;
      bar.firstElementChild.style.height = count ? `${Math.max(6, (100 * count) / most)}%` : "0";
      bar.title = `${year}: ${grouped(count)}`;
      bar.classList.toggle("brush__bar--out", year < first || year > last);
    }
    this.#from.value = first;
    this.#to.value = last;
    this.#said.textContent = query.years ? (first === last ? `${first}` : `${first} to ${last}`) : "All years";
  }

  #choose(one, other, run) {
    const [first, last] = [Math.min(one, other), Math.max(one, other)];
    const all = first <= this.#first && last >= this.#last;
    this.#onChange((query) => {
      query.years = all ? null : [first <= this.#first ? null : first, last >= this.#last ? null : last];
      if (query.years && first === last) query.years = [first, last];
    }, run);
  }

  #slide(moved) {
    let [first, last] = [Number(this.#from.value), Number(this.#to.value)];
    if (first > last) [first, last] = moved === this.#from ? [first, first] : [last, last];
    this.#choose(first, last, "year");
  }

  #drag(bars) {
    let start;
    // Only sideways counts, and past an end is the end.
    const yearAt = ({ clientX }) => [...this.#bars].findLast(([, bar]) => bar.getBoundingClientRect().left <= clientX)?.[0] ?? this.#first;
    bars.addEventListener("pointerdown", (event) => {
      start = yearAt(event);
      bars.setPointerCapture(event.pointerId);
    });
    bars.addEventListener("pointerup", (event) => {
      if (start) this.#choose(start, yearAt(event));
      start = undefined;
    });
    bars.addEventListener("pointercancel", () => (start = undefined));
  }
}
