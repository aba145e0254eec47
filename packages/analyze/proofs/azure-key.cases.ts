export default {
  valid: ['${proof:azure-key}', '${alnum:52}JQQJ99AL${alnum:16}AZDO${alnum:4}'],
  invalid: [
    '${repeat:A:86}==',
    '${alnum:86}',
    '${repeat:x:52}JQQJ99AL${alnum:16}AZDO${alnum:4}',
    '${alnum:20}',
    'not base64 at all, but of the right length!',
    '',
  ],
  unknown: ['${base64:85}A==', '${base64:42}A=', '${alnum:76}+ASt${alnum:5}A=='],
};
