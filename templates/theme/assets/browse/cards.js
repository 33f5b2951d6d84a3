// The result as cards.

import { element, outward } from "./elements.js";
import { chips, labels, titleLink } from "./parts.js";

/** A list of cards, and how one of them is made. */
export function cardsOf(context) {
  const body = element("div", { class: "papers", role: "feed", "aria-label": "Papers" });
  return { whole: body, body, entry: (card, position, place) => entry(context, card, position, place) };
}

function entry(context, card, position, place) {
  const { catalog, total } = context;
  const published = [labels(catalog, "venue", position), catalog.yearOf(position) ?? ""].filter(Boolean).join(" ");
  const incomplete = catalog.has(position, "status", "imported") ? "Incomplete record" : "";
  const facts = [card.label, card.authors, published, labels(catalog, "kind", position), incomplete];
  return element(
    "article",
    { class: "paper paper--choosable", "aria-posinset": place, "aria-setsize": total, "aria-labelledby": `paper-${card.id}` },
    context.tick(card),
    element("h2", { class: "paper__title", id: `paper-${card.id}`, dir: "auto" }, titleLink(context, card)),
    element("p", { class: "facts" }, ...facts.filter(Boolean).map((fact) => element("span", { dir: "auto" }, fact))),
    ...(card.summary ? [element("p", { class: "paper__summary", dir: "auto" }, card.summary)] : []),
    element(
      "div",
      { class: "paper__row" },
      element("p", { class: "paper__foot" }, ...chips(context, position)),
      element("p", { class: "paper__links" }, ...card.links.map((link) => outward(link, card))),
    ),
  );
}
