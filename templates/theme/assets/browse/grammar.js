// The filter grammar of addresses: the same contract as the command line's `--where`.
// `src/vlm_survey/views/query.py` describes it; both run the cases of `tests/views/query.yaml`.

const SORTS = ["relevance", "year", "-year", "title", "-title", "added", "-added"];
const MOST_NAMED = 60;
const VIEWS = ["cards", "table"];
const unique = (values) => [...new Set(values)].sort();

/** @returns {Query} A query that selects everything. */
export function emptyQuery() {
  return { wanted: new Map(), unwanted: new Map(), text: "", years: null, has: [], sort: "", view: "" };
}

/**
 * Read the part of an address after its `?`.
 * @param {string} address
 * @param {Map<string, string[]>} known Field -> its values, `has` among them.
 * @param {Map<string, Object<string, string>>} former Field -> ids that values had before -> ids now.
 * @returns {{query: Query, problems: string[]}} What could not be read is left out and named.
 */
export function parseQuery(address, known, former) {
  const query = emptyQuery();
  const problems = [];
  for (const [field, value] of new URLSearchParams(address)) {
    const problem = addCondition(query, field, value, known, former);
    if (problem) problems.push(problem);
  }
  return { query: tidied(query), problems };
}

function addCondition(query, field, value, known, former) {
  const refuse = (values, asked = value) => `${field}='${asked}': use one of ${listed(values)}`;
  if (field === "q") {
    query.text = [query.text, ...value.split(/\s+/)].filter(Boolean).join(" ");
  } else if (field === "year") {
    return addYears(query, value);
  } else if (field === "sort") {
    if (value && !SORTS.includes(value)) return refuse(SORTS);
    query.sort = value;
  } else if (field === "view") {
    if (!VIEWS.includes(value)) return refuse(VIEWS);
    query.view = value === VIEWS[0] ? "" : value;
  } else if (!known.has(field)) {
    return `unknown field '${field}': use one of ${[...known.keys(), "q", "year", "sort", "view"].join(", ")}`;
  } else {
    const values = known.get(field);
    const negated = field !== "has" && value.startsWith("!");
    const given = negated ? value.slice(1) : value;
    const now = former.get(field) ?? {};
    const asked = Object.hasOwn(now, given) ? now[given] : given;
    if (!values.includes(asked)) return refuse(values, asked);
    if (field === "has") query.has.push(asked);
    else add(negated ? query.unwanted : query.wanted, field, asked);
  }
  return "";
}

/** The values that a message lists. */
function listed(values) {
  const more = values.length - MOST_NAMED;
  return values.slice(0, MOST_NAMED).join(", ") + (more > 0 ? ` … (${more} more)` : "");
}

function addYears(query, value) {
  const match = /^(?:(\d{4})|(\d{4})?\.\.(\d{4})?)$/.exec(value);
  if (!match || value === "..") return `year='${value}': write 2023, 2022..2024, 2022.. or ..2024`;
  const [first, last] = match[1] ? [match[1], match[1]] : [match[2], match[3]];
  if (first && last && first > last) return `year='${value}': the first year is after the last`;
  const firsts = [query.years?.[0], first && Number(first)].filter((year) => typeof year === "number");
  const lasts = [query.years?.[1], last && Number(last)].filter((year) => typeof year === "number");
  const within = [firsts.length ? Math.max(...firsts) : null, lasts.length ? Math.min(...lasts) : null];
  if (firsts.length && lasts.length && within[0] > within[1]) {
    return `year='${value}': no year is in all spans that are asked for`;
  }
  query.years = within;
  return "";
}

function add(fields, field, value) {
  fields.set(field, [...(fields.get(field) ?? []), value]);
}

/** @returns {Query} The same query with every list sorted and without doubles or empty fields. */
export function tidied(query) {
  const fields = (map) =>
    new Map([...map].filter(([, values]) => values.length).sort().map(([field, values]) => [field, unique(values)]));
  return {
    ...query,
    wanted: fields(query.wanted),
    unwanted: fields(query.unwanted),
    has: unique(query.has),
  };
}

/** The canonical address of a query, without `?`. */
export function printQuery(query) {
  const pairs = [];
  for (const [field, values] of query.wanted) for (const value of values) pairs.push([field, value]);
  for (const [field, values] of query.unwanted) for (const value of values) pairs.push([field, `!${value}`]);
  if (query.text) pairs.push(["q", query.text]);
  if (query.years) pairs.push(["year", printYears(query.years)]);
  for (const value of query.has) pairs.push(["has", value]);
  if (query.sort) pairs.push(["sort", query.sort]);
  if (query.view) pairs.push(["view", query.view]);
  return pairs.map((pair) => pair.map(encoded).join("=")).join("&");
}

function printYears(years) {
  const [first, last] = years.map((year) => (year === null ? "" : String(year).padStart(4, "0")));
  return first === last ? first : `${first}..${last}`;
}

function encoded(text) {
  return encodeURIComponent(text)
    .replace(/['()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`)
    .replace(/%20/g, "+");
}
