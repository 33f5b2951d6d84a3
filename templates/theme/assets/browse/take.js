// Citations of a list of records, to download or to copy.

const FORMS = {
  bib: { name: "papers.bib", type: "application/x-bibtex", separator: "\n" },
  ris: { name: "papers.ris", type: "application/x-research-info-systems", separator: "\n" },
  csv: { name: "papers.csv", type: "text/csv", separator: "" },
};
const COLUMN = { bib: "bibtex", ris: "ris", csv: "csv" };

/** The citations of the records at `positions`, in that order. */
export async function citations(catalog, positions, form) {
  const wholes = await Promise.all(positions.map((position) => catalog.whole(position)));
  const heading = form === "csv" ? catalog.csv : "";
  return heading + wholes.map((whole) => whole[COLUMN[form]]).join(FORMS[form].separator);
}

export function download(text, form) {
  const { name, type } = FORMS[form];
  const url = URL.createObjectURL(new Blob([text], { type: `${type};charset=utf-8` }));
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  // The download has begun with the click; the copy in memory is no longer needed a while later.
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

/** One line that says which papers these are, to be put beside them in a text. */
export function viewCitation(catalog, canonical, count, link) {
  const filter = canonical ? `filter ${canonical}` : "no filter";
  return `${catalog.name}, release ${catalog.release}: ${count} of ${catalog.size} papers (${filter}). ${link}`;
}
