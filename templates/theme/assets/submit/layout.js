// The file of a new record, in the layout of `vlm-survey fmt`: what fits is on one line.

const WIDTH = 100;
const SCHEMA_LINE = "# yaml-language-server: $schema=../docs/schema/record.schema.json";
const PROSE = new Set(["summary", "note"]);

// What YAML 1.1 takes for something else than text.
const NOT_TEXT = [
  /^(?:yes|Yes|YES|no|No|NO|true|True|TRUE|false|False|FALSE|on|On|ON|off|Off|OFF)$/,
  /^(?:[-+]?0b[01_]+|[-+]?0[0-7_]+|[-+]?(?:0|[1-9][0-9_]*)|[-+]?0x[0-9a-fA-F_]+|[-+]?[1-9][0-9_]*(?::[0-5]?[0-9])+)$/,
  /^(?:[-+]?[0-9][0-9_]*\.[0-9_]*(?:[eE][-+][0-9]+)?|[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+\.[0-9_]*)$/,
  /^[0-9]{4}-[0-9][0-9]?-[0-9][0-9]?(?:(?:[Tt]|[ \t]+)[0-9][0-9]?:[0-9][0-9]:[0-9][0-9](?:\.[0-9]*)?(?:[ \t]*(?:Z|[-+][0-9][0-9]?(?::[0-9][0-9])?))?)?$/,
  // Numbers and times to other readers.
  /^\p{Nd}[\p{Nd}_.,:eExXoO+-]*$/u,
  /^(?:y|n|null)$/i,
];

/** The text of a record's file.
 *
 * @param {object} data - field -> value; fields that say nothing are left out
 * @param {string[]} order - all fields, as the schema orders them
 */
export function recordText(data, order) {
  const blocks = order.filter((name) => says(data[name])).map((name) => block(name, data[name]));
  return [SCHEMA_LINE, ...blocks].join("\n") + "\n";
}

function says(value) {
  if (value === undefined || value === null || value === "") return false;
  return typeof value !== "object" || parts(value).length > 0;
}

function block(name, value) {
  if (name === "added") return `${name}: ${value}`; // A date, the only value that is neither text nor number.
  if (PROSE.has(name) && length(`${name}: ${value}`) > WIDTH) {
    const rows = wrapped(value, WIDTH - 2);
    if (rows.join(" ") === value) return [`${name}: >-`, ...rows.map((row) => "  " + row)].join("\n");
  }
  return lines(`${name}:`, value, 0).join("\n");
}

function wrapped(text, width) {
  const rows = [""];
  for (const word of text.split(" ")) {
    const row = rows.at(-1);
    if (row && length(`${row} ${word}`) > width) rows.push(word);
    else rows[rows.length - 1] = row ? `${row} ${word}` : word;
  }
  return rows;
}

function lines(key, value, indent) {
  const pad = " ".repeat(indent);
  if (!isGroup(value)) return [`${pad}${key} ${scalar(value)}`];
  const line = `${pad}${key} ${flow(value)}`;
  const nested = parts(value).some(isGroup);
  if (!parts(value).length || (!nested && length(line) <= WIDTH)) return [line];
  const inner = indent + 2;
  const rest = Array.isArray(value)
    ? value.flatMap((item) => lines("-", item, inner))
    : Object.entries(value).flatMap(([name, item]) => lines(`${scalar(name)}:`, item, inner));
  return [pad + key, ...rest];
}

function isGroup(value) {
  return typeof value === "object" && value !== null;
}

function parts(value) {
  return Array.isArray(value) ? value : Object.values(value);
}

function flow(value) {
  if (Array.isArray(value)) return `[${value.map(flow).join(", ")}]`;
  if (isGroup(value)) {
    return `{${Object.entries(value).map(([k, v]) => `${scalar(k)}: ${flow(v)}`).join(", ")}}`;
  }
  return scalar(value, true);
}

function scalar(value, inFlow = false) {
  if (value === null) return "null";
  const text = String(value);
  if (typeof value === "number") return text;
  if (!(inFlow && /[,?[\]{}]/.test(text)) && isPlain(text)) return text;
  return /["\\]/.test(text) ? `'${text.replaceAll("'", "''")}'` : `"${text}"`;
}

function isPlain(text) {
  const beginsLikeText = /^[\p{L}\p{N}]/u.test(text);
  const endsEarly = /:\s|\s#|[:\s]$/.test(text);
  return beginsLikeText && !endsEarly && !NOT_TEXT.some((form) => form.test(text));
}

/** Characters, not the halves that some of them are stored in. */
function length(text) {
  return [...text].length;
}
