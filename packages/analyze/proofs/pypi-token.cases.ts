export default {
  valid: ['${proof:pypi-token}'],
  invalid: ['pypi-AgEIcHlwaS5vcmc${alnum:120}', 'pypi-AgEIZXZpbC5vcmc${alnum:120}', 'pypi-${alnum:120}', 'pypi-', ''],
};
