/** Each may be changed in the address: `?max-records=500`. */
export const httpLimits = {
  'max-connections': 1000,
  /** Bytes of a request's body, as it was sent. */
  'max-request': 16 * 1_048_576,
  /** Bytes of it once unpacked, and of its records with all that they repeat. */
  'max-expanded': 64 * 1_048_576,
  'max-records': 100_000,
  /** Bytes of all requests together that are being read or wait for the disk. */
  'max-waiting': 256 * 1_048_576,
  /** Seconds until the headers of a request are whole. */
  'max-header-seconds': 10,
  /** Seconds until a request is whole. */
  'max-request-seconds': 60,
} as const;

export type HttpLimits = Record<keyof typeof httpLimits, number>;
