import { defineEventSource } from '#model/intake.ts';
import { limitsOf, parseAddress } from '../address.ts';
import { tellExposure } from '../exposure.ts';
import { listening } from '../listening.ts';
import { datagramLimits, syslogDatagrams } from '../syslog/datagrams.ts';

export default defineEventSource({
  id: 'syslog-udp',
  title: 'Syslog over UDP (RFC 5426); the network may lose messages, and nobody can tell',
  schemes: ['syslog+udp:'],
  examples: ['syslog+udp://127.0.0.1:5514'],
  network: 'listen',
  open(text, ctx) {
    const address = parseAddress(text, 514, Object.keys(datagramLimits));
    const limits = limitsOf(address, datagramLimits);
    return listening(address, ctx, limits['max-waiting'], (ear) => {
      tellExposure(address, ctx, { proof: false, tls: false });
      return syslogDatagrams(address, limits, ear);
    });
  },
});
