// Answers queries with the list's own modules: `node queries.mjs ASSETS DATA`, a JSON list of
// addresses on the standard input. Files come from the folder DATA instead of a server.

import { readFile } from "node:fs/promises";
import { pathToFileURL } from "node:url";

const [assets, data] = process.argv.slice(2);
let fetched = 0;
globalThis.fetch = async (address) => {
  const text = await readFile(address.replace(/\?.*$/, ""), "utf8");
  fetched += text.length;
  return { ok: true, json: async () => JSON.parse(text) };
};

const module = (name) => import(pathToFileURL(`${assets}/browse/${name}.js`));
const { Catalog } = await module("catalog");
const { parseQuery, printQuery } = await module("grammar");

const chunks = [];
for await (const chunk of process.stdin) chunks.push(chunk);
const answers = [];
for (const address of JSON.parse(Buffer.concat(chunks).toString())) {
  const catalog = await Catalog.load(`${data}/`, "");
  fetched = 0;
  const { query, problems } = parseQuery(address, catalog.known, catalog.former);
  const words = await catalog.search.find(query.text);
  const forWords = fetched;
  const { positions, counts, without, years } = await catalog.select(query, words);
  const cards = await Promise.all(Array.from(positions, (position) => catalog.card(position)));
  answers.push({
    problems,
    canonical: printQuery(query),
    ids: cards.map((card) => card.id),
    places: await catalog.positionsOf(cards.map((card) => card.id)),
    positions: [...positions],
    counts: Object.fromEntries(counts),
    without: Object.fromEntries(without),
    years: Object.fromEntries(years),
    forWords,
  });
}
process.stdout.write(JSON.stringify(answers));
