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
import { foldedWords } from "./words.js";

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
const panel = new Panel(find(".browse__panel"), change);
/** Longer lists are for files, not for paper. */
const PRINTABLE = 1000;
let query;
/** What the reader is about, if that comes in many small changes: typing, or moving a slider. */
let running;
let positions = new Uint32Array();

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

/** Show what a query finds; `data-ready` then tells for which address. */
async function show(next, problems) {
  query = next;
  const words = await catalog.words.find(query.words).catch(() => null);
  if (query !== next) return; // While the words came, the reader went on.
  if (words) await showFound(words, problems);
  else showProblems([`The words ${UNFETCHED}`]);
  if (query === next) page.dataset.ready = location.search;
}

async function showFound(words, problems) {
  const selected = catalog.select(query, words);
  positions = selected.positions;
  // First of all, since its papers may have to be fetched.
  const listed = positions.length ? list.show(positions, query.view) : list.showInstead(nothing(selected.without));
  panel.show(query, selected);
  showActive();
  find(".browse__count").textContent = `${grouped(positions.length)} of ${grouped(catalog.size)} papers`;
  find(".browse__close").textContent = `Show ${counted(positions.length)}`;
  find(".take").hidden = !positions.length;
  find("[data-take=print]").hidden = positions.length > PRINTABLE;
  find(".take__said").textContent = "";
  find(".take__cite").textContent = cite();
  if (document.activeElement !== wordsField) wordsField.value = query.words.join(" ");
  sort.value = query.sort === "title" ? "" : query.sort;
  view.value = query.view;
  showProblems([...problems.map((problem) => `Left out of this address: ${problem}.`), ...vain(), ...corrections(words)]);
  await listed;
}

function showActive() {
  const items = conditionsOf(query, catalog).map(({ text, drop }) =>
    element("button", { type: "button", class: "active__item", "aria-label": `Remove ${text}`, onclick: () => change(drop) }, text, element("span", { "aria-hidden": "true" }, " ×")),
  );
  if (items.length > 1) {
    const clear = (q) => Object.assign(q, { wanted: new Map(), unwanted: new Map(), words: [], years: null, has: [] });
    items.push(element("button", { type: "button", class: "link-button", onclick: () => change(clear) }, "Clear all"));
  }
  const place = find(".active");
  const left = [...place.children].findIndex((item) => item.querySelector(":focus-visible"));
  place.replaceChildren(...items.map((item) => element("li", {}, item)));
  place.hidden = !items.length;
  // Whoever removes by keyboard goes on where she was.
  if (left >= 0) (items[left] ?? wordsField).focus();
}

function showProblems(texts) {
  const place = find(".browse__problem");
  place.replaceChildren(...texts.map((text) => element("p", {}, text)));
  place.hidden = !texts.length;
}

/** Signs alone find nothing, and leave the address. */
function vain() {
  const sought = document.activeElement === wordsField ? wordsField.value : new URLSearchParams(location.search).getAll("q").join(" ");
  return sought.trim() && !foldedWords(sought).length ? [`Nothing was searched for: “${sought}” has no letter and no digit.`] : [];
}

function corrections(words) {
  const misspelt = [...words].filter(([, { meant }]) => meant.length);
  return misspelt.map(([word, { meant }]) => `No paper says “${word}”; these say “${meant.slice(0, 5).join("”, “")}”.`);
}

/** Which filter to drop, and what that would bring. */
function nothing(without) {
  const seen = new Set();
  const ways = [];
  const conditions = conditionsOf(query, catalog);
  for (const { key, text } of conditions) {
    const count = without.get(key);
    if (!count || seen.has(key)) continue;
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
    ? [element("p", {}, "Dropping one of these helps:"), element("ul", {}, ...ways)]
    : [element("p", {}, "No single filter is to blame; drop two or more.")];
  return element("div", { class: "notice nothing" }, element("p", {}, element("strong", {}, "No paper fits.")), ...advice);
}

/** The record pages lead on within this list. */
function remember() {
  try {
    const address = printQuery(query);
    const cards = { data: new URL(data, location).href, version, chunk: catalog.chunk.cards };
    sessionStorage.setItem("catalog-list", JSON.stringify({ address, ...list.trail, ...cards }));
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

async function printAll() {
  await list.showAll();
  print();
}

/** Ticks of papers that are gone go, too; others take the id that their paper has now. */
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
  find(".tray__count").textContent = `${ids.length} ticked${said && `. ${said}`}`;
  find(".tray__compare").search = new URLSearchParams(ids.map((id) => ["id", id])).toString();
}

let typing;
wordsField.addEventListener("input", () => {
  clearTimeout(typing);
  typing = setTimeout(() => change((q) => (q.words = foldedWords(wordsField.value)), "words"), 120);
});
wordsField.addEventListener("focus", () => catalog.words.prepare(), { once: true });
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
find(".take").addEventListener("click", async (event) => {
  const form = event.target.dataset.take;
  const say = (text) => (find(".take__said").textContent = text);
  if (form === "print") printAll();
  else if (form === "cite") say(await copied(cite(), "Copied."));
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
  // What the reader was typing stays behind, even if she is still in the field.
  clearTimeout(typing);
  running = undefined;
  read();
  wordsField.value = query.words.join(" ");
});
addEventListener("pagehide", remember);
addEventListener("beforeprint", () => {
  const { ids, total } = list.trail;
  find(".browse__part").textContent = ids.length < total ? `The first ${grouped(ids.length)} of ${counted(total)}.` : counted(total);
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
