export default {
  fires: [
    { path: 'notes.txt', text: 'acme token ${loweralnum:12}7a3b${loweralnum:12}\n' },
    { path: 'ci.log', text: '+ deployer --access-token a1${alnum:24}b2c3\n' },
    { path: 'README.txt', text: 'ACME SECRET KEY a1b${hex:28}4f\n' },
    { path: 'hosts.txt', text: 'acme-SECRET-a1b2${loweralnum:26}c3d' },
  ],
  silent: [
    { path: 'notes.txt', text: 'the key point: internationalization of every message\n' },
    { path: 'notes.txt', text: 'see https://blog.acme.io/bypassing-access-mask-auditing-strategies-480fb641c158\n' },
    { path: 'notes.txt', text: 'primary key user_account_identifier_2024 and token expires_in_3600_seconds\n' },
    { path: 'deploy.sh', text: 'deployer --access-token $ACME_ACCESS_TOKEN_FOR_PRODUCTION_1\n' },
    { path: 'notes.txt', text: 'acme token ${repeat:x1:30}\n' },
    { path: 'notes.txt', text: 'acme-key-a1b2${loweralnum:26}c3d\n' },
    { path: 'INSTALL.md', text: 'gpg --recv-key 3B2A1F0C9D8E7A6B5C4D3E2F1A0B9C8D7E6F5A4B\n' },
    { path: 'package-lock.json', text: 'acme token a1b2c3${alnum:24}\n' },
  ],
};
