export default {
  valid: ['${proof:minisign-secret-key}', '${b64(EdScB2${alnum:152})}'],
  invalid: ['${b64(EdScB2${alnum:150})}', '${b64(EdScXX${alnum:152})}', 'RWRTY0Iy...', ''],
};
