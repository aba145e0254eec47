export default {
  valid: ['${proof:discord-bot-token}', '${b64(8${digits:17})}.G${alnum:5}.${alnum:38}'],
  invalid: ['M${alnum:23}.G${alnum:5}.${alnum:38}', '${b64(99${digits:17})}.G${alnum:5}.${alnum:38}', '${b64(12345)}.G${alnum:5}.${alnum:38}', ''],
};
