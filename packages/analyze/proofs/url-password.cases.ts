export default {
  valid: ['${proof:url-password}', 'postgres://app:${proof:url-password}@db.internal/app', 'x9%40${alnum:14}'],
  invalid: [
    'password', 'passwd', 'secret', 'changeme', 'my-password', 'DB_PASSWORD', '%s', '{password}', '{{ password }}', '$PASSWORD', '<password>',
    '[password]', ':password', '****', 'xxx', 'p', '', 'postgres://app:password@db.internal/app', '%24PASSWORD', '{}', 'pass123', '...',
  ],
  unknown: ['blue-horse-window', 'Tr0ub4dor'],
};
