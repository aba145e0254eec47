import { afterAll, expect, test } from 'vitest';
import { applyFix } from '../verify-fixes.ts';
import { TestScans } from './test-scans.ts';

const scans = new TestScans();
afterAll(() => scans.remove());

/** A program with one mistake, and what the fix makes of it. */
const programs: readonly (readonly [path: string, before: string, after: string])[] = [
  ['a.go', 'package a\nimport "crypto/tls"\nfunc f() *tls.Config { return &tls.Config{MinVersion: 1, InsecureSkipVerify:  true} }\n', 'InsecureSkipVerify:  false'],
  ['b.go', 'package a\nimport "crypto/tls"\nfunc f(c *tls.Config) { c.InsecureSkipVerify = true }\n', 'c.InsecureSkipVerify = false'],
  ['a.php', '<?php\ncurl_setopt($ch, CURLOPT_SSL_VERIFYPEER, 0);\n', 'curl_setopt($ch, CURLOPT_SSL_VERIFYPEER, true)'],
  ['b.php', '<?php\ncurl_setopt($ch, CURLOPT_SSL_VERIFYHOST, false);\n', 'curl_setopt($ch, CURLOPT_SSL_VERIFYHOST, 2)'],
  ['c.php', "<?php\n$o = ['verify_peer' => false, 'x' => false];\n", "['verify_peer' => true, 'x' => false]"],
  ['d.php', "<?php\ndefine('WP_DEBUG', true);\n", "define('WP_DEBUG', false)"],
  ['a.rb', 'http.verify_mode = OpenSSL::SSL::VERIFY_NONE\n', 'http.verify_mode = OpenSSL::SSL::VERIFY_PEER'],
  ['b.rb', 'HTTParty.get(url, verify: false)\n', 'HTTParty.get(url, verify: true)'],
  ['a.rs', 'fn main() { let c = reqwest::Client::builder().danger_accept_invalid_certs(true).build(); }\n', 'danger_accept_invalid_certs(false)'],
  ['a.c', 'void f(CURL *h) { curl_easy_setopt(h, CURLOPT_SSL_VERIFYHOST, 0); }\n', 'curl_easy_setopt(h, CURLOPT_SSL_VERIFYHOST, 2L)'],
];

test('fixes of our own forms take the finding away and leave the rest of the program as it is', async () => {
  const { findings } = await scans.run(scans.put('fixes', Object.fromEntries(programs.map(([path, before]) => [path, before]))), scans.put('none', { 'a.yaml': 'rules: []\n' }));
  for (const [path, before, after] of programs) {
    const fix = findings.find(({ location, rule }) => location.path === path && rule.startsWith('code/'))?.fix;
    expect(fix, path).toMatchObject({ verified: true, disposition: 'unsafe' });
    expect(fix === undefined ? '' : applyFix(before, fix), path).toContain(after);
  }
});
