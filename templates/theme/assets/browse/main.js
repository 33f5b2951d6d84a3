// The list of papers: address -> query -> what is shown, and every click back into the address.

import { Catalog } from "./catalog.js";
import { element } from "./elements.js";
import { parseQuery, printQuery, tidied } from "./grammar.js";
import { List } from "./list.js";
import { Panel, remove } from "./panel.js";
import { Selection } from "./selection.js";
import { citations, download, viewCitation } from "./take.js";
import { foldedWords } from "./words.js";

const page = document.querySelector(".browse");
const find = (selector) => page.querySelector(selector);
const { root, data, version } = page.dataset;
const words = find("#words");
const sort = find("#sort");
const view = find("#view");

const catalog = await Catalog.load(data, version).catch((error) => {
  // Without the data the page is what it is without scripts: all papers, and links to every term.
  document.documentElement.classList.remove("scripted");
  throw error;
});
const selection = new Selection(new URL(root, location).pathname);
const list = new List(catalog, { root, place: find(".results"), more: find(".browse__more"), selection });
const panel = new Panel(find(".browse__panel"), change);
let query;
let positions = [];

/** Let `alter` change a copy of the query, then show that. */
function change(alter, { replace = false } = {}) {
  const altered = { ...query, wanted: new Map(query.wanted), unwanted: new Map(query.unwanted) };
  alter(altered);
  const address = printQuery(tidied(altered));
  history[replace ? "replaceState" : "pushState"](null, "", address ? `?${address}` : location.pathname);
  return show(tidied(altered), []);
}

async function show(next, problems) {
  query = next;
  if (query.words.length) await catalog.loadWords();
  if (query !== next) return; // While the words came, the reader went on.
  const selected = catalog.select(query);
  positions = selected.positions;
  if (!page.classList.contains("browse--live")) {
    await list.prepare(positions);
    page.classList.add("browse--live");
  }
  panel.show(query, selected);
  showActive();
  list.show(positions, query.view);
  find(".browse__count").textContent = `${positions.length} of ${catalog.size} papers`;
  find(".browse__close").textContent = `Show ${positions.length} ${positions.length === 1 ? "paper" : "papers"}`;
  find(".take").hidden = !positions.length;
  find(".take__cite").textContent = cite();
  if (document.activeElement !== words) words.value = query.words.join(" ");
  sort.value = query.sort === "title" ? "" : query.sort;
  view.value = query.view;
  showProblems(problems);
  if (!positions.length) showNothing(selected.without);
}

/** What the reader is looking for, one removable item each. */
function conditions() {
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
  for (const word of query.words)
    found.push({ key: "q", text: `“${word}”`, drop: (q) => (q.words = q.words.filter((other) => other !== word)) });
  if (query.years) {
    const [first, last] = query.years;
    const text = first === last ? `${first}` : first && last ? `${first} to ${last}` : first ? `since ${first}` : `until ${last}`;
    found.push({ key: "year", text, drop: (q) => (q.years = null) });
  }
  for (const what of query.has)
    found.push({ key: `has=${what}`, text: label("has", what), drop: (q) => (q.has = q.has.filter((other) => other !== what)) });
  return found;
}

function showActive() {
  const items = conditions().map(({ text, drop }) =>
    element("button", { type: "button", class: "active__item", "aria-label": `Remove ${text}`, onclick: () => change(drop) }, text, element("span", { "aria-hidden": "true" }, " ×")),
  );
  if (items.length > 1) {
    const clear = (q) => Object.assign(q, { wanted: new Map(), unwanted: new Map(), words: [], years: null, has: [] });
    items.push(element("button", { type: "button", class: "link-button", onclick: () => change(clear) }, "Clear all"));
  }
  const place = find(".active");
  place.replaceChildren(...items.map((item) => element("li", {}, item)));
  place.hidden = !items.length;
}

function showProblems(problems) {
  const texts = problems.map((problem) => `Left out of this address: ${problem}.`);
  for (const word of query.words) {
    const meant = catalog.index.correctionsOf(word);
    if (meant.length) texts.push(`No paper says “${word}”; these say “${meant.slice(0, 5).join("”, “")}”.`);
  }
  const place = find(".browse__problem");
  place.replaceChildren(...texts.map((text) => element("p", {}, text)));
  place.hidden = !texts.length;
}

/** Which filter to drop, and what that would bring. */
function showNothing(without) {
  const seen = new Set();
  const ways = [];
  for (const { key, text } of conditions()) {
    const count = without.get(key);
    if (!count || seen.has(key)) continue;
    seen.add(key);
    const all = conditions().filter((condition) => condition.key === key);
    const drop = (q) => all.forEach((condition) => condition.drop(q));
    const names = all.map((condition) => condition.text).join(", ");
    ways.push(element("li", {}, element("button", { type: "button", class: "link-button", onclick: () => change(drop) }, `Without ${names}`), `: ${count} ${count === 1 ? "paper" : "papers"}`));
  }
  const advice = ways.length
    ? [element("p", {}, "Dropping one of these helps:"), element("ul", {}, ...ways)]
    : [element("p", {}, "No single filter is to blame; drop two or more.")];
  find(".results").replaceChildren(element("div", { class: "notice nothing" }, element("p", {}, element("strong", {}, "No paper fits.")), ...advice));
}

/** The record pages lead on within this list. */
function remember() {
  try {
    const address = printQuery(query);
    const ids = positions.map((position) => catalog.id[position]);
    sessionStorage.setItem("catalog-list", JSON.stringify({ address, ids }));
  } catch {
    // Without storage, record pages lead on within the whole catalog.
  }
}

function cite() {
  const { sort: _sort, view: _view, ...filter } = query;
  const canonical = printQuery({ ...filter, sort: "", view: "" });
  const link = new URL(canonical ? `?${canonical}` : location.pathname, location).href;
  return viewCitation(catalog, canonical, positions.length, link);
}

async function take(form, chosen, say) {
  if (form === "cite") {
    await navigator.clipboard.writeText(cite());
    say("Copied.");
    return;
  }
  const text = await citations(catalog, chosen, form === "copy" ? "bib" : form);
  if (form === "copy") await navigator.clipboard.writeText(text);
  else download(text, form);
  say(`${chosen.length} ${chosen.length === 1 ? "paper" : "papers"} ${form === "copy" ? "copied" : "saved"}.`);
}

function showTray() {
  const { ids } = selection;
  find(".tray").hidden = !ids.length;
  find(".tray__count").textContent = `${ids.length} ticked`;
  find(".tray__compare").search = new URLSearchParams(ids.map((id) => ["id", id])).toString();
}

let typing;
words.addEventListener("input", () => {
  clearTimeout(typing);
  typing = setTimeout(() => change((q) => (q.words = foldedWords(words.value)), { replace: true }), 120);
});
words.addEventListener("focus", () => catalog.loadWords(), { once: true });
sort.addEventListener("change", () => change((q) => (q.sort = sort.value)));
view.addEventListener("change", () => change((q) => (q.view = view.value)));
find(".browse__panel").addEventListener("submit", (event) => event.preventDefault());
function setPanel(open) {
  page.classList.toggle("browse--open", open);
  find(".browse__open").setAttribute("aria-expanded", String(open));
}
find(".browse__open").addEventListener("click", () => setPanel(!page.classList.contains("browse--open")));
find(".browse__close").addEventListener("click", () => {
  setPanel(false);
  find(".browse__open").focus();
  find(".browse__open").scrollIntoView({ block: "center" });
});
find(".take").addEventListener("click", (event) => {
  const form = event.target.dataset.take;
  if (form) take(form, positions, (text) => (find(".take__said").textContent = text));
});
find(".tray").addEventListener("click", (event) => {
  const form = event.target.dataset.tray;
  const chosen = selection.ids.map((id) => catalog.id.indexOf(id)).filter((position) => position >= 0);
  if (form === "clear") selection.clear();
  else if (form) take(form, chosen, (text) => (find(".tray__count").textContent = text));
});
selection.onChange(() => {
  showTray();
  list.refreshTicks();
});
addEventListener("popstate", read);
addEventListener("pagehide", remember);
addEventListener("beforeprint", () => list.showAll());

function read() {
  const { query: asked, problems } = parseQuery(location.search, catalog.known, catalog.former);
  return show(asked, problems);
}

showTray();
await read();
page.dataset.ready = "";
