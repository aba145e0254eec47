export default {
  valid: ['${proof:npm-token}'],
  invalid: ['npm_${alnum:36}', 'npm_${repeat:x:36}', 'npm_${alnum:20}', ''],
};
