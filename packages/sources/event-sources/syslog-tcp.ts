import { defineEventSource } from '#model/intake.ts';
import { limitsOf, parseAddress } from '../address.ts';
import { tellExposure } from '../exposure.ts';
import { listening } from '../listening.ts';
import { connectionLimits, syslogConnections } from '../syslog/connections.ts';

/** Messages are handed on as they came, with their `<PRI>`: RFC 3164, RFC 5424, CEF and LEEF are told apart by mappings. */
export default defineEventSource({
  id: 'syslog-tcp',
  title: 'Syslog over TCP, framed by counts or by line feeds (RFC 6587)',
  schemes: ['syslog+tcp:'],
  examples: ['syslog+tcp://127.0.0.1:5514', 'syslog+tcp://0.0.0.0:514?max-connections=200'],
  network: 'listen',
  open(text, ctx) {
    const address = parseAddress(text, 514, Object.keys(connectionLimits));
    const limits = limitsOf(address, connectionLimits);
    return listening(address, ctx, limits['max-waiting'], (ear) => {
      tellExposure(address, ctx, { proof: false, tls: false });
      return syslogConnections(address, limits, ear);
    });
  },
});
