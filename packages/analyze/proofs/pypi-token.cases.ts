export default {
  valid: ['${proof:pypi-token}'],
  invalid: [
    'pypi-AgEIcHlwaS5vcmc${base64url:150}',
    'pypi-AgEIcHlwaS5vcmcCJ${repeat:x:150}',
    'pypi-${base64url:160}',
    'pypi-!',
    'npm_${alnum:36}',
    '',
  ],
};
