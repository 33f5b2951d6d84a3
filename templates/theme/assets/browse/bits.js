// Sets of positions, a bit each: what two conditions have in common is a few thousand operations away.

export class Bits {
  /** @param {number} size Number of positions; the set is empty at first. */
  constructor(size) {
    this.size = size;
    this.words = new Uint32Array((size + 31) >>> 5);
  }

  static all(size) {
    const bits = new Bits(size);
    bits.words.fill(0xffffffff);
    if (size & 31) bits.words[bits.words.length - 1] = (1 << (size & 31)) - 1;
    return bits;
  }

  copy() {
    const bits = new Bits(this.size);
    bits.words.set(this.words);
    return bits;
  }

  add(position) {
    this.words[position >>> 5] |= 1 << (position & 31);
  }

  has(position) {
    return ((this.words[position >>> 5] >>> (position & 31)) & 1) === 1;
  }

  /** Add all of another set. */
  or(other) {
    for (let at = 0; at < this.words.length; at += 1) this.words[at] |= other.words[at];
    return this;
  }

  /** Keep what the other set has, too. */
  and(other) {
    for (let at = 0; at < this.words.length; at += 1) this.words[at] &= other.words[at];
    return this;
  }

  /** Drop what the other set has. */
  without(other) {
    for (let at = 0; at < this.words.length; at += 1) this.words[at] &= ~other.words[at];
    return this;
  }

  get count() {
    return this.countIn(this);
  }

  /** How many positions this set shares with another one. */
  countIn(other) {
    let count = 0;
    for (let at = 0; at < this.words.length; at += 1) {
      const shared = this.words[at] & other.words[at];
      if (shared) count += ones(shared);
    }
    return count;
  }
}

/** The ones in a word: counted in pairs, in fours, in bytes, and these added by one multiplication. */
function ones(word) {
  const pairs = word - ((word >>> 1) & 0x55555555);
  const fours = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333);
  return Math.imul((fours + (fours >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}
