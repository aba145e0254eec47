const head = 'Mar  4 05:06:07 web-1 su[812]:';

export default {
  maps: [
    { record: `${head} (to root) mira on pts/0`, expect: { class_uid: 3002, activity_id: 7, status_id: 1, user: { name: 'root' }, actor: { user: { name: 'mira' } }, unmapped: { target_user: 'root' } } },
    { record: `${head} FAILED SU (to root) mira on pts/0`, expect: { status: 'Failure' } },
    { record: 'Mar  4 05:06:07 web-1 su: Successful su for root by mira', expect: { status: 'Success', user: { name: 'root' } } },
  ],
  rejects: [null, {}, '', `${head} something else`, 'Mar  4 05:06:07 web-1 sudo: (to root) mira on pts/0'],
};
