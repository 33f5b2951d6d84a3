// The data files of the list. The version in an address keeps old and new from mixing.

/** The end of a message about data that did not arrive. */
export const UNFETCHED = "could not be loaded. Check your connection and reload the page.";

export class Files {
  #base;
  #version;
  #asked = new Map();
  #here = new Map();

  /**
   * @param {string} base Address of their folder.
   * @param {string} version What all of them were made of.
   */
  constructor(base, version) {
    this.#base = base;
    this.#version = version;
  }

  /** A file's content, asked for once. */
  get(name) {
    if (!this.#asked.has(name)) {
      const answer = this.once(name);
      this.#asked.set(name, answer);
      answer.then(
        (content) => this.#here.set(name, content),
        () => this.#asked.delete(name),
      );
    }
    return this.#asked.get(name);
  }

  /** A file's content, if it is here already. */
  peek(name) {
    return this.#here.get(name);
  }

  /** A file's content, for a reader who passes by: it is not kept. */
  async once(name) {
    const response = await fetch(`${this.#base}${name}?v=${this.#version}`);
    if (!response.ok) throw new Error(`${name}: ${response.status}`);
    return response.json();
  }
}
