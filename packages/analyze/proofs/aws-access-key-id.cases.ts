export default {
  valid: ['${proof:aws-access-key-id}'],
  invalid: ['AKIA${repeat:I:1}OSFODNN7EXAMPLE', 'AKIA${repeat:X:16}', 'AKIA${digits:16}', 'AKIA${upper:12}', 'AROAQ${upper:15}', 'AKIA777777777Z${upper:6}', ''],
  unknown: ['AKIAIABCDEFG${upper:8}'],
};
