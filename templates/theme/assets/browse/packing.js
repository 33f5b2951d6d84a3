// Numbers as text, a character each; `src/vlm_survey/views/packing.py` writes them and says why.

const FIRST = "#".charCodeAt(0);
const BACKSLASH = "\\".charCodeAt(0);
const SURROGATES = 0xd800;

/** @returns {Uint32Array} The numbers that a text stands for. */
export function unpacked(text) {
  const numbers = new Uint32Array(text.length);
  let count = 0;
  for (let at = 0; at < text.length; at += 1) {
    let code = text.charCodeAt(at);
    if (code >= SURROGATES) {
      code = text.codePointAt(at);
      if (code > 0xffff) at += 1;
      code -= 0x800;
    }
    numbers[count++] = code - FIRST - (code > BACKSLASH ? 1 : 0);
  }
  return numbers.subarray(0, count);
}
