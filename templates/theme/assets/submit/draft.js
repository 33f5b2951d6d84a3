// The draft is kept in the browser, so that a closed tab loses nothing.

/** What a form says, kept under names: the catalog's terms can have changed when the reader comes back. */
export class Draft {
  #form;
  #key;

  /** @param {string} site The site's path: several sites can share one origin. */
  constructor(form, site) {
    this.#form = form;
    this.#key = `catalog-submit ${site}`;
  }

  /** All that stands in the form, as text. */
  get state() {
    const state = this.#parts().map((part) => [nameOf(part), part.type === "checkbox" ? part.checked : part.value]);
    return JSON.stringify(Object.fromEntries(state));
  }

  /** Fill in what stood there. */
  set state(text) {
    const state = JSON.parse(text) ?? {};
    for (const part of this.#parts()) {
      const value = state[nameOf(part)];
      if (part.type === "checkbox") part.checked = value === true;
      else if (typeof value === "string") part.value = value;
      // A choice that is no more.
      if (part.selectedIndex === -1) part.selectedIndex = 0;
    }
  }

  keep() {
    try {
      localStorage.setItem(this.#key, this.state);
    } catch {
      // Without storage a draft lasts as long as the page.
    }
  }

  restore() {
    try {
      this.state = localStorage.getItem(this.#key);
    } catch {
      // What is no draft is passed over.
    }
  }

  /** Call `told` when another tab keeps its own draft in place of this one. */
  watch(told) {
    addEventListener("storage", ({ key }) => key === this.#key && told());
  }

  #parts() {
    return [...this.#form.elements].filter((part) => part.matches("input, select, textarea"));
  }
}

/** What a part of the form is called, wherever it stands: its name, and within a facet what it is said of. */
function nameOf(part) {
  const facet = part.closest("[data-facet]")?.dataset.facet;
  if (!facet) return part.name || part.id;
  const term = part.closest(".submit__term")?.querySelector("[name=tag]").value ?? "";
  return `${part.name} ${facet}/${term}`;
}
