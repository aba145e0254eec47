const header = '${b64({"alg":"RS256","typ":"JWT"})}';

export default {
  valid: ['${proof:github-token}', `ghs_4${'${digits:5}'}_${header}.\${b64({"iss":"7\${digits:10}"})}.\${base64url:342}`],
  invalid: ['ghp_${alnum:36}', 'ghr_${alnum:76}', 'ghs_1_eyJ${alnum:30}.eyJ${alnum:30}.${alnum:80}', 'ghp_${alnum:30}', 'ghp_', ''],
};
