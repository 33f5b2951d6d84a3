// The form that writes a record. Nothing is sent: the reader copies, saves or proposes the result.

import { Files } from "../browse/files.js";
import { Lookup } from "../browse/lookup.js";
import { tidied } from "./addresses.js";
import { read } from "./bibtex.js";
import { Draft } from "./draft.js";
import { arxivIn, doiIn } from "./identifiers.js";
import { faults, keysOf } from "./judging.js";
import { recordText } from "./layout.js";
import { problems } from "./schema.js";
import { venueNamed } from "./venues.js";

const LONGEST_ADDRESS = 7500;
const SMALL_WORDS = new Set(
  "a an and are as at by for from in into is its of on or the to towards toward using via with".split(" "),
);
/** Fields that an entry fills in or empties, so that nothing remains of the paper before it. */
const FROM_ENTRY = ["title", "name", "authors", "year", "venue", "doi", "arxiv", "link-paper"];
const LINKS = ["paper", "pdf", "code", "weights", "data", "project"];

const form = document.getElementById("submit");
const show = (id) => document.getElementById(`submit-${id}`);
const field = (name) => form.elements.namedItem(name);

const files = new Files(form.dataset.known, form.dataset.version);
const [ids, retired, works] = ["ids", "retired", "works"].map((name) => new Lookup(files, name));
const lookups = [ids, retired, works].map((lookup) => lookup.prepare());
const [schema] = await Promise.all([loaded(form.dataset.schema), ...lookups]).catch(failed);
const order = Object.keys(schema.properties);
const draft = new Draft(form, new URL(form.dataset.root, location).pathname);
const reserved = new RegExp(`^(?:${form.dataset.reserved})$`);
const limits = { words: Number(form.dataset.words), year: new Date().getFullYear() + 1 };
const rules = { tracking: form.dataset.tracking, secure: form.dataset.secure.split(" ") };
let updates = 0;
let before = "";

draft.restore();
let ownId = hasOwnId();
form.hidden = false;
form.addEventListener("input", ({ target }) => {
  if (target.name === "id") ownId = target.value !== "";
  resetOther(target);
  if (target.id !== "submit-paste") update();
});
form.addEventListener("reset", startOver);
form.addEventListener("submit", (event) => event.preventDefault());
show("read").addEventListener("click", fillIn);
show("undo").addEventListener("click", undo);
draft.watch(() => say("This form is also open in another tab. Only the draft of the tab in which you type last is kept."));
update();

function say(text) {
  show("said").textContent = text;
}

function hasOwnId() {
  return field("id").value !== idFor(field("name").value || field("title").value);
}

/** A facet has either terms or a state. */
function resetOther(changed) {
  const part = changed.closest("[data-facet]");
  if (changed.name === "tag" && changed.checked) part.querySelector("[name=state]").value = "";
  if (changed.name === "state" && changed.value) {
    for (const box of part.querySelectorAll("[name=tag]")) box.checked = false;
  }
}

function startOver() {
  const filled = draft.state;
  // The form is emptied after the event.
  setTimeout(() => {
    ownId = false;
    update();
    if (draft.state !== filled) before = filled;
    say(before ? "The form is empty." : "");
    show("undo").hidden = !before;
  });
}

/** Bring back what stood there. What stands there now can be brought back the same way. */
function undo() {
  [before, draft.state] = [draft.state, before];
  ownId = hasOwnId();
  update();
  say("Restored.");
}

function failed(error) {
  show("failed").hidden = false;
  throw error;
}

async function loaded(address) {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
  return answer.json();
}

function fillIn() {
  const facts = read(show("paste").value);
  if (!facts) return say("No BibTeX entry with a title, no arXiv id and no DOI found.");
  if (facts.problem) return say(`Could not read the entry: ${facts.problem}.`);
  const { authors, appearedIn, isFirstOfSeveral, unknown = [], ...plain } = facts;
  if (plain.title) for (const name of FROM_ENTRY) field(name).value = "";
  for (const [name, value] of Object.entries(plain)) if (value) field(name).value = value;
  if (authors?.length) field("authors").value = authors.join("\n");
  const venue = appearedIn && venueNamed(appearedIn, knownVenues());
  if (venue) field("venue").value = venue;
  const name = shortName(field("title").value);
  if (name && !field("name").value) field("name").value = name;
  if (!plain.title) say("Added the id. This page cannot look up titles; paste BibTeX or type them.");
  else {
    const notes = [isFirstOfSeveral ? "Filled in the first entry only." : "Filled in.", "Compare it with the paper's page."];
    if (unknown.length) notes.push(`Left out unknown LaTeX: ${unknown.map((name) => `\\${name}`).join(", ")}.`);
    if (appearedIn && !venue) notes.push(`The venue “${appearedIn}” is not in the list.`);
    say(notes.join(" "));
  }
  update();
}

function knownVenues() {
  const options = [...field("venue").options].filter((option) => option.value);
  return options.map(({ value, text, dataset }) => ({ id: value, name: text, short: dataset.short ?? "" }));
}

/** Text on one line, without quotation marks around it: some copy them from a YAML file. */
function cleaned(value) {
  const text = value.replace(/\s+/g, " ").trim().normalize("NFC");
  const inner = text.slice(1, -1);
  const isQuoted = inner && ['""', "''", "“”"].includes(text[0] + text.at(-1));
  return isQuoted && !inner.includes(text[0]) && !inner.includes(text.at(-1)) ? inner.trim() : text;
}

/** The id in a link to arXiv or doi.org; anything else as it is. */
function idIn(text, find) {
  return (/^(?:[a-z]+:|[\w.]+\.org\/)/i.test(text) && find(text)) || text;
}

/** The form's contents as a record. */
function record() {
  const text = (name) => cleaned(field(name).value);
  const rows = (name, separator) => field(name).value.split(separator).map(cleaned).filter(Boolean);
  const year = text("year");
  const data = {
    title: text("title"),
    name: text("name"),
    authors: rows("authors", "\n"),
    year: /^\d{4}$/.test(year) ? Number(year) : year,
    venue: text("venue"),
    kind: text("kind"),
    domain: field("domain") ? text("domain") : "",
    identifiers: filled({ arxiv: idIn(text("arxiv"), arxivIn), doi: idIn(text("doi"), doiIn) }),
    links: filled(Object.fromEntries(LINKS.map((name) => [name, tidied(text(`link-${name}`), rules)]))),
    summary: text("summary"),
    tags: tags(),
    builds_on: rows("builds_on", ","),
    datasets: field("datasets") ? Object.fromEntries(rows("datasets", "\n").map(use)) : {},
    status: field("curated").checked ? "curated" : "imported",
    sources: rows("sources", "\n").map((address) => tidied(address, rules)),
    added: new Date().toISOString().slice(0, 10),
  };
  return filled(data);
}

/** Id and role of a data set, written as `id: role`. */
function use(row) {
  const [, id, role] = /^(.*?)\s*:\s*([^:]*)$/.exec(row) ?? [null, row, ""];
  return [id, role || "not-stated"];
}

function filled(data) {
  return Object.fromEntries(
    Object.entries(data).filter(([, value]) => (typeof value === "object" ? Object.keys(value).length : value)),
  );
}

function tags() {
  const found = {};
  for (const part of form.querySelectorAll("[data-facet]")) {
    const ticked = [...part.querySelectorAll("[name=tag]:checked")];
    if (!ticked.length) {
      const state = part.querySelector("[name=state]").value;
      if (state) found[part.dataset.facet] = state;
      continue;
    }
    found[part.dataset.facet] = Object.fromEntries(
      ticked.map((box) => [box.value, cleaned(evidenceOf(box).value) || null]),
    );
  }
  return found;
}

function evidenceOf(box) {
  return box.closest(".submit__term").querySelector("[name=evidence]");
}

/** What the record lacks to be curated. */
function missingIn(data) {
  const missing = ["authors", "year", "venue", "kind", "domain", "summary", "sources"].filter((name) => field(name) && !data[name]).map((name) => labelOf(name).toLowerCase());
  if (!data.links && !data.identifiers) missing.push("links");
  for (const part of form.querySelectorAll("[data-facet]")) {
    const terms = data.tags?.[part.dataset.facet];
    if (!terms) missing.push(part.querySelector("legend").textContent.toLowerCase());
    else if (typeof terms === "object" && Object.values(terms).includes(null)) missing.push(`evidence for ${part.querySelector("legend").textContent.toLowerCase()}`);
  }
  return missing;
}

function update() {
  for (const box of form.querySelectorAll("[name=tag]")) {
    evidenceOf(box).closest(".submit__evidence").hidden = !box.checked;
  }
  if (!ownId) field("id").value = idFor(field("name").value || field("title").value);
  const data = record();
  const missing = missingIn(data);
  const text = recordText(data, order);
  show("yaml").replaceChildren(...text.trimEnd().split("\n").flatMap((line) => [shownLine(line), "\n"]));
  draft.keep();
  judge(data, missing, text);
}

/** A line of the file. Where it is wrapped, the rest is indented, so that it does not look like a line of its own. */
function shownLine(text) {
  const line = Object.assign(document.createElement("span"), { textContent: text });
  line.classList.toggle("soft", text.startsWith("#"));
  return line;
}

/** Show what is wrong and what is missing, and offer the record. Only the answer for the last input counts. */
async function judge(data, missing, text) {
  const turn = ++updates;
  const isEmpty = Object.keys(data).every((name) => name === "status" || name === "added");
  const wrong = isEmpty ? [] : [...problems(data, schema).map(worded), ...(await beyondSchema(data, missing).catch(failed))];
  if (turn !== updates) return;
  for (const place of form.querySelectorAll(".ask__wrong")) {
    const own = wrong.filter(({ name }) => place.id === `submit-${name}-wrong`);
    place.replaceChildren(...own.flatMap((problem, index) => [index ? "; " : "", ...said(problem)]));
    form.querySelector(`[aria-describedby~="${place.id}"]`).setAttribute("aria-invalid", own.length > 0);
  }
  show("problems").replaceChildren(
    ...wrong.map((problem) => {
      const item = document.createElement("li");
      item.append(...labelled(problem.name), ...said(problem));
      return item;
    }),
  );
  show("state").textContent = isEmpty
    ? "Your record appears here."
    : wrong.length ? `${wrong.length} ${wrong.length === 1 ? "problem" : "problems"} to fix`
      : missing.length ? `Valid. Still missing: ${missing.join(", ")}` : "Complete";
  offer(text, `${field("id").value || "paper"}.yaml`, !isEmpty && wrong.length === 0);
}

function link(href, text) {
  return Object.assign(document.createElement("a"), { href, textContent: text });
}

/** A message, with a link to the record that it is about. */
function said({ message, twin }) {
  return twin ? [`${message}: `, link(form.dataset.record.replace("{id}", twin), twin)] : [message];
}

/** The label of a field, without remarks in parentheses; of evidence, its term. */
function labelOf(name) {
  const part = show(name);
  const label = part?.closest(".submit__term")?.querySelector("label") ?? part?.labels?.[0];
  return label?.textContent.replace(/\(.*/s, "").trim() ?? name;
}

function labelled(name) {
  const label = labelOf(name);
  return [show(name) ? link(`#submit-${name}`, label) : label, ": "];
}

function worded({ path, keyword, schema: part }) {
  const [first, second] = path;
  const name = first === "links" ? `link-${second}` : first === "identifiers" ? second : first;
  const example = show(name)?.dataset.example;
  const messages = {
    required: "is required",
    maxLength: `is longer than ${part.maxLength} characters`,
    maxItems: "has too many entries",
    uniqueItems: "contains an entry twice",
  };
  if (name === "datasets" && second !== undefined) {
    const wrong = keyword === "enum" ? `write one of: ${part.enum.join(", ")}` : "is not the id of a data set of this catalog";
    return { name, message: `${second}: ${wrong}` };
  }
  const which = typeof second === "number" ? `entry ${second + 1} ` : "";
  const format = `has the wrong format${example ? `, e.g. ${example}` : ""}`;
  return { name, message: `${which}${messages[keyword] ?? format}` };
}

/** What the schema cannot check. */
async function beyondSchema(data, missing) {
  const found = faults(data, limits);
  const id = field("id").value;
  if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(id)) found.push({ name: "id", message: "has the wrong format, e.g. med-flamingo: use lower-case letters, digits and “-”" });
  else if (reserved.test(id)) found.push({ name: "id", message: "is reserved: add a word" });
  else if ((await retired.get(id)) !== undefined) found.push({ name: "id", message: "was used before; choose another" });
  else if ((await ids.get(id)) !== undefined) found.push({ name: "id", message: "is taken; choose another" });
  for (const { name, key } of keysOf(data)) {
    const twin = await works.get(key);
    if (twin) found.push({ name, message: "already in the catalog", twin });
  }
  for (const base of data.builds_on ?? []) {
    const now = await retired.get(base);
    if (now) found.push({ name: "builds_on", message: `${base} is now called ${now}` });
    else if (now === "" || (await ids.get(base)) === undefined) found.push({ name: "builds_on", message: `${base} is not the id of a record` });
  }
  if (data.status === "curated" && missing.length) {
    found.push({ name: "curated", message: `also needs ${missing.join(", ")}` });
  }
  return found;
}

function offer(text, file, fine) {
  const save = show("save");
  URL.revokeObjectURL(save.href);
  save.href = URL.createObjectURL(new Blob([text], { type: "text/yaml" }));
  save.download = file;
  if (show("file")) show("file").textContent = file;
  const github = show("github");
  if (!github) return;
  const address = `${form.dataset.repository}/new/main/papers?filename=${file}&value=${encodeURIComponent(text)}`;
  // GitHub refuses very long addresses: then the text is pasted by hand.
  github.href = address.length < LONGEST_ADDRESS ? address : address.replace(/&value=.*/, "");
  github.classList.toggle("md-button--primary", fine);
}

function shortName(title) {
  const name = /^(\S{1,30}): /.exec(title)?.[1];
  return name && /[A-Z].*[A-Z0-9]|[a-z][A-Z]/.test(name) ? name : "";
}

function idFor(text) {
  const words = text.normalize("NFKD").replace(/[^\x00-\x7f]/g, "").toLowerCase().replaceAll("'", "").match(/[a-z0-9]+/g) ?? [];
  const telling = words.filter((word) => !SMALL_WORDS.has(word));
  return (telling.length ? telling : words).slice(0, 5).join("-").slice(0, 80);
}
