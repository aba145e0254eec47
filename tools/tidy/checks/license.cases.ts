import type { CheckCases } from '../repo.ts';

const manifest = '{"license": "Apache-2.0"}';
const apache = '    Apache License\n    Version 2.0, January 2004\n';

export default {
  bad: [
    { why: 'no licence', at: 'LICENSE', tree: { 'package.json': manifest } },
    { why: 'another licence', at: 'LICENSE', tree: { 'package.json': manifest, LICENSE: 'All rights reserved.' } },
    { why: 'another name', at: 'package.json', tree: { 'package.json': '{"license": "MIT"}', LICENSE: apache } },
  ],
  good: [{ 'package.json': manifest, LICENSE: apache }],
} satisfies CheckCases;
