export default {
  valid: ['${proof:der-private-key}'],
  invalid: ['MIIEvQIBADANBgkqhkiG9w0BAQEFAASC${base64:400}', '${b64(${alnum:90})}', 'MIIE...', ''],
};
