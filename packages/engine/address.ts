/** `slack+https://...` has the scheme `slack+https:`; a path and `-` have none. A single letter is a drive of Windows. */
export function schemeOf(address: string): string | undefined {
  return /^([a-z][a-z0-9+.-]+:)/i.exec(address)?.[1]?.toLowerCase();
}

/** An address as it may be shown: without user, password, query and fragment, where tokens are put. */
export function shownAddress(address: string): string {
  if (schemeOf(address) === undefined) return address;
  return address.replace(/^([a-z][a-z0-9+.-]*:\/\/)[^/?#]*@/i, '$1').replace(/[?#].*$/s, '');
}

/** Chat and incident webhooks are known by their path alone: whoever reads it can write there. */
export function withoutPath(address: string): string {
  const shown = shownAddress(address);
  return /^([a-z][a-z0-9+.-]*:\/\/[^/]*)/i.exec(shown)?.[1] ?? shown;
}

/**
 * Secrets by the names that the user gave them: `slack.token=FILE` for the unit `slack` alone, `token=FILE` for every unit that takes `plain` names. Receivers
 * don't: what a listener is to be spoken to with must not be sent to anyone. `read` gives a file's text.
 */
export function settingsFor(unit: string, named: ReadonlyMap<string, string>, read: (path: string) => string, plain: boolean): (name: string) => string | undefined {
  return (name) => {
    const path = named.get(`${unit}.${name}`) ?? (plain ? named.get(name) : undefined);
    return path === undefined ? undefined : read(path).replace(/\r?\n$/, '');
  };
}
