export default {
  valid: ['${proof:gitlab-token}'],
  invalid: [
    'glpat-${alnum:27}.01.0r${digits:7}',
    'glpat-${alnum:27}.01.zz${digits:7}',
    'glpat-${repeat:x:20}',
    'glpat-${alnum:10}',
    '',
  ],
  unknown: ['glpat-${alnum:20}', 'gldt-${alnum:20}', 'glptt-${hex:40}'],
};
