export default {
  valid: ['${proof:basic-auth}', '${b64(ci-user:${alnum:20})}', '${b64(svc:tr0ub4dor&3)}'],
  invalid: ['${b64(user:password)}', '${b64(admin:admin)}', '${b64(${alnum:24})}', '${b64(user:)}', '${alnum:25}', '${b64(me:<password>)}', ''],
};
