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
  ],
};
