// Addresses as `fmt` writes them: without tracking, with https where the host is known to have it.
// The words of both rules come from the page: `src/vlm_survey/model/url.py` holds them.

/**
 * @param {string} address
 * @param {{tracking: string, secure: string[]}} rules A pattern of parameters' names; hosts.
 */
export function tidied(address, rules) {
  const parts = /^(https?):\/\/([^/?#]*)([^?#]*)(?:\?([^#]*))?(#.*)?$/is.exec(address);
  if (!parts) return address;
  const [, scheme, host, path, query, fragment = ""] = parts;
  const name = host.toLowerCase();
  const isSecure = rules.secure.some((known) => name === known || name.endsWith(`.${known}`));
  const kept = (query ?? "").split("&").filter((piece) => piece && !isTracking(piece, rules.tracking));
  return `${isSecure ? "https" : scheme.toLowerCase()}://${name}${path}${kept.length ? `?${kept.join("&")}` : ""}${fragment}`;
}

function isTracking(piece, tracking) {
  const [name, ...value] = piece.split("=");
  return new RegExp(`^(?:${tracking})$`, "i").test(name) || decoded(value.join("=")) === "inline link";
}

function decoded(text) {
  try {
    return decodeURIComponent(text.replaceAll("+", " "));
  } catch {
    return text;
  }
}
