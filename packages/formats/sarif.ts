/** The part of SARIF 2.1.0 (OASIS, errata 01) that Watchward writes. Names follow the standard. */
export const sarifSchema = 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json';

export interface SarifLog {
  readonly $schema: string;
  readonly version: '2.1.0';
  readonly runs: readonly SarifRun[];
}

/** §3.14 */
export interface SarifRun {
  readonly tool: { readonly driver: SarifDriver };
  readonly automationDetails: { readonly id: string };
  readonly invocations: readonly SarifInvocation[];
  readonly originalUriBaseIds: Readonly<Record<string, { readonly uri: string }>>;
  readonly versionControlProvenance?: readonly SarifProvenance[];
  readonly columnKind: 'utf16CodeUnits';
  readonly results: readonly SarifResult[];
  readonly properties: PropertyBag;
}

export type PropertyBag = Readonly<Record<string, unknown>>;
export type SarifLevel = 'error' | 'warning' | 'note' | 'none';

export interface SarifMessage {
  readonly text: string;
  readonly markdown?: string;
}

/** §3.19 */
export interface SarifDriver {
  readonly name: string;
  readonly version: string;
  readonly rules: readonly SarifDescriptor[];
  readonly notifications: readonly SarifDescriptor[];
  readonly properties: PropertyBag;
}

/** §3.49 */
export interface SarifDescriptor {
  readonly id: string;
  readonly name?: string;
  readonly shortDescription: SarifMessage;
  readonly fullDescription?: SarifMessage;
  readonly help?: SarifMessage;
  readonly helpUri?: string;
  readonly defaultConfiguration: { readonly level: SarifLevel };
  readonly properties?: PropertyBag;
}

/** §3.20 */
export interface SarifInvocation {
  readonly executionSuccessful: boolean;
  readonly exitCode: number;
  readonly startTimeUtc?: string;
  readonly endTimeUtc?: string;
  readonly toolExecutionNotifications: readonly SarifNotification[];
}

/** §3.58 */
export interface SarifNotification {
  readonly descriptor: { readonly id: string };
  readonly associatedRule?: { readonly id: string };
  readonly level: SarifLevel;
  readonly message: SarifMessage;
  readonly locations?: readonly SarifLocation[];
  readonly properties?: PropertyBag;
}

/** §3.22 */
export interface SarifProvenance {
  readonly repositoryUri: string;
  readonly revisionId: string;
  readonly branch?: string;
  readonly mappedTo: { readonly uriBaseId: string };
}

/** §3.27 */
export interface SarifResult {
  readonly ruleId: string;
  readonly ruleIndex: number;
  readonly level: SarifLevel;
  readonly message: SarifMessage;
  readonly locations: readonly SarifLocation[];
  readonly partialFingerprints: Readonly<Record<string, string>>;
  readonly codeFlows?: readonly SarifCodeFlow[];
  readonly fixes?: readonly SarifFix[];
  readonly suppressions?: readonly SarifSuppression[];
  readonly baselineState?: 'new' | 'unchanged';
  readonly rank: number;
  readonly properties: PropertyBag;
}

/** §3.28 */
export interface SarifLocation {
  readonly physicalLocation: {
    readonly artifactLocation: SarifArtifactLocation;
    readonly region?: SarifRegion;
  };
  readonly message?: SarifMessage;
}

export interface SarifArtifactLocation {
  readonly uri: string;
  readonly uriBaseId: string;
}

/** §3.30 */
export interface SarifRegion {
  readonly startLine: number;
  readonly startColumn?: number;
  readonly endLine?: number;
  readonly endColumn?: number;
}

/** §3.36, §3.37, §3.38 */
export interface SarifCodeFlow {
  readonly threadFlows: readonly { readonly locations: readonly { readonly location: SarifLocation }[] }[];
}

/** §3.55, §3.56, §3.57 */
export interface SarifFix {
  readonly description: SarifMessage;
  readonly artifactChanges: readonly {
    readonly artifactLocation: SarifArtifactLocation;
    readonly replacements: readonly { readonly deletedRegion: SarifRegion; readonly insertedContent: { readonly text: string } }[];
  }[];
  readonly properties?: PropertyBag;
}

/** §3.35 */
export interface SarifSuppression {
  readonly kind: 'inSource' | 'external';
  readonly status: 'accepted';
  readonly justification: string;
  readonly properties?: PropertyBag;
}

/** Plain text in which nothing is taken for a placeholder (§3.11.5) or an embedded link (§3.11.6). */
export function sarifText(text: string): string {
  const literal = text.toWellFormed().replace(/\{(\d+)\}/g, '{{$1}}');
  return literal.includes('](') ? literal.replace(/[[\]\\]/g, '\\$&') : literal;
}

/** What GitHub accepts in one upload ("SARIF support for code scanning"); more is refused as a whole. */
export const sarifUploadLimits = {
  runs: 20,
  results: 25_000,
  rules: 25_000,
  threadFlowLocations: 10_000,
  locations: 1_000,
  tags: 20,
  /** Of the gzipped file; "10 MB" read the strict way. */
  gzipBytes: 10_000_000,
} as const;
