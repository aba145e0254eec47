export default {
  valid: ['${proof:stripe-key}', 'rk_live_7${alnum:23}'],
  invalid: ['sk_live_${repeat:x:24}', 'sk_live_${word:24}', 'pk_live_${alnum:24}', 'sk_live_', ''],
  unknown: ['sk_test_4a${alnum:30}'],
};
