import type { SourceContext } from '#model/intake.ts';
import { type Address, isLoopback } from './address.ts';

/** Says so when other machines can reach a listener that asks nobody who they are, or speaks in the clear. */
export function tellExposure(address: Address, ctx: SourceContext, { proof, tls }: { readonly proof: boolean; readonly tls: boolean }): void {
  if (isLoopback(address.host) || (proof && tls)) return;
  const asks = proof ? 'what it hears can be read on the way' : 'anyone who reaches it can send records, true or made up';
  ctx.onDiagnostic({ code: 'source-exposed', path: address.shown, message: `listens on ${address.host}, which other machines can reach, ${missing(proof, tls)}: ${asks}` });
}

function missing(proof: boolean, tls: boolean): string {
  if (proof) return 'without TLS';
  return tls ? 'without a token or client certificates' : 'without TLS and without a token';
}
