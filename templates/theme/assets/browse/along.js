// On a record's page: the reader goes on along her list, past what it had fetched when she left it.

import { Files } from "./files.js";

/**
 * Fetch the ids that come next in a list.
 * @param {{ids: string[], ahead: number[], data: string, version: string, chunk: number}} list As the page of
 *   papers left it; ids move from `ahead`, where only positions are known, to `ids`.
 */
export async function lengthen(list) {
  const files = new Files(list.data, list.version);
  const number = Math.floor(list.ahead[0] / list.chunk);
  const cards = await files.get(`cards-${number}.json`);
  while (list.ahead.length && Math.floor(list.ahead[0] / list.chunk) === number) {
    list.ids.push(cards[list.ahead.shift() % list.chunk].id);
  }
}
