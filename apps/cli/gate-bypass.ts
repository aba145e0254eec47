import type { BypassRequest } from '#engine/bypass.ts';
import type { Decision } from '#model/decision.ts';
import { CliError } from './command.ts';
import type { Invocation } from './command.ts';
import { readPassphrase } from './passphrase.ts';

export interface AskedBypass {
  readonly request: BypassRequest;
  readonly record: string;
  readonly keyFile: string;
  passphrase(): Promise<string>;
}

/** What `--bypass` asks for, checked before the gate begins; undefined without it. */
export async function readBypass(invocation: Invocation, target: string, pins: readonly string[]): Promise<AskedBypass | undefined> {
  const { options, config } = invocation;
  const [by, reason, record, keyFile] = ['bypass', 'reason', 'record', 'key'].map((name) => options.text(name));
  if (by === undefined) return undefined;
  if (reason === undefined) throw new CliError('usage', '--bypass needs --reason', 'Say why it cannot wait.');
  if (record === undefined) throw new CliError('usage', '--bypass needs --record', 'Name the file in which bypasses are recorded.');
  if (keyFile === undefined) throw new CliError('usage', '--bypass needs --key', 'The record is signed; make a key with `watchward keys new`.');
  const named = options.text('config');
  const [{ checkBypass }, { isPinnedOrOutside }] = await Promise.all([import('#engine/bypass.ts'), import('#engine/gate-inputs.ts')]);
  if (named !== undefined && !isPinnedOrOutside(named, target, pins)) {
    throw new CliError('usage', `${named} lies in the judged tree, whose author must not say who may bypass the gate`, 'Keep it elsewhere, or pin it by its SHA-256 (--pin).');
  }
  const request = { by, reason, allowed: config.gate.bypass };
  try {
    checkBypass(request);
  } catch (cause) {
    throw new CliError('usage', cause instanceof Error ? cause.message : String(cause), undefined, cause);
  }
  return { request, record, keyFile, passphrase: () => readPassphrase(invocation) };
}

/** Records the bypass and gives the decision that carries it. The verdict stays. */
export async function bypassed(decision: Decision, asked: AskedBypass, target: string, now: number): Promise<Decision> {
  const [{ bypass }, { openSigningKey }, { identifyTree }] = await Promise.all([
    import('#engine/bypass.ts'), import('#engine/signing-key.ts'), import('#engine/gate.ts'),
  ]);
  const key = await openSigningKey(asked.keyFile, await asked.passphrase());
  return bypass(decision, asked.request, { tree: await identifyTree(target), record: asked.record, key, now });
}
