export default {
  valid: ['${proof:aws-bedrock-key}'],
  invalid: ['ABSKQmVkcm9ja0FQSUtleS1${repeat:EXAMPLE:15}', 'ABSK${alnum:120}', 'ABSK', ''],
  unknown: ['ABSK${b64(BedrockAPIKey-${alnum:60})}'],
};
