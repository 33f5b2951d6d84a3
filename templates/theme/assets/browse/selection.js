// The papers that the reader ticked, kept in her browser.

export class Selection {
  #key;
  #ids;
  #listeners = [];

  /** @param {string} site The site's path: several sites can share one origin. */
  constructor(site) {
    this.#key = `catalog-selection ${site}`;
    this.#ids = this.#stored();
    addEventListener("storage", (event) => {
      if (event.key !== this.#key) return;
      this.#ids = this.#stored();
      this.#tell();
    });
  }

  get ids() {
    return [...this.#ids];
  }

  has(id) {
    return this.#ids.has(id);
  }

  set(id, on) {
    if (on) this.#ids.add(id);
    else this.#ids.delete(id);
    this.#store();
    this.#tell();
  }

  clear() {
    this.#ids.clear();
    this.#store();
    this.#tell();
  }

  onChange(listener) {
    this.#listeners.push(listener);
  }

  #tell() {
    for (const listener of this.#listeners) listener();
  }

  #stored() {
    try {
      const ids = JSON.parse(localStorage.getItem(this.#key) ?? "[]");
      return new Set(Array.isArray(ids) ? ids.filter((id) => typeof id === "string") : []);
    } catch {
      return new Set();
    }
  }

  #store() {
    try {
      localStorage.setItem(this.#key, JSON.stringify([...this.#ids]));
    } catch {
      // Without storage the ticks last as long as the page.
    }
  }
}
