// Making elements. Texts of records only ever become text, never markup.

/**
 * @param {string} name
 * @param {Record<string, unknown>} properties Properties of the element; `class`, `aria-…` and `data-…` are set as attributes.
 * @param {...(Node | string)} children
 */
export function element(name, properties = {}, ...children) {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (key === "class" || key.includes("-")) node.setAttribute(key, String(value));
    else node[key] = value;
  }
  node.append(...children);
  return node;
}

/** A link out of the site; a card says which paper it belongs to. */
export function outward([label, url], card) {
  const named = card ? { "aria-label": `${label}: ${card.title}` } : {};
  return element("a", { class: "outward", href: url, rel: "external noopener", ...named }, label);
}

const english = new Intl.NumberFormat("en");

/** A number as English writes it: 10,000. */
export function grouped(number) {
  return english.format(number);
}

/** A number of papers, in words. */
export function counted(count) {
  return `${grouped(count)} ${count === 1 ? "paper" : "papers"}`;
}
