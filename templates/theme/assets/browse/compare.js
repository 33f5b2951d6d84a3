// Papers side by side: the address names them, `?id=…&id=…`.

import { Catalog } from "./catalog.js";
import { element, outward } from "./elements.js";
import { UNFETCHED } from "./files.js";
import { take } from "./take.js";

const page = document.querySelector(".compare");
const find = (selector) => page.querySelector(selector);
const { root, data, version } = page.dataset;
const LINKS = ["paper", "pdf", "code", "weights", "data", "project"];

const asked = [...new Set(new URLSearchParams(location.search).getAll("id"))];
let catalog;

const unknown = (words) => element("span", { class: "unknown" }, words);
const unstated = () => unknown("not stated");
const text = (value) => (value ? [String(value)] : [unstated()]);
const recordLink = (id, label) => element("a", { href: root + catalog.urls.record.replace("{id}", id) }, label);

function label(fieldId, value) {
  const field = catalog.byField.get(fieldId);
  return field.labels[field.values.indexOf(value)] ?? value;
}

function tags(record, field) {
  const terms = record.tags?.[field.id];
  if (!terms) return [unknown("Not yet checked")];
  if (terms === "not-stated") return [unknown("Sources do not say")];
  if (!Object.keys(terms).length) return [unknown("None applies")];
  return Object.entries(terms).map(([term, evidence]) => {
    const address = catalog.urls.term.replace("{field}", field.id).replace("{term}", term);
    const chip = element("a", { class: `chip chip--${field.hue}`, href: root + address }, label(field.id, term));
    return element("p", {}, chip, " ", element("span", { class: "evidence", dir: "auto" }, evidence ?? ""));
  });
}

function bases(record, names) {
  if (!record.builds_on?.length) return [unstated()];
  return record.builds_on.map((id) => element("p", {}, recordLink(id, names.get(id) ?? id)));
}

function datasets(record) {
  const named = Object.keys(record.datasets ?? {});
  if (!named.length) return [unstated()];
  return named.map((id) => element("p", {}, element("a", { href: root + catalog.urls.dataset.replace("{id}", id) }, label("dataset", id))));
}

/** What the records are called that others are built on, by id. */
async function namesOf(ids) {
  const named = ids.map(async (id) => {
    const [position] = await catalog.positionsOf([id]);
    const card = position === undefined ? {} : await catalog.card(position);
    return [id, card.label || card.title || id];
  });
  return new Map(await Promise.all(named));
}

function row(name, wholes, content) {
  const cells = wholes.map((whole) => element("td", { dir: "auto" }, ...content(whole.record, whole)));
  return element("tr", {}, element("th", { scope: "row" }, name), ...cells);
}

function table(wholes, names) {
  const heads = wholes.map(({ record }) => {
    const others = wholes.filter((whole) => whole.record !== record);
    const address = `?${new URLSearchParams(others.map((whole) => ["id", whole.record.id]))}`;
    const remove = element("a", { class: "soft compare__remove", href: address, "aria-label": `Remove ${record.title}` }, "remove");
    return element("th", { scope: "col", dir: "auto" }, recordLink(record.id, record.title), element("br"), remove);
  });
  const facets = catalog.fields.filter((field) => field.hue);
  return [
    element("thead", {}, element("tr", {}, element("td", {}), ...heads)),
    element(
      "tbody",
      {},
      row("Name", wholes, (record) => text(record.name)),
      row("Authors", wholes, (_record, whole) => text(whole.authors.join("; "))),
      row("Venue", wholes, (record) => text(record.venue && label("venue", record.venue))),
      row("Year", wholes, (record) => text(record.year)),
      row("Kind", wholes, (record) => text(record.kind && label("kind", record.kind))),
      ...(catalog.byField.has("domain") ? [row("Domain", wholes, (record) => text(record.domain && label("domain", record.domain)))] : []),
      row("Summary", wholes, (record) => text(record.summary)),
      ...facets.map((field) => row(field.name, wholes, (record) => tags(record, field))),
      ...(catalog.byField.has("dataset") ? [row("Data sets", wholes, (record) => datasets(record))] : []),
      row("Built on", wholes, (record) => bases(record, names)),
      ...LINKS.map((name) => row(label("has", name), wholes, (record) => (record.links?.[name] ? [outward(["Open", record.links[name]])] : [unstated()]))),
    ),
  ];
}

async function compare() {
  catalog = await Catalog.load(data, version);
  const places = await Promise.all(asked.map((id) => catalog.ids.get(id)));
  const unknown = asked.filter((_, at) => places[at] === undefined);
  if (unknown.length) {
    find(".compare__none").before(element("p", { class: "notice", role: "alert" }, `Not in this catalog: ${unknown.join(", ")}.`));
  }
  // A paper can be asked for by an id that it had before, too.
  const positions = [...new Set(places)].filter((position) => position !== undefined);
  if (!positions.length) return;
  const wholes = await Promise.all(positions.map((position) => catalog.whole(position)));
  const names = await namesOf([...new Set(wholes.flatMap(({ record }) => record.builds_on ?? []))]);
  find(".compare__table").append(...table(wholes, names));
  find(".compare__table").style.setProperty("--papers", positions.length);
  find(".compare__found").hidden = false;
  find(".compare__none").hidden = true;
  const say = (text) => (find(".take__said").textContent = text);
  find(".take__actions").addEventListener("click", ({ target }) => target.dataset.take && take(catalog, target.dataset.take, positions, say));
}

if (asked.length) {
  await compare().catch((error) => {
    find(".compare__none").replaceWith(element("p", { class: "notice", role: "alert" }, `These papers ${UNFETCHED}`));
    throw error;
  });
}
page.dataset.ready = location.search;
