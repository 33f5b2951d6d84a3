// What cards and rows have in common.

import { element } from "./elements.js";

/** The title as a link to the record's page. */
export function titleLink({ catalog, root }, { id, title }) {
  return element("a", { href: root + catalog.urls.record.replace("{id}", id) }, title);
}

/** The terms of a record, facet by facet, or those of `only` one. */
export function chips({ catalog, root }, position, only = null) {
  const found = [];
  for (const field of catalog.fields) {
    if (!field.hue || (only && only !== field)) continue;
    for (const value of catalog.valuesOf(field, position)) {
      if (value >= field.terms) continue; // A state such as "none applies", which has no page.
      const address = catalog.urls.term.replace("{field}", field.id).replace("{term}", field.values[value]);
      const look = { class: `chip chip--${field.hue}`, href: root + address, title: field.name };
      found.push(element("a", look, field.labels[value]));
    }
  }
  return found;
}

/** What a record says on a field, as words. */
export function labels(catalog, id, position) {
  const field = catalog.byField.get(id);
  return catalog.valuesOf(field, position).map((value) => field.labels[value]).join(", ");
}
