const key = (lines: string): string => `PuTTY-User-Key-File-3: ssh-ed25519\nEncryption: none\nComment: k\nPublic-Lines: 1\n\${base64:64}\n${lines}`;

export default {
  valid: ['${proof:putty-private-key}'],
  invalid: [
    key('Private-Lines: 2\n${base64:64}\nPrivate-MAC: ${hex:64}'),
    key('Private-Lines: 1\n...\nPrivate-MAC: ${hex:64}'),
    key('Private-Lines: 1\n${base64:64}'),
    key(''),
    '',
  ],
};
