// What the reader is looking for, in words: one removable item a condition.

import { remove } from "./panel.js";

/**
 * @typedef {{key: string, text: string, drop: (query: Query) => void}} Condition
 *   `key` as `Catalog.select` names what a query tests; several conditions can share one.
 * @returns {Condition[]}
 */
export function conditionsOf(query, catalog) {
  const found = [];
  const label = (field, value) => {
    const { name, values, labels } = catalog.byField.get(field);
    return `${name}: ${labels[values.indexOf(value)]}`;
  };
  for (const [field, values] of query.wanted)
    for (const value of values)
      found.push({ key: field, text: label(field, value), drop: (q) => remove(q.wanted, field, value) });
  for (const [field, values] of query.unwanted)
    for (const value of values)
      found.push({ key: `!${field}`, text: `not ${label(field, value)}`, drop: (q) => remove(q.unwanted, field, value) });
  if (query.text) found.push({ key: "q", text: `“${query.text}”`, drop: (q) => (q.text = "") });
  if (query.years) found.push({ key: "year", text: span(query.years), drop: (q) => (q.years = null) });
  for (const what of query.has)
    found.push({ key: `has=${what}`, text: label("has", what), drop: (q) => (q.has = q.has.filter((other) => other !== what)) });
  return found;
}

function span([first, last]) {
  if (first === last) return `${first}`;
  if (first && last) return `${first} to ${last}`;
  return first ? `since ${first}` : `until ${last}`;
}
