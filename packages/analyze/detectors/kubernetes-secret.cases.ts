export default {
  fires: [
    { path: 'deploy/db.yaml', text: 'apiVersion: v1\nkind: Secret\nmetadata:\n  name: db\ntype: Opaque\ndata:\n  username: ${b64(svc-app)}\n  password: ${proof:base64-password}\n' },
    { path: 'deploy/db.yaml', text: 'apiVersion: v1\ndata:\n  db-password: "${proof:base64-password}"\nkind: Secret\nmetadata:\n  name: db\n' },
    { path: 'deploy/db.yaml', text: 'kind: ConfigMap\n---\nkind: Secret\nstringData:\n  password: ${alnum:20}\n' },
  ],
  silent: [
    { path: 'deploy/db.yaml', text: 'kind: Secret\ndata:\n  password: {{ .Values.password | b64enc }}\n' },
    { path: 'deploy/db.yaml', text: 'kind: Secret\ndata:\n  password: ${b64(password)}\n' },
    { path: 'deploy/db.yaml', text: 'kind: ConfigMap\ndata:\n  password: ${proof:base64-password}\n' },
    { path: 'deploy/db.yaml', text: 'kind: Secret\ndata:\n  username: ${b64(svc-app)}\n' },
  ],
};
