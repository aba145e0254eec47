export default {
  valid: ['${proof:grafana-token}'],
  invalid: ['glsa_${alnum:32}_${hex:8}', 'glsa_${alnum:32}', 'glsa_', ''],
};
