// Citations of a list of records, to download or to copy.

import { copied } from "../site.js";
import { UNFETCHED } from "./files.js";

const FORMS = {
  bib: { name: "papers.bib", type: "application/x-bibtex", separator: "\n" },
  ris: { name: "papers.ris", type: "application/x-research-info-systems", separator: "\n" },
  csv: { name: "papers.csv", type: "text/csv", separator: "" },
};
const COLUMN = { bib: "bibtex", ris: "ris", csv: "csv" };

/** Files fetched at once: more would only wait in the browser. */
const AT_ONCE = 6;

/**
 * Save or copy the citations of some records, and say how that went.
 * @param {"bib" | "ris" | "csv" | "copy"} form
 * @param {number[] | Promise<number[]>} chosen Where the records are.
 * @param {(text: string) => void} say
 */
export async function take(catalog, form, chosen, say) {
  try {
    const positions = await chosen;
    const text = await collected(catalog, positions, form === "copy" ? "bib" : form, (part) => say(`Collecting citations: ${part} …`));
    const citations = `${positions.length} ${positions.length === 1 ? "citation" : "citations"}`;
    if (form === "copy") return say(await copied(text, `Copied ${citations}.`));
    download(text, form);
    say(`Downloaded ${citations}.`);
  } catch (error) {
    say(`The citations ${UNFETCHED}`);
    throw error;
  }
}

/**
 * The citations of the records at `positions`, in that order.
 * @param {(part: string) => void} progress Is told now and then how far a long list is.
 */
async function collected(catalog, positions, form, progress) {
  const places = new Map();
  positions.forEach((position, place) => {
    const file = catalog.wholesFile(position);
    if (!places.has(file)) places.set(file, []);
    places.get(file).push(place);
  });
  const texts = new Array(positions.length);
  const waiting = places.entries();
  let done = 0;
  const fetching = Array.from({ length: AT_ONCE }, async () => {
    for (const [file, wanted] of waiting) {
      const wholes = await catalog.wholes(file);
      for (const place of wanted) texts[place] = wholes[positions[place] % catalog.chunk.records][COLUMN[form]];
      done += wanted.length;
      if (places.size > AT_ONCE) progress(`${done} of ${positions.length}`);
    }
  });
  await Promise.all(fetching);
  return (form === "csv" ? catalog.csv : "") + texts.join(FORMS[form].separator);
}

function download(text, form) {
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
