import { isPublicNkey } from './nkeys.ts';

/**
 * What tools write where a secret was before they encrypted it, by how it begins: EJSON, SOPS and eyaml, Jasypt, Spring Cloud, Ansible,
 * dotenvx, Vault's transit, and what AWS KMS gives.
 */
const encrypted = /^(?:EJ\[\d+:|ENC\[\w+,|ENC\([\w+/=]{16,}\)$|DEC::|\{cipher\}|\$ANSIBLE_VAULT;|encrypted:[\w+/]{40}|vault:v\d+:[\w+/]{16}|AQICAH[\w+/]{40})/;

/** Why a value may lie open though it looks like a secret; undefined where nothing says so. */
export function sealedReason(value: string): string | undefined {
  if (encrypted.test(value)) return 'is encrypted';
  return isPublicNkey(value) ? 'is a public key' : undefined;
}
