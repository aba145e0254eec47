export default {
  valid: ['${proof:cloudflare-tunnel-token}'],
  invalid: ['eyJhIjoi${alnum:160}', '${b64({"a":"b"})}', ''],
};
