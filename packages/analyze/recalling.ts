/** Longer texts are asked about anew. */
const longest = 4_096;

/**
 * A pure function that recalls its answers: events name the same few things again and again. It never changes a result. What it gives is shared: nobody may
 * change it. When `most` answers are recalled, it begins anew.
 */
export function recalling<Found>(find: (text: string) => Found, most = 4_000): (text: string) => Found {
  const known = new Map<string, { readonly found: Found }>();
  return (text) => {
    const recalled = known.get(text);
    if (recalled !== undefined) return recalled.found;
    const found = find(text);
    if (text.length > longest) return found;
    if (known.size >= most) known.clear();
    known.set(text, { found });
    return found;
  };
}
