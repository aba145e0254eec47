export default {
  fires: [
    { path: 'src/client.ts', text: "const application = '${uuid}';" },
    { path: 'config.yml', text: 'installation: ${uuid}\n' },
  ],
  silent: [
    { path: 'src/client.ts', text: "const nothing = '00000000-0000-0000-0000-000000000001';" },
    { path: 'src/com.idl', text: 'uuid(00000000-0000-0000-c000-000000000046)' },
    { path: 'src/count.ts', text: "const counted = '12345678-1234-1234-1234-123456789012';" },
    { path: 'package-lock.json', text: '"id": "${uuid}"' },
  ],
};
