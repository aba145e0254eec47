const head = 'time="2026-03-04T05:06:07Z" level=info msg="access granted"';

export default {
  maps: [
    {
      record: `${head} arn="arn:aws:iam::111122223333:role/ops" client="127.0.0.1:40000" groups="[system:masters]" method=POST path=/authenticate sts=sts.eu-central-1.amazonaws.com uid="aws-iam:1" username=ops`,
      expect: { class_uid: 3002, activity_id: 1, time: Date.UTC(2026, 2, 4, 5, 6, 7), status: 'Success', user: { name: 'ops', uid: 'aws-iam:1', groups: [{ name: 'system:masters' }] }, actor: { user: { name: 'arn:aws:iam::111122223333:role/ops' } }, src_endpoint: { ip: '127.0.0.1', port: 40_000 }, unmapped: { groups: '[system:masters]', arn: 'arn:aws:iam::111122223333:role/ops' } },
    },
    { record: 'time="2026-03-04T05:06:07Z" level=warning msg="access denied" arn="arn:aws:iam::111122223333:role/x" client="127.0.0.1:1" error="ARN is not mapped" method=POST', expect: { status: 'Failure', status_detail: 'ARN is not mapped' } },
  ],
  rejects: [null, {}, '', 'time="x"', 'time="2026-03-04T05:06:07Z" level=info msg="reconfigured"', head.replace('03-04', '99-04')],
};
