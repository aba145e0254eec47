export default {
  valid: ['${proof:base64-password}'],
  invalid: ['${b64(password)}', '${b64(changeme)}', '${b64(${PASSWORD})}', 'not base64', ''],
  unknown: ['${b64(blue-horse-window)}', '/////w==', '${b64(line\nline)}'],
};
