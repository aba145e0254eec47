export default {
  valid: ['${proof:gitlab-token}'],
  invalid: ['glpat-${alnum:40}.01.14${loweralnum:7}', 'glpat-${alnum:40}.01.1k${loweralnum:7}', 'glpat-${alnum:10}', 'glpat-', ''],
  unknown: ['glpat-${base64url:20}', 'GR1348941${base64url:20}', 'glrt-t1_${alnum:20}'],
};
