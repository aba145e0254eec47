import type { Decision } from '#model/decision.ts';
import { visibleText } from '#formats/visible-text.ts';
import { CliError, defineCommand, exitCodes } from '../command.ts';
import type { Invocation, OptionValues } from '../command.ts';
import { bypassed, readBypass } from '../gate-bypass.ts';

const dayInMinutes = 1440;

export default defineCommand({
  name: 'gate',
  summary: 'Decide by policy and signed evidence whether a change may pass',
  description:
    'Reads signed attestations of scans, hashes the tree itself, and asks the policies. Ends with 0 for pass, 1 for block, 2 for unknown, ' +
    '3 for bad usage. Evidence that is missing, stale, forged, incomplete or about another tree is unknown, and unknown never passes. ' +
    'What the gate trusts must not lie in the judged tree, unless its SHA-256 is pinned.',
  positionals: [{ name: 'path', help: 'The tree to judge (default: the current folder)' }],
  options: {
    action: { type: 'string', choices: ['merge', 'deploy'], default: 'merge', help: 'What is to happen' },
    attestation: { type: 'string', short: 'a', value: 'FILE', multiple: true, path: true, help: 'Attestation of a scan; with several, all of them must hold' },
    trust: { type: 'string', value: 'FILE', multiple: true, path: true, setting: 'env', help: 'Public key of whoever scans' },
    policy: { type: 'string', value: 'FILE', multiple: true, path: true, setting: 'env', help: 'Cedar policies in place of those that ship' },
    pin: { type: 'string', value: 'SHA256', multiple: true, setting: 'env', help: 'Accept the key or policy file with this SHA-256 although it lies in the judged tree' },
    report: { type: 'string', value: 'FILE', path: true, help: 'The report that was attested; it must say the same' },
    'max-age': { type: 'string', value: 'MINUTES', number: { min: 1, max: 525_600, whole: true }, default: String(dayInMinutes), setting: 'env', help: 'How old a scan may be' },
    nonce: { type: 'string', value: 'TEXT', setting: 'env', help: 'What the attestation must carry' },
    actor: { type: 'string', value: 'NAME', default: 'unnamed', setting: 'env', help: 'Who asks, for policies; a claim that nothing proves' },
    'accept-baseline': { type: 'string', value: 'REF', setting: 'env', help: 'Accept scans that call findings old against this git ref' },
    'accept-exclude': { type: 'string', value: 'PATTERN', multiple: true, setting: 'env', help: 'Accept scans that left out these paths' },
    'accept-rules': { type: 'boolean', setting: 'env', help: 'Accept scans with rules of the user\'s own' },
    'accept-tool': { type: 'string', value: 'DIGEST', multiple: true, setting: 'env', help: 'Accept scans by the program with this digest (`watchward version --json`)' },
    'accept-content': { type: 'string', value: 'DATE', setting: 'env', help: 'Accept scans with content of this day or later' },
    bypass: { type: 'string', value: 'NAME', help: 'Let it through under this name; needs --reason, --record and --key' },
    reason: { type: 'string', value: 'TEXT', help: 'Why it cannot wait' },
    record: { type: 'string', value: 'FILE', path: true, writes: true, setting: 'env', help: 'Where bypasses are recorded, one signed line each' },
    key: { type: 'string', value: 'FILE', path: true, setting: 'env', help: 'Private key that signs the bypass' },
    'passphrase-file': { type: 'string', value: 'FILE', path: true, setting: 'env', help: 'File with the passphrase of the key (or set WATCHWARD_PASSPHRASE)' },
    json: { type: 'boolean', help: 'Print the decision as JSON' },
  },
  examples: [
    { command: 'watchward gate --attestation ../scan.att --trust ../ci.key.pub', explain: 'May the current folder be merged? What is trusted lies outside of it.' },
    { command: 'watchward gate . --action deploy -a ../scan.att --trust ../ci.key.pub --policy ../deploy.cedar', explain: 'May it be deployed, by policies of your own?' },
  ],
  run,
});

async function run(invocation: Invocation): Promise<number> {
  const { options, positionals, io, resolve, signal } = invocation;
  const target = resolve(positionals[0] ?? '.');
  const pins = options.list('pin');
  const wrong = pins.find((pin) => !/^[0-9a-f]{64}$/.test(pin));
  if (wrong !== undefined) throw new CliError('usage', `--pin ${wrong} is no SHA-256`, 'Write it as 64 small hexadecimal digits.');
  const asked = await readBypass(invocation, target, pins);
  const { gate } = await import('#engine/gate.ts');
  const decision = await gate({
    target, pins, signal,
    action: options.text('action') === 'deploy' ? 'deploy' : 'merge',
    actor: options.text('actor') ?? 'unnamed',
    attestations: options.list('attestation'),
    trusted: options.list('trust'),
    policies: options.list('policy'),
    exclude: options.list('accept-exclude'),
    ownRules: options.flag('accept-rules'),
    tools: options.list('accept-tool'),
    maxAgeMinutes: options.number('max-age') ?? dayInMinutes,
    now: io.now().getTime(),
    ...optional('report', options.text('report')),
    ...optional('nonce', options.text('nonce')),
    ...optional('baseline', options.text('accept-baseline')),
    ...optional('contentSince', contentSince(options)),
  });
  const final = asked === undefined || decision.verdict === 'pass' ? decision : await bypassed(decision, asked, target, io.now().getTime());
  io.stdout(options.flag('json') ? `${JSON.stringify(final, undefined, 2)}\n` : shown(final));
  if (final.bypass !== undefined) io.stderr(`watchward: THE GATE WAS BYPASSED by ${visibleText(final.bypass.by)}; the verdict was ${final.verdict}\n`);
  return final.bypass === undefined ? codeOf(final) : exitCodes.clean;
}

function codeOf({ verdict }: Decision): number {
  if (verdict === 'pass') return exitCodes.clean;
  return verdict === 'block' ? exitCodes.findings : exitCodes.failed;
}

function shown({ verdict, action, reasons, bypass }: Decision): string {
  const lines = [`${verdict.toUpperCase()}: ${action}`, ...reasons.map((reason) => `  ${reason}`)];
  if (bypass !== undefined) lines.push(`BYPASSED by ${bypass.by}: ${bypass.reason}`);
  return lines.map((line) => `${visibleText(line)}\n`).join('');
}

function contentSince(options: OptionValues): string | undefined {
  const date = options.text('accept-content');
  if (date === undefined) return undefined;
  const time = /^\d{4}-\d\d-\d\d$/.test(date) ? Date.parse(`${date}T00:00:00.000Z`) : NaN;
  if (!Number.isNaN(time) && new Date(time).toISOString().startsWith(date)) return date;
  throw new CliError('usage', `--accept-content ${date} is no day`, 'Write it as 2026-11-23.');
}

function optional<K extends string, T>(key: K, value: T | undefined): { readonly [name in K]?: T } {
  return value === undefined ? {} : ({ [key]: value } as { [name in K]: T });
}
