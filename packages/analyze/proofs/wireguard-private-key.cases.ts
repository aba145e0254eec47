export default {
  valid: ['${proof:wireguard-private-key}'],
  invalid: ['${base64:40}', '${alnum:44}', '<private key>', ''],
  unknown: ['${b64(a${alnum:31})}'],
};
