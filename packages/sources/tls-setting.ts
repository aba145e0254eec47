import { X509Certificate } from 'node:crypto';
import { createSecureContext, type TlsOptions } from 'node:tls';
import type { SourceContext } from '#model/intake.ts';
import { SourceError } from './source-error.ts';

/**
 * The settings `tls-cert` and `tls-key` (PEM, the chain after the certificate), and `tls-client-ca`: peers must then show a certificate of it.
 * TLS 1.2 is the oldest that is spoken (RFC 9325, section 3.1.1).
 */
export function tlsOf(ctx: SourceContext, shown: string): TlsOptions {
  const [cert, key, ca] = [ctx.setting('tls-cert'), ctx.setting('tls-key'), ctx.setting('tls-client-ca')];
  if (cert === undefined || key === undefined) {
    throw new SourceError('setting-missing', `${shown} needs a certificate and its key: name files for the settings tls-cert and tls-key`);
  }
  const options: TlsOptions = { cert, key, minVersion: 'TLSv1.2', ...(ca === undefined ? {} : { ca, requestCert: true, rejectUnauthorized: true }) };
  try {
    createSecureContext(options);
    const until = Date.parse(new X509Certificate(cert).validTo);
    if (until < ctx.clock()) ctx.onDiagnostic({ code: 'source-failed', path: shown, message: 'the certificate of tls-cert has expired: peers will refuse it' });
  } catch (error) {
    // The library's message may quote the file.
    throw new SourceError('setting-invalid', `${shown} cannot use its tls-cert, tls-key or tls-client-ca: they are no PEM, or the key is of another certificate`, error);
  }
  return options;
}
