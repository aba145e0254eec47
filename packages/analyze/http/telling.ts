import { clip } from '#formats/clip.ts';
import { visibleText } from '#formats/visible-text.ts';
import type { UnscoredSignal } from '#model/stream.ts';
import type { Severity } from '#model/severity.ts';
import type { Exchange } from './exchange.ts';
import type { Hit } from './request.ts';
import { explain, type Language, probes } from './verdict.ts';

/** How a person calls it, and how bad it is when it works. */
const kinds: Readonly<Record<Language, readonly [name: string, grave: boolean]>> = {
  sql: ['SQL injection', true], nosql: ['NoSQL injection', true], shell: ['command injection', true], html: ['cross-site scripting', false], script: ['script injection', false],
  path: ['path traversal or file inclusion', true], template: ['template or expression injection', true], ldap: ['LDAP injection', false], xpath: ['XPath injection', false],
  xml: ['XML external entities', true], header: ['header injection', false], address: ['server-side request forgery', true], include: ['server-side include injection', true],
  object: ['injection of a serialised object', true], php: ['injection of program code', true],
};

/** Files asked for by name in the path of the address, a class or a function by its name alone: looking round, not breaking in. */
export function isProbe({ parameter, verdict }: Hit): boolean {
  const all = (what: string): boolean => verdict.clues.every((clue) => clue.what === what);
  return all(probes.code) || (parameter.place === 'path' && verdict.language === 'path' && all(probes.file));
}

export function answerOf({ status }: Exchange): 0 | 1 | 2 {
  if (status === undefined) return 0;
  if (status >= 500) return 2;
  return status < 400 ? 1 : 0;
}

export function kindOf(hit: Hit): string {
  return isProbe(hit) ? 'probe' : hit.verdict.language;
}

export type Told = Pick<UnscoredSignal, 'title' | 'severity' | 'confidence' | 'message' | 'evidence' | 'techniques' | 'tactics'>;

export function tellHit(hit: Hit, exchange: Exchange, times: number): Told {
  const { verdict } = hit;
  if (isProbe(hit)) return tellProbe(hit, exchange, times);
  const [name, grave] = kinds[verdict.language];
  const worked = answerOf(exchange) > 0;
  return {
    title: `${name.charAt(0).toUpperCase()}${name.slice(1)} in an HTTP request`,
    techniques: ['T1190'], tactics: ['initial-access'],
    severity: severityOf(grave, worked),
    confidence: verdict.score >= 5 ? 'high' : 'medium',
    message: `${who(exchange)} tried ${name} on ${where(exchange)}, in ${placeOf(hit)}: the value ${explain(verdict)}${often(times)}. It begins ${excerpt(hit.parameter.value)}`,
    evidence: [
      { factor: verdict.score >= 6 ? 'request.certain' : 'request.likely', detail: explain(verdict) },
      ...(verdict.undone.filter((step) => step !== 'percent-encoding').length > 0 || verdict.undone.length > 1 ? [{ factor: 'request.disguised', detail: `hidden by ${verdict.undone.join(', ')}` }] : []),
      ...outcome(exchange, verdict.language),
    ],
  };
}

function tellProbe({ verdict, parameter }: Hit, exchange: Exchange, times: number): Told {
  const [of, sought] = verdict.language === 'path' ? ['files', "asked %s for a file that is nobody's business"] : ['program code', 'tried on %s whether it takes a text for program code'];
  return {
    ...reconnaissance, title: `Probe for ${of} in an HTTP request`, severity: 'low', confidence: 'medium',
    message: `${who(exchange)} ${sought.replace('%s', () => where(exchange))}: ${excerpt(parameter.value)}${often(times)}`, evidence: outcome(exchange),
  };
}

export function tellScanner(name: string, exchange: Exchange, times: number): Told {
  return { ...reconnaissance, title: 'Scanner for weaknesses', severity: 'low', confidence: 'high', message: `${who(exchange)} scans ${where(exchange)} and calls itself ${name}${often(times)}`, evidence: outcome(exchange) };
}

const reconnaissance = { techniques: ['T1595'], tactics: ['reconnaissance'] } as const;

function severityOf(grave: boolean, worked: boolean): Severity {
  if (grave) return worked ? 'high' : 'medium';
  return worked ? 'medium' : 'low';
}

function outcome({ status }: Exchange, language?: Language): UnscoredSignal['evidence'] {
  if (status === undefined) return [];
  if (status >= 500) return [{ factor: language === undefined ? 'request.answered' : 'request.server-error', detail: `the server failed with ${status}, as programs do that run what they are sent` }];
  if (status < 400) return [{ factor: 'request.answered', detail: `the server answered with ${status}` }];
  return [{ factor: 'event.outcome.failure', detail: `the server refused with ${status}` }];
}

function who({ source }: Exchange): string {
  return source === '' ? 'Somebody' : clip(visibleText(source), 64);
}

function where({ target, request, method }: Exchange): string {
  const path = clip(visibleText(request.path === '' ? '/' : request.path), 48);
  return `${clip(visibleText(target), 64)}${path}${method === '' ? '' : ` (${clip(visibleText(method), 16)})`}`;
}

function placeOf({ parameter: { place, name } }: Hit): string {
  const shown = clip(visibleText(name), 40);
  switch (place) {
    case 'path':
      return 'the path';
    case 'query':
    case 'cookie':
      return shown === '' ? `the ${place}` : `the ${place} parameter '${shown}'`;
    case 'header':
      return `the header '${shown}'`;
    case 'body':
      return shown === '' ? 'the body' : `the body's '${shown}'`;
    default:
      return place satisfies never;
  }
}

const longestExcerpt = 48;

function excerpt(value: string): string {
  return `"${clip(visibleText(value.slice(0, 4 * longestExcerpt)), longestExcerpt)}"`;
}

function often(times: number): string {
  return times === 1 ? '' : ` (attempt ${times})`;
}
