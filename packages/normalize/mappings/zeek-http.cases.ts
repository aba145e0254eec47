const base = {
  ts: 1_772_600_767.5, uid: 'C1', 'id.orig_h': '10.0.0.5', 'id.orig_p': 40_000, 'id.resp_h': '203.0.113.9', 'id.resp_p': 80, trans_depth: 1, method: 'GET', host: 'www.example.com', uri: '/a?b=1', version: '1.1', user_agent: 'curl/8',
  request_body_len: 0, response_body_len: 12, status_code: 200, resp_mime_types: ['text/html'],
};

export default {
  maps: [
    { record: base, expect: { class_uid: 4002, activity_id: 3, time: 1_772_600_767_500, http_request: { url: { path: '/a', hostname: 'www.example.com' }, user_agent: 'curl/8' }, http_response: { code: 200, content_type: 'text/html' }, unmapped: { 'c-uri': '/a?b=1', 'c-useragent': 'curl/8' } } },
    { record: { ...base, method: undefined, uri: undefined }, expect: { activity_id: 99 } },
    { record: { ...base, method: 'PROPFIND', status_code: undefined, uri: undefined }, expect: { activity_id: 99, activity_name: 'PROPFIND', http_request: { url: { url_string: 'unknown' } } } },
  ],
  rejects: [null, 'x', {}, { ...base, ts: 'x' }, { ...base, trans_depth: undefined }],
};
