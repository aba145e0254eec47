/** Machines and people that the user has lists of. */
import { NetworkMap } from '#formats/network-map.ts';
import { parseNetwork } from '#formats/address.ts';
import { cellOf } from '#formats/table.ts';
import type { Table, TableRow } from '#formats/table.ts';
import type { JsonObject } from '../json-fields.ts';

/** What a list says about a machine or a person; `list` is its name. */
export interface Party {
  readonly list: string;
  readonly data: JsonObject;
}

export interface PartyList {
  readonly used: number;
  /** Rows that name nothing to know them by. */
  readonly unusable: readonly number[];
}

const criticalities: ReadonlyMap<string, string> = new Map([
  ['critical', 'critical'], ['very high', 'critical'], ['crown jewel', 'critical'], ['1', 'critical'], ['tier 0', 'critical'], ['tier0', 'critical'], ['high', 'high'], ['2', 'high'], ['tier 1', 'high'], ['tier1', 'high'], ['medium', 'medium'], ['moderate', 'medium'], ['3', 'medium'],
  ['low', 'low'], ['4', 'low'], ['5', 'low'],
]);

/** Assets by address, network and name of the host. */
export class AssetBook {
  private readonly networks = new NetworkMap<Party>();
  private readonly hosts = new Map<string, Party>();

  add(table: Table, list: string): PartyList {
    return addAll(table, (row) => {
      const addresses = (cellOf(row, 'ip', 'ipaddress', 'address', 'addresses', 'ips', 'cidr', 'network', 'subnet') ?? '').split(/[,;\s]+/).filter((text) => parseNetwork(text) !== undefined);
      const hosts = (cellOf(row, 'hostname', 'host', 'fqdn', 'dnsname', 'name', 'asset') ?? '').toLowerCase().split(/[,;\s]+/).filter((text) => text !== '');
      const party = { list, data: assetOf(row) };
      for (const address of addresses) this.networks.add(address, party);
      for (const host of hosts) if (!this.hosts.has(host)) this.hosts.set(host, party);
      return addresses.length + hosts.length > 0;
    });
  }

  /** The name with its domain, the bare name, then the address. */
  find(host: string | undefined, address: string | undefined): Party | undefined {
    const name = host?.toLowerCase();
    const named = name === undefined ? undefined : (this.hosts.get(name) ?? this.hosts.get(name.split('.')[0] ?? ''));
    return named ?? (address === undefined ? undefined : this.networks.get(address));
  }
}

/** People and programs by name, address of e-mail, or identifier. */
export class IdentityBook {
  private readonly users = new Map<string, Party>();

  add(table: Table, list: string): PartyList {
    return addAll(table, (row) => {
      const keys = ['user', 'username', 'login', 'email', 'mail', 'upn', 'userprincipalname', 'samaccountname', 'sid', 'uid', 'id', 'arn', 'name'].map((name) => cellOf(row, name)).filter((text) => text !== undefined);
      const party = { list, data: identityOf(row) };
      for (const key of keys) if (!this.users.has(key.toLowerCase())) this.users.set(key.toLowerCase(), party);
      return keys.length > 0;
    });
  }

  find(...names: readonly (string | undefined)[]): Party | undefined {
    for (const name of names) {
      const found = name === undefined ? undefined : this.users.get(name.toLowerCase());
      if (found !== undefined) return found;
    }
    return undefined;
  }
}

function addAll(table: Table, add: (row: TableRow) => boolean): PartyList {
  const unusable: number[] = [];
  let used = 0;
  for (const row of table.rows) if (add(row)) used += 1; else unusable.push(row.at);
  return { used, unusable };
}

function assetOf(row: TableRow): JsonObject {
  const criticality = cellOf(row, 'criticality', 'importance', 'tier', 'priority', 'businesscriticality');
  return compact({
    name: cellOf(row, 'hostname', 'host', 'fqdn', 'name', 'asset'), owner: cellOf(row, 'owner', 'businessowner', 'contact', 'team', 'responsible'),
    criticality: criticality === undefined ? undefined : (criticalities.get(criticality.toLowerCase()) ?? criticality), environment: cellOf(row, 'environment', 'env', 'stage'), tags: cellOf(row, 'tags', 'labels'),
  });
}

function identityOf(row: TableRow): JsonObject {
  const privileged = cellOf(row, 'privileged', 'isprivileged', 'admin', 'isadmin');
  return compact({
    name: cellOf(row, 'user', 'username', 'login', 'email', 'upn', 'name'), department: cellOf(row, 'department', 'dept', 'ou', 'team'), title: cellOf(row, 'title', 'role', 'jobtitle'), manager: cellOf(row, 'manager'),
    privileged: privileged === undefined ? undefined : /^(?:true|yes|y|1|x|privileged|admin)$/i.test(privileged),
  });
}

function compact(members: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined));
}
