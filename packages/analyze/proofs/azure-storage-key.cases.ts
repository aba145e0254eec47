export default {
  valid: ['${proof:azure-storage-key}'],
  invalid: ['${repeat:A:86}==', '${base64:43}=', 'C2y6yDjf5/R+ob0N${base64:70}==', '<account key>', ''],
};
