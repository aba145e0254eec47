export default {
  valid: ['${proof:jwt}', '${b64({"alg":"RS256"})}.${b64({"sub":"u-81","iat":1790000000})}.${base64url:342}'],
  invalid: [
    '${base64url:36}.${base64url:60}.${base64url:43}',
    '${b64({"typ":"JWT"})}.${b64({"sub":"u-81"})}.${base64url:43}',
    '${b64({"alg":"HS256"})}.${b64(["sub","u"])}.${base64url:43}',
    '${b64({"alg":"HS256"})}.${b64({"sub":"1234567890","name":"John Doe"})}.${base64url:43}',
    '${b64({"alg":"HS256"})}.${b64({"iss":"supabase","role":"anon"})}.${base64url:43}',
    'eyJ',
    '',
  ],
  unknown: [
    '${b64({"alg":"HS256"})}.${b64({"sub":"u-81","exp":1500000000})}.${base64url:43}',
    '${b64({"alg":"none"})}.${b64({"sub":"u-81"})}.',
  ],
};
