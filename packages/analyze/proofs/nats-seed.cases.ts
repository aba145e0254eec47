export default {
  valid: ['${proof:nats-seed}'],
  invalid: ['SUAA${upper:54}', 'SU${upper:20}', 'UA${upper:56}', ''],
};
