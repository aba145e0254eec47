const ranges = /^(?:127\.|10\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.|169\.254\.|100\.(?:6[4-9]|[7-9]\d|1[01]\d|12[0-7])\.|::1$|f[cd][0-9a-f]{2}:|fe80:)/i;

/** Loopback, private and link-local ranges (RFC 1918, 4193, 3927, 6598): the same address means another machine elsewhere. */
export function isPrivateAddress(address: string): boolean {
  return ranges.test(address);
}
