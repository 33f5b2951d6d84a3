// The result as a table.

import { element, outward } from "./elements.js";
import { chips, labels, titleLink } from "./parts.js";

/** A table, and how one of its rows is made. */
export function tableOf(context) {
  const facets = context.catalog.fields.filter((field) => field.hue);
  const heads = ["Paper", "Authors", "Published", ...facets.map((field) => field.name)];
  const head = element(
    "tr",
    {},
    element("th", { scope: "col" }, element("span", { class: "visually-hidden" }, "Selected")),
    ...heads.map((name) => element("th", { scope: "col" }, name)),
    element("th", { scope: "col", class: "paper__foot" }, "Links"),
  );
  const body = element("tbody");
  const table = element(
    "table",
    { class: "papers-table__table", "aria-rowcount": context.total + 1 },
    element("thead", {}, head),
    body,
  );
  // A wide table scrolls by itself; a keyboard must be able to reach it for that.
  const whole = element("div", { class: "papers-table", tabIndex: 0, role: "region", "aria-label": "Papers" }, table);
  return { whole, body, entry: (card, position, place) => row(context, facets, card, position, place) };
}

function row(context, facets, card, position, place) {
  const { catalog } = context;
  const named = card.label ? [element("br"), element("span", { class: "soft" }, card.label)] : [];
  const cell = (...content) => element("td", {}, ...content);
  return element(
    "tr",
    { "aria-rowindex": place + 1 },
    cell(context.tick(card)),
    element("th", { scope: "row", dir: "auto" }, titleLink(context, card), ...named),
    cell(card.authors),
    cell([labels(catalog, "venue", position), catalog.yearOf(position) ?? ""].filter(Boolean).join(" ")),
    ...facets.map((field) => cell(...chips(context, position, field))),
    element("td", { class: "paper__foot" }, ...card.links.map((link) => outward(link, card))),
  );
}
