import { defineEventSource } from '#model/intake.ts';
import { limitsOf, parseAddress } from '../address.ts';
import { tellExposure } from '../exposure.ts';
import { elasticsearchRoutes } from '../http/elasticsearch.ts';
import { httpLimits } from '../http/limits.ts';
import { otlpRoutes } from '../http/otlp.ts';
import { plainJsonRoute } from '../http/plain-json.ts';
import { hasPasses, secretsOf } from '../http/proof.ts';
import { remoteWriteRoute } from '../http/remote-write.ts';
import { httpDoorway } from '../http/server.ts';
import { splunkRoutes } from '../http/splunk.ts';
import { webhookRoutes } from '../http/webhooks.ts';
import { listening } from '../listening.ts';
import { SourceError } from '../source-error.ts';
import { tlsOf } from '../tls-setting.ts';

/**
 * One server, told apart by path: `/` JSON, `/services/collector` Splunk, `/_bulk` Elasticsearch, `/v1/logs` and `/v1/metrics` OTLP,
 * `/api/v1/write` Prometheus, `/github`, `/gitlab` and `/webhook` what forges and others send.
 */
export default defineEventSource({
  id: 'http-intake',
  title: 'HTTP: JSON, Splunk HEC, Elasticsearch bulk, OTLP, Prometheus remote write, webhooks of GitHub, GitLab and Standard Webhooks',
  schemes: ['http:', 'https:'],
  examples: ['http://127.0.0.1:8088/', 'https://0.0.0.0:8088/?max-connections=200'],
  network: 'listen',
  open(text, ctx) {
    const address = parseAddress(text, 8088, Object.keys(httpLimits));
    if (address.path !== '' && address.path !== '/') throw new SourceError('address-invalid', `${address.scheme} listens on all its paths: leave the path of its address out`);
    const limits = limitsOf(address, httpLimits);
    const tls = address.scheme === 'https:' ? tlsOf(ctx, address.shown) : undefined;
    const passes = { tokens: secretsOf(ctx.setting('token')), basics: secretsOf(ctx.setting('basic')) };
    if (passes.basics.some((basic) => !basic.includes(':'))) throw new SourceError('setting-invalid', `the setting basic of ${address.shown} is not of the form user:password`);
    const routes = [plainJsonRoute, ...splunkRoutes(), ...elasticsearchRoutes, ...otlpRoutes, remoteWriteRoute, ...webhookRoutes()];
    return listening(address, ctx, limits['max-waiting'], (ear) => {
      tellExposure(address, ctx, { proof: hasPasses(passes) || tls?.requestCert === true, tls: tls !== undefined });
      return httpDoorway({ address, limits, routes, passes, tls }, ear);
    });
  },
});
