/**
 * A pure reader of lines that recalls the last one: a mapping is asked whether it takes a line, then what it says of it, and several read lines of one form.
 * It never changes a result. What it gives is shared: nobody may change it.
 */
export function recallLast<Found>(read: (line: string) => Found | undefined): (value: unknown) => Found | undefined {
  let last: string | undefined;
  let found: Found | undefined;
  return (value) => {
    if (typeof value !== 'string') return undefined;
    if (value !== last) {
      found = read(value);
      last = value;
    }
    return found;
  };
}
