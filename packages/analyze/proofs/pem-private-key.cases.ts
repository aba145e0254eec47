const encrypted = (body: string): string => `-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,\${HEX:32}\n\n${body}\n-----END RSA PRIVATE KEY-----`;

export default {
  valid: ['${proof:pem-private-key}', encrypted('${b64(${alnum:608})}')],
  invalid: [
    '-----BEGIN PRIVATE KEY-----\n${b64(${alnum:600})}\n-----END PRIVATE KEY-----',
    '-----BEGIN RSA PRIVATE KEY-----\nMIIEpAIBAAKCAQEA\n...\n-----END RSA PRIVATE KEY-----',
    '-----BEGIN RSA PRIVATE KEY-----\n<your key here>\n-----END RSA PRIVATE KEY-----',
    encrypted('${b64(${alnum:601})}'),
    '-----BEGIN PRIVATE KEY-----',
    '',
  ],
  unknown: ['-----BEGIN ANY PRIVATE KEY-----\n${b64(${alnum:120})}\n-----END ANY PRIVATE KEY-----'],
};
