const block = (body: string): string => `-----BEGIN PGP PRIVATE KEY BLOCK-----\n\n${body}\n-----END PGP PRIVATE KEY BLOCK-----`;

export default {
  valid: ['${proof:pgp-private-key}'],
  invalid: [block('lQ${base64:398}\n=AAAA'), block('mQ${base64:398}'), block('lQVYBF...'), block(''), ''],
  unknown: [block('lQ${base64:398}')],
};
