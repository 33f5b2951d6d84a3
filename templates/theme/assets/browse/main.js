// The list of papers: address -> query -> what is shown, and every click back into the address.

import { copied } from "../site.js";
import { Catalog } from "./catalog.js";
import { conditionsOf } from "./conditions.js";
import { counted, element, grouped } from "./elements.js";
import { UNFETCHED } from "./files.js";
import { parseQuery, printQuery, tidied } from "./grammar.js";
import { List } from "./list.js";
import { Panel } from "./panel.js";
import { Selection } from "./selection.js";
import { take, viewCitation } from "./take.js";

const page = document.querySelector(".browse");
const find = (selector) => page.querySelector(selector);
const { root, data, version } = page.dataset;
const wordsField = find("#words");
const sort = find("#sort");
const view = find("#view");

const catalog = await Catalog.load(data, version).catch((error) => {
  // Without the data the page is what it is without scripts: all papers, and links to every term.
  document.documentElement.classList.remove("scripted");
  throw error;
});
const selection = new Selection(new URL(root, location).pathname);
const list = new List(catalog, { root, place: find(".results"), more: find(".browse__more"), selection });
const { search } = catalog;
const panel = new Panel(find(".browse__panel"), change);
/** Longer lists are for files, not for paper. */
const PRINTABLE = 1000;
let query;
/** What the reader is doing, if it consists of many small changes: typing, or moving a slider. */
let running;
let positions = [];

/** Let `alter` change a copy of the query, then show that. Back leads over all changes of one `run` at once. */
function change(alter, run) {
  const altered = { ...query, wanted: new Map(query.wanted), unwanted: new Map(query.unwanted) };
  alter(altered);
  const address = printQuery(tidied(altered));
  if (address !== printQuery(query)) {
    history[run && run === running ? "replaceState" : "pushState"](null, "", address ? `?${address}` : location.pathname);
    running = run;
  }
  return show(tidied(altered), []);
}

/** Show what a query finds; `data-ready` then says for which address. */
async function show(next, problems) {
  query = next;
  try {
    const found = await search.find(query.text);
    const selected = await catalog.select(query, found);
    if (query !== next) return; // The reader has gone on in the meantime.
    await showFound(found, selected, problems);
  } catch (error) {
    if (query !== next) return;
    showTexts(".browse__problem", [`The search index ${UNFETCHED}`]);
    throw error;
  } finally {
    if (query === next) page.dataset.ready = location.search;
  }
}

async function showFound(found, selected, problems) {
  positions = selected.positions;
  // First of all, since its papers may have to be fetched.
  const listed = positions.length ? list.show(positions, query.view) : list.showInstead(nothing(selected.without));
  panel.show(query, selected);
  showActive();
  showSorts();
  find(".browse__count").textContent = `${grouped(positions.length)} of ${grouped(catalog.size)} papers`;
  find(".browse__close").textContent = `Show ${counted(positions.length)}`;
  find(".take").hidden = !positions.length;
  find(".take__count").textContent = counted(positions.length);
  find("[data-take=print]").hidden = positions.length > PRINTABLE;
  find(".take__said").textContent = "";
  find(".take__cite").textContent = cite();
  if (document.activeElement !== wordsField) wordsField.value = query.text;
  page.classList.toggle("browse--table", query.view === "table");
  view.value = query.view;
  showTexts(".browse__problem", problems.map((problem) => `Ignored: ${problem}.`));
  showTexts(".browse__note", [...notSearched(), ...corrections(found), ...aliases(found)]);
  await listed;
}

/** The default order has another name while there are words, and then the newest first is a choice. */
function showSorts() {
  const [byDefault, newest] = sort.options;
  const searching = search.parse(query.text).length > 0;
  byDefault.textContent = searching ? "Best match" : "Newest first";
  newest.hidden = !searching;
  const implied = query.sort === "relevance" || (query.sort === "-year" && !searching);
  sort.value = implied ? "" : query.sort;
}

function showActive() {
  const items = conditionsOf(query, catalog).map(({ text, drop }) =>
    element("button", { type: "button", class: "active__item", "aria-label": `Remove ${text}`, onclick: () => change(drop) }, text, element("span", { "aria-hidden": "true" }, " ×")),
  );
  if (items.length > 1) {
    const clear = (q) => Object.assign(q, { wanted: new Map(), unwanted: new Map(), text: "", years: null, has: [] });
    items.push(element("button", { type: "button", class: "link-button", onclick: () => change(clear) }, "Clear all"));
  }
  const place = find(".active");
  const left = [...place.children].findIndex((item) => item.querySelector(":focus-visible"));
  place.replaceChildren(...items.map((item) => element("li", {}, item)));
  place.hidden = !items.length;
  // The focus stays where a filter was removed by keyboard.
  if (left >= 0) (items[left] ?? wordsField).focus();
}

/** Show paragraphs of texts and elements; nothing hides their place. */
function showTexts(selector, paragraphs) {
  const place = find(selector);
  place.replaceChildren(...paragraphs.map((parts) => element("p", {}, ...[parts].flat())));
  place.hidden = !paragraphs.length;
}

/** Punctuation alone selects nothing. */
function notSearched() {
  return query.text && !search.parse(query.text).length ? [`“${query.text}” has no word to search for.`] : [];
}

function corrections({ corrected, suggested }) {
  const instead = (label, word, by) => {
    const text = query.text.replace(word, by);
    return element("button", { type: "button", class: "link-button", onclick: () => ask(text) }, label);
  };
  return [
    ...[...corrected].map(([word, meant]) => [
      `No paper mentions “${word}”. Showing results for “${meant}”. `,
      instead(`Search for “${word}” only`, word, `"${word}"`),
    ]),
    ...[...suggested].map(([word, meant]) => [`No paper mentions “${word}”. Did you mean `, instead(meant, word, meant), "?"]),
  ];
}

function aliases(found) {
  return [...found.aliases].map(([alias, [field, term]]) => {
    const { name, values, labels } = catalog.byField.get(field);
    return `Includes papers tagged ${name}: ${labels[values.indexOf(term)]} (also called “${alias}”), after those that mention it.`;
  });
}

function ask(text) {
  wordsField.value = text;
  wordsField.focus();
  change((q) => (q.text = text));
}

/** Which filter to drop, and what that would bring. */
function nothing(without) {
  const seen = new Set();
  const ways = [];
  const conditions = conditionsOf(query, catalog);
  for (const { key, text } of conditions) {
    const count = without.get(key);
    // To remove everything is no help.
    if (!count || seen.has(key) || conditions.length === 1) continue;
    seen.add(key);
    const all = conditions.filter((condition) => condition.key === key);
    const drop = () => {
      find(".browse__count").focus();
      change((q) => all.forEach((condition) => condition.drop(q)));
    };
    const names = all.map((condition) => condition.text).join(", ");
    ways.push(element("li", {}, element("button", { type: "button", class: "link-button", onclick: drop }, `Without ${names}`), `: ${counted(count)}`));
  }
  const advice = ways.length
    ? [element("p", {}, "Try removing a filter:"), element("ul", {}, ...ways)]
    : conditions.length > 1
      ? [element("p", {}, "Try removing two or more filters.")]
      : [element("p", {}, "Check the spelling, or try fewer or more general words.")];
  return element("div", { class: "notice nothing" }, element("p", {}, element("strong", {}, "No papers match.")), ...advice);
}

/** Record pages link to the next paper of this list. */
function remember() {
  try {
    const address = printQuery(query);
    const cards = { data: new URL(data, location).href, version, chunk: catalog.chunk.cards };
    sessionStorage.setItem("catalog-list", JSON.stringify({ address, ...list.trail, ...cards }));
  } catch {
    // Without storage, record pages link to the next paper of the catalog.
  }
}

function cite() {
  const { sort: _sort, view: _view, ...filter } = query;
  const canonical = printQuery({ ...filter, sort: "", view: "" });
  const link = new URL(canonical ? `?${canonical}` : location.pathname, location).href;
  return viewCitation(catalog, canonical, positions.length, link);
}

async function printAll() {
  await list.showAll();
  print();
}

/** Forget selected papers that no longer exist, and use the present ids of the others. */
async function renewTicks() {
  const renewed = async (id) => {
    const [position] = await catalog.positionsOf([id]);
    const now = position === undefined ? null : (await catalog.card(position)).id;
    if (now === id || !selection.has(id)) return;
    selection.set(id, false);
    if (now) selection.set(now, true);
  };
  await Promise.all(selection.ids.map(renewed));
}

function showTray(said = "") {
  const { ids } = selection;
  find(".tray").hidden = !ids.length;
  find(".tray__count").textContent = `${ids.length} selected${said && `. ${said}`}`;
  find(".tray__compare").search = new URLSearchParams(ids.map((id) => ["id", id])).toString();
}

let typing;
wordsField.addEventListener("input", () => {
  clearTimeout(typing);
  typing = setTimeout(() => change((q) => (q.text = wordsField.value.trim().split(/\s+/).join(" ")), "words"), 120);
});
wordsField.addEventListener("focus", () => search.prepare(), { once: true });
sort.addEventListener("change", () => change((q) => (q.sort = sort.value)));
view.addEventListener("change", () => change((q) => (q.view = view.value)));
for (const form of [find(".browse__panel"), find(".browse__search")]) form.addEventListener("submit", (event) => event.preventDefault());
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
find(".take").addEventListener("click", async (event) => {
  const form = event.target.dataset.take;
  const say = (text) => (find(".take__said").textContent = text);
  if (form === "print") printAll();
  else if (form === "cite") say(await copied(cite(), "Copied."));
  else if (form === "link") say(await copied(location.href, "Copied."));
  else if (form) take(catalog, form, positions, say);
});
find(".tray").addEventListener("click", (event) => {
  const form = event.target.dataset.tray;
  if (form === "clear") selection.clear();
  else if (form) take(catalog, form, catalog.positionsOf(selection.ids), showTray);
});
selection.onChange(() => {
  showTray();
  list.refreshTicks();
});
addEventListener("popstate", () => {
  // The field follows the address even while it has the focus.
  clearTimeout(typing);
  running = undefined;
  read();
  wordsField.value = query.text;
});
addEventListener("pagehide", remember);
addEventListener("beforeprint", () => {
  const { ids, total } = list.trail;
  const filters = conditionsOf(query, catalog).map(({ text }) => text).join(", ");
  const part = ids.length < total ? `The first ${grouped(ids.length)} of ${counted(total)}` : counted(total);
  find(".browse__part").textContent = filters ? `${part}: ${filters}.` : `${part}.`;
});

function read() {
  const { query: asked, problems } = parseQuery(location.search, catalog.known, catalog.former);
  return show(asked, problems);
}

showTray();
await read();
page.classList.add("browse--live");
// Without a connection they stay as they are.
renewTicks().catch(() => {});
