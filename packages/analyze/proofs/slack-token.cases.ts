export default {
  valid: [
    '${proof:slack-token}',
    'xoxp-2${digits:11}-3${digits:11}-4${digits:12}-${hex:32}',
    'xapp-1-A0${upperalnum:9}-4${digits:12}-${hex:64}',
    'xoxe.xoxp-1-${alnum:163}',
  ],
  invalid: ['xoxb-${digits:12}-${repeat:a:24}', 'xoxz-${digits:12}-${alnum:24}', 'xoxb', ''],
  unknown: ['xoxb-1234567890-1234567890-${alnum:24}', 'xoxb-2${digits:11}-${alnum:19}'],
};
