// Which of the catalog's venues a citation means: the names of many journals are parts of others' names.

import { folded } from "./folding.js";

const CHANGING =
  /\b(?:proceedings of|annual|(?:19|20)\d\d|\d+(?:st|nd|rd|th)|(?:\w+ty[- ])?(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth)|\w+(?:teen|tie)th)\b/gi;

/**
 * @param {string} place
 * @param {{id: string, name: string, short: string}[]} venues `short` is empty where it is no other word than the name.
 * @returns {string|undefined} The id of the venue whose name `place` is, or whose abbreviation stands apart in it.
 */
export function venueNamed(place, venues) {
  // Workshops print the name of the conference that they belong to.
  const candidates = /workshop/i.test(place) ? venues.filter(({ name }) => /workshop/i.test(name)) : venues;
  const whole = lasting(place);
  const parts = place.split(/[,–—()]|\s-\s/).map(lasting).filter(Boolean);
  const found =
    candidates.find(({ name, short }) => whole && (lasting(name) === whole || folded(short) === whole)) ??
    candidates.find(({ short }) => parts.includes(folded(short)));
  return found?.id;
}

/** What remains of a name when all is taken away that differs from year to year, or abbreviates it. */
function lasting(name) {
  const bare = name.replace(/\(([^()]*)\)/g, (all, inside) => (/[A-Z]\S*[A-Z]|^[Vv]olume\b/.test(inside) ? "" : all));
  return folded(bare.replace(CHANGING, " ").replace(/^\s*the\b/i, ""));
}
