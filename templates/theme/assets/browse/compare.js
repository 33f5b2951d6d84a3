// Papers side by side: the address names them, `?id=…&id=…`.

import { Catalog } from "./catalog.js";
import { counted, element, outward } from "./elements.js";
import { UNFETCHED } from "./files.js";
import { Selection } from "./selection.js";
import { take } from "./take.js";

const page = document.querySelector(".compare");
const find = (selector) => page.querySelector(selector);
const { root, data, version } = page.dataset;
const ROLES = { train: "train", test: "test", both: "train and test", "not-stated": "role not stated" };

const asked = [...new Set(new URLSearchParams(location.search).getAll("id"))];
let catalog;

const unknown = (words) => element("span", { class: "unknown" }, words);
/** A value that is not known: a dash to the eye, words to a screen reader. */
const unstated = () => element("span", { class: "unknown" }, element("span", { "aria-hidden": true }, "–"), element("span", { class: "visually-hidden" }, "not stated"));
const text = (value) => (value ? [String(value)] : [unstated()]);
const recordLink = (id, label) => element("a", { href: root + catalog.urls.record.replace("{id}", id) }, label);
const addressOf = (ids) => `?${new URLSearchParams(ids.map((id) => ["id", id]))}`;

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

function outwardLinks(card) {
  if (!card.links.length) return [unstated()];
  return card.links.map(([name, url]) => {
    const link = outward([name, url]);
    link.setAttribute("aria-label", `${name} of ${card.title}`);
    return element("p", {}, link);
  });
}

function identifiers({ identifiers: { arxiv, doi } = {} }) {
  const found = [arxiv && `arXiv ${arxiv}`, doi && `DOI ${doi}`].filter(Boolean);
  return found.length ? found.map((identifier) => element("p", {}, identifier)) : [unstated()];
}

function bases(record, names) {
  if (!record.builds_on?.length) return [unstated()];
  return record.builds_on.map((id) => element("p", {}, recordLink(id, names.get(id) ?? id)));
}

function datasets(record) {
  const named = Object.entries(record.datasets ?? {});
  if (!named.length) return [unstated()];
  return named.map(([id, role]) =>
    element("p", {}, element("a", { href: root + catalog.urls.dataset.replace("{id}", id) }, label("dataset", id)), ` (${ROLES[role]})`),
  );
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
  const line = element("tr", {}, element("th", { scope: "row" }, name), ...cells);
  if (new Set(cells.map((cell) => cell.textContent)).size === 1) line.dataset.equal = "";
  return line;
}

/** A row for a field whose values have labels; none if the catalog lacks the field. */
function labelled(id, wholes) {
  const field = catalog.byField.get(id);
  return field ? [row(field.name, wholes, (record) => text(record[id] && label(id, record[id])))] : [];
}

function table(wholes, names) {
  const heads = wholes.map(({ record }) => {
    const others = wholes.filter((whole) => whole.record !== record);
    const address = addressOf(others.map((whole) => whole.record.id));
    const remove = element("a", { class: "soft compare__remove", href: address, "aria-label": `Remove ${record.title}` }, "Remove");
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
      ...labelled("venue", wholes),
      row("Year", wholes, (record) => text(record.year)),
      ...labelled("kind", wholes),
      ...labelled("domain", wholes),
      row("Summary", wholes, (record) => text(record.summary)),
      ...facets.map((field) => row(field.name, wholes, (record) => tags(record, field))),
      row("Builds on", wholes, (record) => bases(record, names)),
      ...(catalog.byField.has("dataset") ? [row("Data sets", wholes, (record) => datasets(record))] : []),
      row("Links", wholes, (_record, whole) => outwardLinks(whole.card)),
      row("Identifiers", wholes, (record) => identifiers(record)),
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
  if (!positions.length) {
    find(".compare__none").hidden = false;
    return;
  }
  const wholes = await Promise.all(
    positions.map(async (position) => ({ ...(await catalog.whole(position)), card: await catalog.card(position) })),
  );
  const names = await namesOf([...new Set(wholes.flatMap(({ record }) => record.builds_on ?? []))]);
  find(".compare__table").append(...table(wholes, names));
  find(".compare__table").style.setProperty("--papers", positions.length);
  find(".compare__found").hidden = false;
  const options = find(".compare__options");
  options.hidden = positions.length < 2 || !find("[data-equal]");
  options.addEventListener("change", ({ target }) => page.classList.toggle("compare--differing", target.checked));
  const say = (text) => (find(".take__said").textContent = text);
  find(".take__actions").addEventListener("click", ({ target }) => target.dataset.take && take(catalog, target.dataset.take, positions, say));
}

/** The way to a comparison of the papers that the reader selected before. */
function offerSelected() {
  const { ids } = new Selection(new URL(root, location).pathname);
  if (!ids.length) return;
  find(".compare__selected").append(element("a", { href: addressOf(ids) }, `Compare the ${counted(ids.length)} that you selected`));
  find(".compare__selected").hidden = false;
}

offerSelected();
if (asked.length) {
  find(".compare__none").hidden = true;
  await compare().catch((error) => {
    find(".compare__none").replaceWith(element("p", { class: "notice", role: "alert" }, `These papers ${UNFETCHED}`));
    throw error;
  });
}
page.dataset.ready = location.search;
