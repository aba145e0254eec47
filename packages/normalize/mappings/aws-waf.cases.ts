const record = (rest: object): object => ({
  timestamp: 1_772_600_767_000, formatVersion: 1, webaclId: 'arn:aws:wafv2:eu-west-1:111122223333:regional/webacl/shop/1', terminatingRuleId: 'Default_Action', action: 'ALLOW', responseCodeSent: null,
  httpRequest: {
    clientIp: '198.51.100.7', headers: [{ name: 'Host', value: 'shop.example.org' }, { name: 'User-Agent', value: 'curl/8' }], uri: '/search', args: 'q=a', httpVersion: 'HTTP/2.0', httpMethod: 'GET', requestId: 'R-1',
  },
  ...rest,
});

export default {
  maps: [
    {
      record: record({}),
      expect: {
        class_uid: 4002, activity_id: 3, time: 1_772_600_767_000, status: 'Unknown', src_endpoint: { ip: '198.51.100.7' }, metadata: { uid: 'R-1' }, cloud: { account: { uid: '111122223333' } },
        http_request: { http_method: 'GET', user_agent: 'curl/8', url: { path: '/search', query_string: 'q=a', hostname: 'shop.example.org' } }, unmapped: { action: 'ALLOW', 'c-ip': '198.51.100.7' },
      },
    },
    { record: record({ action: 'BLOCK', terminatingRuleId: 'SQLi' }), expect: { status: 'Failure', status_code: '403', status_detail: 'SQLi', http_response: { code: 403 } } },
    { record: record({ httpRequest: {} }), expect: { class_uid: 4002, activity_id: 99 } },
  ],
  rejects: [{}, [], { webaclId: 'x' }, { webaclId: 'x', action: 'ALLOW', httpRequest: 'GET' }],
};
