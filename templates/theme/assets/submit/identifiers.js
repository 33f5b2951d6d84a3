// Identifiers that others gave a paper, found in what names it; as `src/vlm_survey/model/identifiers.py` reads them.

const ARXIV_BEFORE = [
  String.raw`(?:https?:\/\/)?(?:www\.|export\.|browse\.)?arxiv\.org\/(?:abs|pdf|html|format|src)\/`,
  String.raw`(?:https?:\/\/)?ar5iv(?:\.labs\.arxiv)?\.org\/(?:abs|html)\/`,
  String.raw`(?:https?:\/\/)?(?:www\.)?alphaxiv\.org\/abs\/`,
  String.raw`(?:(?:https?:\/\/)?(?:dx\.)?doi\.org\/)?10\.48550\/arxiv\.`,
  String.raw`arxiv:\s*`,
].join("|");
const ARXIV = new RegExp(
  String.raw`^(?:${ARXIV_BEFORE})?(?:(\d\d)(\d\d)(\.\d{4,5})|([a-z-]+)(\.[a-z]{2})?\/(\d\d)(\d\d)(\d{3}))(?:v[1-9]\d?)?(?:\.pdf)?(?:\s+\[[a-z.-]+\]|[?#].*)?\/?$`,
  "i",
);
const DOI = /^10\.\d{4,9}(?:\.\d+)*\/[!-~]+$/;
const DOI_BEFORE = /^(?:doi:\s*|((?:https?:\/\/)?(?:(?:dx|www)\.)?doi\.org\/))/i;
const NATURE = /^https?:\/\/(?:www\.)?nature\.com\/articles\/([a-z]+[\w-]+?)(?:\.pdf)?$/i;
const DOI_IN_PATH =
  /\/(?:(?:article|chapter|book|content|articles|doi|document|abs|full|fulltext|epdf|pdf|html|reference|pdfdirect|journals\/[a-z-]+\/articles)\/)+(10\.\d{4,9}\/.+?)(?:\/(?:full|pdf|epdf|abstract|fulltext)|\.pdf|\.full|\.html)?$/i;

/** The arXiv id that `text` is or leads to, without its version; undefined without one. */
export function arxivIn(text) {
  const [, year, month, number, archive, subject = "", ...old] = ARXIV.exec(text) ?? [];
  if (!(Number(month ?? old[1]) >= 1 && Number(month ?? old[1]) <= 12)) return undefined;
  return archive ? `${archive.toLowerCase()}${subject.toUpperCase()}/${old.join("")}` : year + month + number;
}

/** The year of a preprint's first version, which its id begins with. */
export function yearOf(arxiv) {
  const digits = Number(/(\d\d)\d\d/.exec(arxiv)[1]);
  return digits + (digits > 90 ? 1900 : 2000);
}

/** The DOI that `text` is or leads to; undefined without one. */
export function doiIn(text) {
  const [before, resolver] = DOI_BEFORE.exec(text) ?? [];
  // In an address, these signs are the DOI's own only where they are escaped.
  if (before) return bare(decoded(text.slice(before.length).replace(resolver ? /[?#].*$/s : "", "")));
  const article = NATURE.exec(text)?.[1];
  if (article) return bare(`10.1038/${article}`);
  const [, host, path] = /^https?:\/\/([^/?#]*)([^?#]*)/i.exec(text) ?? [];
  if (path === undefined) return bare(text);
  const found = DOI_IN_PATH.exec(decoded(path))?.[1];
  // Their addresses name the version and the form after the DOI.
  const isVersioned = /(?:^|\.)(?:bio|med)rxiv\.org$/i.test(host);
  return found && bare(isVersioned ? found.replace(/v\d+(?:\.[a-z-]+)*$/, "") : found);
}

function bare(text) {
  const doi = text.replace(/\?\w+=.*$/s, "").replace(/[.,;/]+$/, "");
  return DOI.test(doi) ? doi : undefined;
}

function decoded(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
