// Judging a record by the catalog's own JSON Schema: the keywords that it uses, and no others.

/** What is wrong with `value`, each with the path that leads there.
 *
 * @returns {{path: (string|number)[], keyword: string, schema: object}[]}
 */
export function problems(value, schema, root = schema, path = []) {
  if (schema.$ref) {
    return problems(value, schema.$ref.slice(2).split("/").reduce((at, key) => at[key], root), root, path);
  }
  for (const keyword of ["anyOf", "oneOf"]) {
    if (!schema[keyword]) continue;
    const found = schema[keyword].map((part) => problems(value, part, root, path));
    if (found.some((list) => !list.length)) return [];
    // The branch of the value's own type says best what is wrong.
    const own = schema[keyword].findIndex((part) => part.type && isOf(value, part.type));
    return own < 0 ? [{ path, keyword, schema }] : found[own];
  }
  const found = Object.keys(schema)
    .filter((keyword) => fails(value, keyword, schema[keyword]))
    .map((keyword) => ({ path, keyword, schema }));
  if (found.length || typeof value !== "object" || value === null) return found;
  if (Array.isArray(value)) {
    return value.flatMap((item, place) => problems(item, schema.items ?? {}, root, [...path, place]));
  }
  for (const name of schema.required ?? []) {
    if (!(name in value)) found.push({ path: [...path, name], keyword: "required", schema });
  }
  for (const [name, part] of Object.entries(value)) {
    const known = schema.properties && Object.hasOwn(schema.properties, name);
    const inner = known ? schema.properties[name] : schema.additionalProperties;
    if (inner === false) found.push({ path: [...path, name], keyword: "additionalProperties", schema });
    else if (inner && inner !== true) found.push(...problems(part, inner, root, [...path, name]));
  }
  return found;
}

function fails(value, keyword, limit) {
  const isText = typeof value === "string";
  const isNumber = typeof value === "number";
  switch (keyword) {
    case "type":
      return !isOf(value, limit);
    case "const":
      return value !== limit;
    case "enum":
      return !limit.includes(value);
    case "pattern":
      return isText && !new RegExp(limit, "u").test(value);
    case "minLength":
      return isText && [...value].length < limit;
    case "maxLength":
      return isText && [...value].length > limit;
    case "minimum":
      return isNumber && value < limit;
    case "maximum":
      return isNumber && value > limit;
    case "maxItems":
      return Array.isArray(value) && value.length > limit;
    case "uniqueItems":
      return limit && Array.isArray(value) && new Set(value).size < value.length;
    default:
      return false;
  }
}

function isOf(value, type) {
  switch (type) {
    case "null":
      return value === null;
    case "array":
      return Array.isArray(value);
    case "object":
      return typeof value === "object" && value !== null && !Array.isArray(value);
    case "integer":
      return Number.isInteger(value);
    default:
      return typeof value === type;
  }
}
