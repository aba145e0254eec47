export default {
  valid: ['${proof:laravel-key}', 'base64:${b64(${alnum:16})}'],
  invalid: ['base64:${b64(${alnum:31})}', 'base64:${b64(${repeat:a:32})}', '${b64(${alnum:32})}', 'base64:', ''],
};
