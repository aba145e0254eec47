export default {
  valid: ['${proof:supabase-service-key}'],
  invalid: ['${b64({"alg":"HS256"})}.${b64({"iss":"supabase","role":"anon"})}.${base64url:43}', '${proof:jwt}', '${base64url:60}', ''],
};
