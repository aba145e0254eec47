export default {
  valid: ['${proof:plain-password}'],
  invalid: ['password', 'YOUR_PASSWORD', '${DB_PASSWORD}', '%s', '{{ db_password }}', '<secret>', 'env', 'changeme', 'ab', ''],
  unknown: ['blue-horse-window', 'Winter2019!'],
};
