export default {
  valid: ['${proof:jfrog-reference-token}', '${b64(reftkn:01:4000000000:${alnum:27})}'],
  invalid: ['cmVmdGtu${alnum:56}', 'cmVmdGtu', '${b64(reftkn)}', ''],
  unknown: ['${b64(reftkn:01:1600000000:${alnum:27})}'],
};
