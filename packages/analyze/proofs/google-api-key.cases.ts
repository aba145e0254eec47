export default {
  valid: ['${proof:google-api-key}'],
  invalid: ['AIza${alnum:35}', 'AIzaSy${repeat:x:33}', 'AIzaSyA${alnum:10}', ''],
  unknown: ['AIzaSyZ${alnum:31}A', 'AIzaSyA${alnum:31}z'],
};
