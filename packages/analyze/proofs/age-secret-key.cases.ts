export default {
  valid: ['${proof:age-secret-key}'],
  invalid: ['AGE-SECRET-KEY-1${repeat:Q:58}', 'AGE-SECRET-KEY-1${upperalnum:57}', 'AGE-SECRET-KEY-1', ''],
};
