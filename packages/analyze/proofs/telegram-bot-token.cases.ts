export default {
  valid: ['${proof:telegram-bot-token}', '6${digits:9}:AA${base64url:33}'],
  invalid: ['123456789:AA${alnum:33}', '6${digits:9}:AA${repeat:x:33}', '6${digits:9}:BC${alnum:33}', '6${digits:3}:AA${alnum:33}', ''],
};
