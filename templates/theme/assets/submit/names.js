// Names of people and groups, in BibTeX's syntax; as `src/vlm_survey/model/names.py` reads them.

const LONGEST = 200;
/** What stands between the commas of “King, Jr., Martin Luther”. */
const SUFFIX = /^(?:[js]r|[ivx]+|\d(?:st|nd|rd|th)|ph\. ?d|m\.? ?d)\.?$/i;

/** Why a line is not the name of one author, and what to do; empty if it is one. */
export function nameProblem(text) {
  if (!text || text !== text.trim() || [...text].length > LONGEST) return `must be a name of up to ${LONGEST} characters`;
  if (!/\p{L}/u.test(text)) return "has no letter: delete it";
  const outside = outsideOf(text);
  if (outside === null) return "has unbalanced braces: close each “{” with a “}”";
  if (/\sand\s|[&;]/.test(outside)) return "names several people: write one per line";
  if (/^[-*+•]\s/.test(outside)) return "begins with a list mark: delete it";
  if (/(?:^|\s)(?:et al\.?|others)$/i.test(outside)) return "is not a name: list all authors, in order";
  if (outside.endsWith("\\")) return "ends with a backslash: write the letter itself";
  if (outside.split(",").length > 3 || outside.endsWith(",")) return "has too many commas: write “First Last” or “Last, First”";
  return "";
}

/** Whether this is an organisation or a team, written in braces. */
export function isGroup(name) {
  return name.startsWith("{") && name.endsWith("}") && outsideOf(name) === "}";
}

/** Whether the commas of a name seem to stand between people, as in “A. Smith, B. Brown”. */
export function seemsSeveral(name) {
  if (!name.includes(",")) return false;
  const [family, ...others] = (outsideOf(name) ?? "").split(",").map((part) => part.trim());
  if (others.length !== 1) return others.length === 2 && !SUFFIX.test(others[0]);
  return /^\p{L}\./u.test(family) || (family.includes(" ") && others[0].includes(" ") && !/^\p{Lowercase}/u.test(family));
}

/** A person's name as records write it: first names first, where that is read the same way. */
export function straight(name) {
  const { first, von, last, jr } = Object.fromEntries(Object.entries(partsOf(name)).map(([part, words]) => [part, bare(words)]));
  const family = [von, last].filter(Boolean).join(" ");
  if (!first) return `{${family}}`;
  if (jr) return `${family}, ${jr}, ${first}`;
  const parts = partsOf(`${first} ${family}`);
  if (bare([...parts.von, ...parts.last]) === family) return `${first} ${family}`;
  const turned = `${family}, ${first}`;
  return seemsSeveral(turned) ? `${first} {${family}}` : turned;
}

/** What of `text` stands outside of braces, with the braces that end them; null if some have no other. */
function outsideOf(text) {
  let [depth, outside] = [0, ""];
  for (const character of text) {
    depth += (character === "{") - (character === "}");
    if (depth < 0) return null;
    if (depth === 0) outside += character;
  }
  return depth ? null : outside;
}

function bare(words) {
  return words.join(" ").replace(/[{}]/g, "").replaceAll(",", " ").replace(/\s+/g, " ").trim();
}

/** The first, von, last and jr words of a name: those with a small first letter, and what stands between them, are `von`. */
function partsOf(name) {
  const [whole, ...more] = sectionsOf(name);
  // One word at the end is always the last name; the first of two words is always a first name.
  const small = whole.slice(0, -1).map(isSmall);
  const to = small.lastIndexOf(true) + 1;
  if (more.length) return { first: more.at(-1), von: whole.slice(0, to), last: whole.slice(to), jr: more.length > 1 ? more[0] : [] };
  const from = whole.length > 2 && to ? small.indexOf(true) : whole.length - 1;
  return { first: whole.slice(0, from), von: whole.slice(from, to), last: whole.slice(Math.max(from, to)), jr: [] };
}

/** The words of a name's parts between commas; braces hold words together. */
function sectionsOf(name) {
  const sections = [[]];
  let [depth, word] = [0, ""];
  for (const character of `${name} `) {
    depth += (character === "{") - (character === "}");
    if (depth === 0 && /[\s~,]/.test(character)) {
      if (word) sections.at(-1).push(word);
      word = "";
      if (character === ",") sections.push([]);
    } else {
      word += character;
    }
  }
  return sections;
}

function isSmall(word) {
  const letter = /\p{L}/u.exec(outsideOf(word) ?? "")?.[0];
  return letter !== undefined && !/\p{Uppercase}/u.test(letter);
}
