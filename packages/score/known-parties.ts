import type { Event } from '#model/event.ts';
import type { Evidence } from '#model/finding.ts';

/** What the lists of the user say about the machines and people of an event, as factors of the risk. */
export function partyEvidence(events: readonly Event[]): readonly Evidence[] {
  const found = new Map<string, Evidence>();
  for (const { enrichments } of events) {
    if (!Array.isArray(enrichments)) continue;
    for (const enrichment of enrichments as readonly { readonly type?: unknown; readonly data?: { readonly criticality?: unknown; readonly privileged?: unknown } }[]) {
      const { criticality, privileged } = enrichment.data ?? {};
      if (criticality === 'critical' || criticality === 'high') add(found, `asset.${criticality}`, `a machine of ${criticality} importance takes part`);
      if (privileged === true) add(found, 'identity.privileged', 'a privileged account takes part');
    }
  }
  // The graver of two says it all.
  if (found.has('asset.critical')) found.delete('asset.high');
  return [...found.values()];
}

function add(found: Map<string, Evidence>, factor: string, detail: string): void {
  found.set(factor, { factor, detail });
}
