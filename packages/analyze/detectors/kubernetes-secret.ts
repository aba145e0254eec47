import type { Match } from '#model/finding.ts';
import { defineDetector } from '#model/unit.ts';
import { decodeBase64, latin1 } from '../base64.ts';
import { lineIndex } from '../line-index.ts';
import { judgePassword } from '../passwords.ts';
import { blankedLine } from '../text-rules.ts';

/** One `key: value` below `data:` or `stringData:`; offsets are into the document. */
interface Entry {
  readonly encoded: boolean;
  readonly value: string;
  readonly start: number;
}

const kind = /^kind:[ \t]{0,8}["']?Secret["']?[ \t]{0,8}\r?$/im;
const entryLine = /^([ \t]{0,16})["']?([\w.-]{1,120})["']?:[ \t]{1,8}(["']?)([^\s"'#][^"'\r]{0,8000}?)\3[ \t]{0,8}\r?$/;
/** Keys that name things rather than keep them. */
const harmless = /(?:user(?:name)?|login|host(?:name)?|port|database|name|region|bucket|endpoint|url|email|type|\.crt|\.pub|ca)$/i;

export default defineDetector({
  id: 'secrets/kubernetes-secret',
  title: 'Secret in a Kubernetes manifest',
  surface: 'secrets',
  severity: 'high',
  confidence: 'medium',
  persona: 'regular',
  cwe: [798, 312],
  consequence: 'Whoever reads it decodes the base64 and uses the value.',
  remediation: 'Change the value, and keep it in a sealed, encrypted or external secret.',
  references: ['https://kubernetes.io/docs/concepts/configuration/secret/'],
  needs: ['kind: secret', 'kind: "secret"', "kind: 'secret'"],
  detect(doc, _hits, ctx) {
    const found: Match[] = [];
    const index = lineIndex(doc.bytes);
    const aside = doc.traits.test || doc.traits.example || doc.traits.documentation;
    for (const { value, start, encoded } of manifests(doc.text).flatMap(entriesOf)) {
      const detail = reasonFor(value, encoded);
      if (detail === undefined) continue;
      found.push({
        region: index.region(start, start + value.length),
        message: encoded ? 'A Secret holds its value in base64, which hides nothing.' : 'A Secret holds its value in plain text.',
        ...(aside ? { persona: 'pedantic' } : {}),
        evidence: [{ factor: 'context.assigned', detail }],
        context: blankedLine(doc, index, start, start + value.length),
        secretDigest: ctx.digest(value),
      });
    }
    return found;
  },
});

/** YAML documents of kind Secret, with their offsets. */
function manifests(text: string): { text: string; start: number }[] {
  const parts: { text: string; start: number }[] = [];
  for (let start = 0; start < text.length; ) {
    const next = text.indexOf('\n---', start);
    const end = next === -1 ? text.length : next + 1;
    const part = text.slice(start, end);
    if (kind.test(part)) parts.push({ text: part, start });
    start = next === -1 ? text.length : next + 4;
  }
  return parts;
}

/** The entries of the sections that hold values, by their indentation. */
function entriesOf(manifest: { text: string; start: number }): Entry[] {
  const entries: Entry[] = [];
  let section: string | undefined;
  let at = manifest.start;
  for (const line of manifest.text.split('\n')) {
    const head = /^(data|stringData):[ \t]{0,8}\r?$/.exec(line)?.[1];
    if (head !== undefined) section = head;
    else if (/^\S/.test(line)) section = undefined;
    else if (section !== undefined) {
      const found = entryLine.exec(line);
      const value = found?.[4];
      if (value !== undefined && !harmless.test(found?.[2] ?? '')) entries.push({ encoded: section === 'data', value, start: at + line.lastIndexOf(value) });
    }
    at += line.length + 1;
  }
  return entries;
}

/** Why the value is believed; undefined when it stands for another or is stock. */
function reasonFor(value: string, encoded: boolean): string | undefined {
  if (!encoded) return judgePassword(value).verdict === 'invalid' ? undefined : judgePassword(value).detail;
  const bytes = value.length < 8 ? undefined : decodeBase64(value);
  if (bytes === undefined) return undefined;
  const text = latin1(bytes).replace(/\r?\n$/, '');
  if (!/^[\x20-\x7e]+$/.test(text)) return 'decodes to bytes, perhaps a key';
  const { verdict, detail } = judgePassword(text);
  return verdict === 'invalid' ? undefined : detail;
}
