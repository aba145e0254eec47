import { crc16, encodeBase32, nkeyKinds } from '../nkeys.ts';

const publicKeys = [...nkeyKinds].map((kind) => [kind, ...Array.from({ length: 32 }, (_, at) => (at * 89 + 41 + kind) % 256)]).map((bytes) => encodeBase32([...bytes, crc16(bytes) & 255, crc16(bytes) >> 8]));

export default {
  fires: [
    { path: 'src/settings.py', text: 'DATABASE_PASSWORD = "${alnum:20}"' },
    { path: 'config/app.yml', text: 'api:\n  client_secret: ${alnum:32}\n' },
    { path: 'src/client.ts', text: "const options = { authToken: '${hex:40}' };" },
    { path: 'deploy/run.sh', text: 'export API_SECRET_KEY=${alnum:40}\n' },
  ],
  silent: [
    { path: 'src/settings.py', text: 'password = os.environ["DATABASE_PASSWORD"]' },
    { path: 'src/login.ts', text: 'if (user.password === form.password) return token;' },
    { path: 'config/app.yml', text: 'password: ${DB_PASSWORD}\n' },
    { path: 'src/labels.ts', text: "const labels = { password: 'Enter your password here' };" },
    { path: 'src/keys.ts', text: "<Field key=\"title\" name='keyboard' />" },
    { path: 'config/secrets.ejson', text: '{"api_token": "EJ[1:${alnum:43}=:${alnum:32}:${alnum:60}=]"}\n' },
    { path: 'config/values.enc.yaml', text: 'api_token: ENC[AES256_GCM,data:${alnum:43}=,iv:${alnum:43}=,tag:${alnum:22}==,type:str]\n' },
    { path: 'application.properties', text: 'db.password=ENC(${alnum:44})\n' },
    { path: 'application.yml', text: 'client_secret: "{cipher}${hex:64}"\n' },
    { path: '.env', text: 'API_TOKEN="encrypted:${alnum:120}"\n' },
    ...publicKeys.map((key) => ({ path: 'server.conf', text: `users = [{ nkey: "${key}" }]\n` })),
  ],
};
