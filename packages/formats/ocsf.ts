/**
 * The Open Cybersecurity Schema Framework, release 1.8.0 (https://schema.ocsf.io/1.8.0): the classes that mappings use and
 * builders for what every event carries. Names and numbers are the schema's own.
 */
import type { Event } from '#model/event.ts';
import type { Confidence, Severity } from '#model/severity.ts';

export const ocsfVersion = '1.8.0';

export interface OcsfClass {
  readonly uid: number;
  readonly name: string;
  readonly category: number;
  readonly categoryName: string;
  /** activity_id to its caption; 0 Unknown and 99 Other exist in every class. */
  readonly activities: { readonly [id: number]: string };
}

const iam = { category: 3, categoryName: 'Identity & Access Management' } as const;

const system = { category: 1, categoryName: 'System Activity' } as const;

const network = { category: 4, categoryName: 'Network Activity' } as const;

const connection = { 1: 'Open', 2: 'Close', 3: 'Reset', 4: 'Fail', 5: 'Refuse', 6: 'Traffic', 7: 'Listen' } as const;

const crud = { 1: 'Create', 2: 'Read', 3: 'Update', 4: 'Delete' } as const;

/** Classes by the schema's own names; `uid` is category * 1000 + the class's number. */
export const ocsfClasses = {
  baseEvent: { uid: 0, name: 'Base Event', category: 0, categoryName: 'Uncategorized', activities: {} },
  fileActivity: {
    ...system, uid: 1001, name: 'File System Activity',
    activities: {
      1: 'Create', 2: 'Read', 3: 'Update', 4: 'Delete', 5: 'Rename', 6: 'Set Attributes', 7: 'Set Security', 8: 'Get Attributes',
      9: 'Get Security', 10: 'Encrypt', 11: 'Decrypt', 12: 'Mount', 13: 'Unmount', 14: 'Open',
    },
  },
  kernelActivity: { ...system, uid: 1003, name: 'Kernel Activity', activities: { 1: 'Create', 2: 'Read', 3: 'Delete', 4: 'Invoke' } },
  scheduledJobActivity: {
    ...system, uid: 1006, name: 'Scheduled Job Activity',
    activities: { 1: 'Create', 2: 'Update', 3: 'Delete', 4: 'Enable', 5: 'Disable', 6: 'Start' },
  },
  eventLogActivity: {
    ...system, uid: 1008, name: 'Event Log Activity',
    activities: { 1: 'Clear', 2: 'Delete', 3: 'Export', 4: 'Archive', 5: 'Rotate', 6: 'Start', 7: 'Stop', 8: 'Restart', 9: 'Enable', 10: 'Disable' },
  },
  moduleActivity: { ...system, uid: 1005, name: 'Module Activity', activities: { 1: 'Load', 2: 'Unload', 3: 'Invoke' } },
  processActivity: {
    ...system, uid: 1007, name: 'Process Activity',
    activities: { 1: 'Launch', 2: 'Terminate', 3: 'Open', 4: 'Inject', 5: 'Set User ID' },
  },
  scriptActivity: { ...system, uid: 1009, name: 'Script Activity', activities: { 1: 'Execute' } },
  /** Of the extension for Windows, whose number goes before. */
  registryKeyActivity: {
    ...system, uid: 201_001, name: 'Registry Key Activity',
    activities: { 1: 'Create', 2: 'Read', 3: 'Modify', 4: 'Delete', 5: 'Rename', 6: 'Set Security', 7: 'Restore', 8: 'Import', 9: 'Export' },
  },
  registryValueActivity: {
    ...system, uid: 201_002, name: 'Registry Value Activity',
    activities: { 1: 'Get', 2: 'Set', 3: 'Modify', 4: 'Delete' },
  },
  windowsServiceActivity: {
    ...system, uid: 201_004, name: 'Windows Service Activity',
    activities: { 1: 'Create', 2: 'Reconfigure', 3: 'Start', 4: 'Stop', 5: 'Pause', 6: 'Continue', 7: 'Delete' },
  },
  detectionFinding: {
    uid: 2004, name: 'Detection Finding', category: 2, categoryName: 'Findings',
    activities: { 1: 'Create', 2: 'Update', 3: 'Close' },
  },
  incidentFinding: {
    uid: 2005, name: 'Incident Finding', category: 2, categoryName: 'Findings',
    activities: { 1: 'Create', 2: 'Update', 3: 'Close' },
  },
  accountChange: {
    ...iam, uid: 3001, name: 'Account Change',
    activities: {
      1: 'Create', 2: 'Enable', 3: 'Password Change', 4: 'Password Reset', 5: 'Disable', 6: 'Delete', 7: 'Attach Policy',
      8: 'Detach Policy', 9: 'Lock', 10: 'MFA Factor Enable', 11: 'MFA Factor Disable', 12: 'Unlock',
    },
  },
  authentication: {
    ...iam, uid: 3002, name: 'Authentication',
    activities: {
      1: 'Logon', 2: 'Logoff', 3: 'Authentication Ticket', 4: 'Service Ticket Request', 5: 'Service Ticket Renew', 6: 'Preauth',
      7: 'Account Switch',
    },
  },
  entityManagement: {
    ...iam, uid: 3004, name: 'Entity Management',
    activities: {
      ...crud, 5: 'Move', 6: 'Enroll', 7: 'Unenroll', 8: 'Enable', 9: 'Disable', 10: 'Activate', 11: 'Deactivate', 12: 'Suspend',
      13: 'Resume',
    },
  },
  userAccess: {
    ...iam, uid: 3005, name: 'User Access Management',
    activities: { 1: 'Assign Privileges', 2: 'Revoke Privileges' },
  },
  groupManagement: {
    ...iam, uid: 3006, name: 'Group Management',
    activities: {
      1: 'Assign Privileges', 2: 'Revoke Privileges', 3: 'Add User', 4: 'Remove User', 5: 'Delete', 6: 'Create', 7: 'Add Subgroup',
      8: 'Remove Subgroup',
    },
  },
  networkActivity: { ...network, uid: 4001, name: 'Network Activity', activities: connection },
  httpActivity: {
    ...network, uid: 4002, name: 'HTTP Activity',
    activities: { 1: 'Connect', 2: 'Delete', 3: 'Get', 4: 'Head', 5: 'Options', 6: 'Post', 7: 'Put', 8: 'Trace', 9: 'Patch' },
  },
  dnsActivity: { ...network, uid: 4003, name: 'DNS Activity', activities: { 1: 'Query', 2: 'Response', 6: 'Traffic' } },
  sshActivity: { ...network, uid: 4007, name: 'SSH Activity', activities: connection },
  datastoreActivity: {
    uid: 6005, name: 'Datastore Activity', category: 6, categoryName: 'Application Activity',
    activities: {
      1: 'Read', 2: 'Update', 3: 'Connect', 4: 'Query', 5: 'Write', 6: 'Create', 7: 'Delete', 8: 'List', 9: 'Encrypt', 10: 'Decrypt',
    },
  },
  applicationLifecycle: {
    uid: 6002, name: 'Application Lifecycle', category: 6, categoryName: 'Application Activity',
    activities: { 1: 'Install', 2: 'Remove', 3: 'Start', 4: 'Stop', 5: 'Restart', 6: 'Enable', 7: 'Disable', 8: 'Update' },
  },
  applicationError: {
    uid: 6008, name: 'Application Error', category: 6, categoryName: 'Application Activity',
    activities: { 1: 'General Error', 2: 'Translation Error' },
  },
  apiActivity: { uid: 6003, name: 'API Activity', category: 6, categoryName: 'Application Activity', activities: crud },
} as const satisfies { readonly [name: string]: OcsfClass };

/** Attribute `severity_id` of the base event. */
const severityIds = { informational: 1, low: 2, medium: 3, high: 4, critical: 5 } as const satisfies Record<Severity, number>;

/** Attribute `confidence_id`. */
export const confidenceIds = { low: 1, medium: 2, high: 3 } as const satisfies Record<Confidence, number>;

/** Attribute `risk_level_id`; its scale begins at 0. */
export const riskLevelIds = { informational: 0, low: 1, medium: 2, high: 3, critical: 4 } as const satisfies Record<Severity, number>;

/** Attribute `account.type_id` of the account object. */
export const accountTypes = { awsIamUser: 3, awsIamRole: 4, awsAccount: 10, other: 99 } as const;

/** Attribute `user.type_id` of the user object. */
export const userTypes = { unknown: 0, user: 1, admin: 2, system: 3, service: 4, other: 99 } as const;

export interface EventSeed {
  readonly class: OcsfClass;
  readonly activity: number;
  /** The source's own word; required by the schema when `activity` is 99. */
  readonly activityName?: string;
  readonly severity: Severity;
  readonly time: number;
  readonly metadata: {
    readonly product: { readonly name: string; readonly vendor_name: string; readonly version?: string };
    readonly uid?: string | undefined;
    readonly log_name?: string | undefined;
    readonly [key: string]: unknown;
  };
  /** Attributes of the class; members that are undefined, and objects left empty by that, are dropped. */
  readonly attributes: { readonly [name: string]: unknown };
}

/** Classification attributes of the base event: every id is given with its caption. */
export function buildEvent(seed: EventSeed): Event {
  const activity = activityCaption(seed.class, seed.activity, seed.activityName);
  return {
    class_uid: seed.class.uid,
    class_name: seed.class.name,
    category_uid: seed.class.category,
    category_name: seed.class.categoryName,
    activity_id: seed.activity,
    activity_name: activity,
    // type_uid is class_uid * 100 + activity_id (OCSF, attribute type_uid).
    type_uid: seed.class.uid * 100 + seed.activity,
    type_name: `${seed.class.name}: ${activity}`,
    ...severityOf(seed.severity),
    time: seed.time,
    metadata: { ...(compact(seed.metadata) as Event['metadata']), version: ocsfVersion },
    ...(compact(seed.attributes) as object),
  };
}

function activityCaption(ocsfClass: OcsfClass, id: number, name: string | undefined): string {
  return ocsfClass.activities[id] ?? name ?? (id === 0 ? 'Unknown' : 'Other');
}

export function severityOf(severity: Severity): { readonly severity_id: number; readonly severity: string } {
  return { severity_id: severityIds[severity], severity: capitalise(severity) };
}

/** Attribute `status_id` of the base event. */
export function statusOf(outcome: 'success' | 'failure' | 'unknown'): { readonly status_id: number; readonly status: string } {
  const ids = { unknown: 0, success: 1, failure: 2 } as const;
  return { status_id: ids[outcome], status: capitalise(outcome) };
}

/** Attribute `unmapped` keeps the source record untouched; it is never compacted. */
const verbatim = 'unmapped';

/** Drops undefined members and the objects and arrays that have nothing left. Runs for every event: what has nothing to drop is handed back as it is. */
function compact(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value ?? undefined;
  return Array.isArray(value) ? compactList(value) : compactObject(value);
}

function compactList(list: readonly unknown[]): unknown {
  const items: unknown[] = [];
  for (const one of list) {
    const item = compact(one);
    if (item !== undefined) items.push(item);
  }
  return items.length === 0 ? undefined : items;
}

function compactObject(object: object): unknown {
  let kept: Record<string, unknown> | undefined;
  let empty = true;
  for (const key in object) {
    const given = (object as Record<string, unknown>)[key];
    const member = key === verbatim ? given : compact(given);
    if (kept === undefined && (member !== given || member === undefined)) kept = membersBefore(object, key);
    if (member === undefined) continue;
    empty = false;
    if (kept !== undefined) assign(kept, key, member);
  }
  return empty ? undefined : (kept ?? object);
}

function membersBefore(object: object, end: string): Record<string, unknown> {
  const kept: Record<string, unknown> = {};
  for (const key in object) {
    if (key === end) break;
    assign(kept, key, (object as Record<string, unknown>)[key]);
  }
  return kept;
}

function assign(to: Record<string, unknown>, key: string, member: unknown): void {
  // Assigned, this one would become the object's prototype.
  if (key === '__proto__') Object.defineProperty(to, key, { value: member, enumerable: true, configurable: true, writable: true });
  else to[key] = member;
}

export function capitalise(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
