const depthLimit = 256;
const valueLimit = 1_000_000;

/**
 * Why a text of JSON must not be parsed; undefined when it may be. A few megabytes of brackets become gigabytes of objects, and depth breaks whoever
 * walks it by recursion.
 */
export function tooMuchJson(text: Uint8Array): string | undefined {
  if (text.length <= depthLimit) return undefined;
  let depth = 0;
  let values = 0;
  let inString = false;
  for (let at = 0; at < text.length; at += 1) {
    const byte = text[at];
    if (byte === 0x22) inString = !inString;
    else if (inString) {
      if (byte === 0x5c) at += 1;
    } else if (byte === 0x2c) values += 1;
    else if (byte === 0x5b || byte === 0x7b) {
      depth += 1;
      values += 1;
      if (depth > depthLimit) return `it is nested deeper than ${depthLimit}`;
    } else if (byte === 0x5d || byte === 0x7d) depth -= 1;
  }
  return values > valueLimit ? `it holds more than ${valueLimit} values` : undefined;
}
