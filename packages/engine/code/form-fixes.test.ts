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
  ['c.go', 'package a\nimport "net/http"\nfunc f() *http.Cookie { return &http.Cookie{Name: "session", Secure: true, HttpOnly: false} }\n', 'HttpOnly: true'],
  ['e.php', "<?php\nini_set('session.cookie_httponly', 0);\n", "ini_set('session.cookie_httponly', '1')"],
  ['f.php', "<?php\nini_set('session.cookie_secure', 'off');\n", "ini_set('session.cookie_secure', '1')"],
  ['g.php', "<?php\nsetcookie('session', $v, 0, '/', '', true, false);\n", "setcookie('session', $v, 0, '/', '', true, true)"],
  ['h.php', "<?php\nsession_set_cookie_params(['secure' => true, 'httponly' => false]);\n", "['secure' => true, 'httponly' => true]"],
  ['i.php', "<?php\nsession_set_cookie_params(['secure' => false, 'httponly' => true]);\n", "['secure' => true, 'httponly' => true]"],
  ['settings.py', 'SESSION_COOKIE_HTTPONLY = False\n', 'SESSION_COOKIE_HTTPONLY = True'],
  ['production.py', 'CSRF_COOKIE_SECURE = False\n', 'CSRF_COOKIE_SECURE = True'],
  ['c.rb', 'config.force_ssl = false\n', 'config.force_ssl = true'],
  ['d.rb', 'config.action_controller.allow_forgery_protection = false\n', 'allow_forgery_protection = true'],
  ['e.rb', "Rails.application.config.session_store :cookie_store, key: 'a', httponly: false\n", 'httponly: true'],
  ['a.cs', 'class A { void M(O o) { o.RequireHttpsMetadata = false; } }\n', 'o.RequireHttpsMetadata = true;'],
  ['b.cs', 'class A { void M(O o) { o.EnableDetailedErrors = true; } }\n', 'o.EnableDetailedErrors = false;'],
  ['c.cs', 'class A { void M(O o) { o.Cookie.SecurePolicy = CookieSecurePolicy.None; } }\n', 'CookieSecurePolicy.Always;'],
  ['d.cs', 'class A { object M() { return new CookieOptions { Secure = true, HttpOnly = false }; } }\n', 'HttpOnly = true'],
  ['b.rs', 'fn main() { let cookie_builder = cookie.http_only(false); }\n', 'cookie.http_only(true)'],
  ['a.c', 'void f(CURL *h) { curl_easy_setopt(h, CURLOPT_SSL_VERIFYHOST, 0); }\n', 'curl_easy_setopt(h, CURLOPT_SSL_VERIFYHOST, 2L)'],
];

test('fixes of our own forms take the finding away and leave the rest of the program as it is', async () => {
  const { findings } = await scans.run(scans.put('fixes', Object.fromEntries(programs.map(([path, before]) => [path, before]))), scans.put('none', { 'a.yaml': 'rules: []\n' }), { persona: 'pedantic' });
  for (const [path, before, after] of programs) {
    const fix = findings.find(({ location, rule }) => location.path === path && rule.startsWith('code/'))?.fix;
    expect(fix, path).toMatchObject({ verified: true, disposition: 'unsafe' });
    expect(fix === undefined ? '' : applyFix(before, fix), path).toContain(after);
  }
});
