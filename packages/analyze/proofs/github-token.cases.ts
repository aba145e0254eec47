export default {
  valid: ['${proof:github-token}', 'ghs_123456_${b64({"alg":"RS256"})}.${alnum:200}.${alnum:86}'],
  invalid: [
    'ghp_${alnum:36}',
    'ghp_${repeat:x:36}',
    'ghp_${alnum:35}',
    'ghs_1_${alnum:20}.${alnum:20}.${alnum:20}',
    'github_pat_${repeat:x:22}_${repeat:x:59}',
    'github_pat_${alnum:22}',
    '',
  ],
  unknown: ['github_pat_${alnum:22}_${alnum:59}', 'ghr_${alnum:76}'],
};
