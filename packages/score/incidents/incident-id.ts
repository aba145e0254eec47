/** A name that the same first signal always gives: two FNV-1a hashes of 32 bits. It tells incidents apart and protects nothing. */
export function incidentId(parts: readonly string[]): string {
  let one = 0x811c9dc5;
  let other = 0x01000193;
  for (const part of parts) {
    for (let at = 0; at <= part.length; at++) {
      const code = at === part.length ? 0x10000 : part.charCodeAt(at);
      one = Math.imul(one ^ code, 0x01000193);
      other = Math.imul(other ^ (code + at), 0x85ebca6b) ^ (other >>> 13);
    }
  }
  return `inc-${hex(one)}${hex(other)}`;
}

function hex(value: number): string {
  return (value >>> 0).toString(16).padStart(8, '0');
}
