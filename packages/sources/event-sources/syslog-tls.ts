import { defineEventSource } from '#model/intake.ts';
import { limitsOf, parseAddress } from '../address.ts';
import { tellExposure } from '../exposure.ts';
import { listening } from '../listening.ts';
import { connectionLimits, syslogConnections } from '../syslog/connections.ts';
import { tlsOf } from '../tls-setting.ts';

export default defineEventSource({
  id: 'syslog-tls',
  title: 'Syslog over TLS (RFC 5425); with tls-client-ca only peers that have a certificate of it',
  schemes: ['syslog+tls:'],
  examples: ['syslog+tls://127.0.0.1:6514'],
  network: 'listen',
  open(text, ctx) {
    const address = parseAddress(text, 6514, Object.keys(connectionLimits));
    const limits = limitsOf(address, connectionLimits);
    const tls = tlsOf(ctx, address.shown);
    return listening(address, ctx, limits['max-waiting'], (ear) => {
      tellExposure(address, ctx, { proof: tls.requestCert === true, tls: true });
      return syslogConnections(address, limits, ear, tls);
    });
  },
});
