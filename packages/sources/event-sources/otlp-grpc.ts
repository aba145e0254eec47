import { defineEventSource } from '#model/intake.ts';
import { limitsOf, parseAddress } from '../address.ts';
import { tellExposure } from '../exposure.ts';
import { grpcDoorway } from '../grpc/server.ts';
import { httpLimits } from '../http/limits.ts';
import { hasPasses, secretsOf } from '../http/proof.ts';
import { listening } from '../listening.ts';
import { tlsOf } from '../tls-setting.ts';

/** OTLP over HTTP is served by `http:`. */
export default defineEventSource({
  id: 'otlp-grpc',
  title: 'OpenTelemetry over gRPC: logs and metrics; spans are counted',
  schemes: ['otlp+grpc:', 'otlp+grpcs:'],
  examples: ['otlp+grpc://127.0.0.1:4317', 'otlp+grpcs://0.0.0.0:4317'],
  network: 'listen',
  open(text, ctx) {
    const address = parseAddress(text, 4317, Object.keys(httpLimits));
    const limits = limitsOf(address, httpLimits);
    const tls = address.scheme === 'otlp+grpcs:' ? tlsOf(ctx, address.shown) : undefined;
    const passes = { tokens: secretsOf(ctx.setting('token')), basics: secretsOf(ctx.setting('basic')) };
    return listening(address, ctx, limits['max-waiting'], (ear) => {
      tellExposure(address, ctx, { proof: hasPasses(passes) || tls?.requestCert === true, tls: tls !== undefined });
      return grpcDoorway({ address, limits, passes, tls }, ear);
    });
  },
});
