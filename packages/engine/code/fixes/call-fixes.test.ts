import { afterAll, expect, test } from 'vitest';
import { applyFix } from '../../verify-fixes.ts';
import { TestScans } from '../test-scans.ts';

const scans = new TestScans();
afterAll(() => scans.remove());

const flask = 'from flask import Flask, make_response\napp = Flask(__name__)\n@app.route("/")\ndef index(options):\n    answer = make_response("x")\n';
const express = "const app = require('express')();\napp.get('/', (req, res) => {\n";
const java = (imports: string, body: string): string => `package demo;\n\n${imports}\npublic class A {\n${body}}\n`;
const cookies = 'import javax.servlet.http.Cookie;\nimport javax.servlet.http.HttpServletResponse;\n';

/** Programs with one mistake; the line that the fix changes, and the lines that come in its place. */
const mended: readonly (readonly [path: string, program: string, from: string, to: string])[] = [
  ['a.py', 'import requests\nrequests.get(u, verify=False)  # our own\n', 'requests.get(u, verify=False)  # our own', 'requests.get(u, verify=True)  # our own'],
  ['b.py', 'import requests\nrequests.get(\n    u,  # )\n    verify = False,\n    **kw,\n)\n', '    verify = False,', '    verify = True,'],
  ['c.py', 'import yaml\nyaml.load(text)\n', 'yaml.load(text)', 'yaml.safe_load(text)'],
  ['d.py', 'import yaml\nyaml.load(text, Loader=yaml.CLoader)\n', 'yaml.load(text, Loader=yaml.CLoader)', 'yaml.load(text, Loader=yaml.CSafeLoader)'],
  ['e.py', 'import ssl\nssl._create_unverified_context()\n', 'ssl._create_unverified_context()', 'ssl.create_default_context()'],
  ['f.py', `${flask}    answer.set_cookie(\n        "a",\n        ", )",  # one )\n        httponly=True  # two\n    )\n`, '        httponly=True  # two', '        httponly=True,  # two\n        secure=True'],
  ['g.py', `${flask}    answer.set_cookie("a", "b",)\n`, '    answer.set_cookie("a", "b",)', '    answer.set_cookie("a", "b", secure=True,)'],
  ['h.py', `${flask}    answer.set_cookie("a",\r\n                      "b")\r\n`, '                      "b")\r', '                      "b", secure=True)\r'],
  ['i.py', 'import random\ndef new_token():\n    return random.choice("ab")\n', '    return random.choice("ab")', '    return random.SystemRandom().choice("ab")'],
  ['j.py', 'import subprocess\nsubprocess.run(["ls", folder], shell=True)\n', 'subprocess.run(["ls", folder], shell=True)', 'subprocess.run(["ls", folder], shell=False)'],
  ['k.py', 'import jwt\njwt.decode(token, key, algorithms=["HS256", "none"])\n', 'jwt.decode(token, key, algorithms=["HS256", "none"])', 'jwt.decode(token, key, algorithms=["HS256"])'],
  ['l.py', 'from Crypto.PublicKey import RSA\nRSA.generate(1024)\n', 'RSA.generate(1024)', 'RSA.generate(2048)'],
  ['m.py', `${flask}app.config['SESSION_COOKIE_SECURE'] = False  # for now\n`, "app.config['SESSION_COOKIE_SECURE'] = False  # for now", "app.config['SESSION_COOKIE_SECURE'] = True  # for now"],
  ['n.py', 'import hashlib\ndef reset_token(user):\n    return hashlib.sha1(user).hexdigest()\n', '    return hashlib.sha1(user).hexdigest()', '    return hashlib.sha256(user).hexdigest()'],
  ['a.js', "const https = require('https');\nconst options = { host: 'x', rejectUnauthorized: false };\nhttps.request(options);\n", "const options = { host: 'x', rejectUnauthorized: false };", "const options = { host: 'x', rejectUnauthorized: true };"],
  ['b.js', "const https = require('https');\nhttps.get({ 'rejectUnauthorized': false /* (dev */, host: /[(,]/ });\n", "https.get({ 'rejectUnauthorized': false /* (dev */, host: /[(,]/ });", "https.get({ 'rejectUnauthorized': true /* (dev */, host: /[(,]/ });"],
  ['c.js', `${express}  res.cookie('a', \`\${f(1, ')')}\`);\n});\n`, "  res.cookie('a', `${f(1, ')')}`);", "  res.cookie('a', `${f(1, ')')}`, { secure: true });"],
  ['d.js', `${express}  res.cookie('a', b, {\n    httpOnly: true, // soon\n  });\n});\n`, '    httpOnly: true, // soon', '    httpOnly: true, // soon\n    secure: true,'],
  ['e.js', `${express}  res.cookie('a', b, {});\n});\n`, "  res.cookie('a', b, {});", "  res.cookie('a', b, { secure: true });"],
  ['f.js', "const crypto = require('crypto');\nconst resetToken = () => crypto.createHash(\"md5\").digest('hex');\nmodule.exports = resetToken;\n", "const resetToken = () => crypto.createHash(\"md5\").digest('hex');", "const resetToken = () => crypto.createHash(\"sha256\").digest('hex');"],
  ['g.js', "process.env.NODE_TLS_REJECT_UNAUTHORIZED = '0'\n", "process.env.NODE_TLS_REJECT_UNAUTHORIZED = '0'", "process.env.NODE_TLS_REJECT_UNAUTHORIZED = '1'"],
  ['h.js', "const jwt = require('jsonwebtoken');\njwt.verify(token, key, { algorithms: ['none', 'HS256'] });\n", "jwt.verify(token, key, { algorithms: ['none', 'HS256'] });", "jwt.verify(token, key, { algorithms: ['HS256'] });"],
  ['i.js', "const session = require('express-session');\nmodule.exports = session({ secret: s, resave: false, saveUninitialized: false, cookie: { secure: false } });\n", 'module.exports = session({ secret: s, resave: false, saveUninitialized: false, cookie: { secure: false } });', "module.exports = session({ secret: s, resave: false, saveUninitialized: false, cookie: { secure: 'auto' } });"],
  ['A.java', java(cookies, '  void f(HttpServletResponse r) {\n    Cookie c = new Cookie("a", "b");\n    r.addCookie(c);\n  }\n'), '    r.addCookie(c);', '    c.setSecure(true);\n    r.addCookie(c);'],
  ['B.java', java('import java.io.File;\nimport java.util.List;\nimport java.util.Random;\n', '  int f(List<File> l) {\n    return new Random().nextInt();\n  }\n'), 'import java.util.List;\nimport java.util.Random;', 'import java.security.SecureRandom;\nimport java.util.List;'],
  ['C.java', java('import java.util.Random;\n', '  private final Random r = new Random();\n'), 'import java.util.Random;', 'import java.security.SecureRandom;\nimport java.util.Random;'],
  ['D.java', java('import javax.xml.parsers.*;\n', '  DocumentBuilder f() throws Exception {\n    DocumentBuilderFactory f = DocumentBuilderFactory.newInstance();\n    // one each time\n    return f.newDocumentBuilder();\n  }\n'), '    return f.newDocumentBuilder();', '    f.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);\n    return f.newDocumentBuilder();'],
];

/** Programs with a mistake for which nothing may be offered. */
const left: readonly (readonly [path: string, program: string])[] = [
  ['a.py', 'import requests\nVERIFY = False\nrequests.get(u, verify=VERIFY)\n'],
  ['b.py', 'from yaml import load, Loader\nload(text, Loader=Loader)\n'],
  ['c.py', 'import random\ntry:\n    rand = random.SystemRandom()\nexcept NotImplementedError:\n    rand = random\ndef token():\n    return rand.choice("ab")\n'],
  ['d.py', 'import requests\nrequests.get(u, verify=not True)\n'],
  ['e.py', 'import jwt\njwt.decode(token, key, algorithms=["none"])\n'],
  ['f.py', 'import jwt\njwt.decode(token, options={"verify_signature": False})\n'],
  ['g.py', 'import tarfile\nwith tarfile.open(p) as t:\n    if new:\n        t.extractall(p, filter="data")\n    else:\n        t.extractall(p)\n'],
  ['h.py', 'import ssl\nc = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)\nc.check_hostname = False\nc.verify_mode = ssl.CERT_NONE\n'],
  ['i.py', 'import ssl\nssl._create_unverified_context(ssl.PROTOCOL_TLS, cert_reqs=ssl.CERT_NONE)\n'],
  ['j.py', `${flask}    answer.set_cookie(*options)\n`],
  ['k.py', `import hashlib\ndef etag(text):\n    return hashlib.md5(text).hexdigest()\n`],
  ['l.py', 'import tempfile\nname = tempfile.mktemp()\n'],
  ['test_m.py', 'import requests\ndef test_a():\n    requests.get(u, verify=False)\n'],
  ['a.js', "const https = require('https');\nconst insecure = false;\nhttps.get({ host: 'x', rejectUnauthorized: insecure });\n"],
  ['b.js', "const https = require('https');\nconst o = { rejectUnauthorized: false };\no.rejectUnauthorized = false;\nhttps.get(o);\n"],
  ['c.js', "const crypto = require('crypto');\ncrypto.createCipheriv('aes-128-ecb', key, null);\n"],
  ['d.js', "const { createHash: make } = require('crypto');\nconst resetToken = () => make(`md5`).digest('hex');\nmodule.exports = resetToken;\n"],
  ['A.java', java(cookies, '  void f(HttpServletResponse r) {\n    Cookie c = new Cookie("a", "b");\n    if (a)\n      r.addCookie(c);\n  }\n')],
  ['B.java', java(cookies, '  void f(HttpServletResponse r, Cookie c) {\n    r.addCookie(c);\n  }\n')],
  ['C.java', java('import java.util.Random;\n', '  private final Random r = new Random(7);\n')],
  ['D.java', java('import java.util.Random;\nimport org.acme.SecureRandom;\n', '  private final Random r = new Random();\n')],
  ['E.java', java('', '  Object f() throws Exception {\n    return javax.xml.parsers.DocumentBuilderFactory.newInstance().newDocumentBuilder();\n  }\n')],
];

test('a fix of several lines stays in its entry of a list of YAML', async () => {
  const rule = 'rules:\n  - {id: a, languages: [yaml], severity: ERROR, message: m, patterns: [{pattern: "name: shop"}], fix: "user: 1000\\nname: shop"}\n';
  const program = 'containers:\n  - name: shop\n    image: shop\n';
  const { findings } = await scans.run(scans.put('yaml', { 'pod.yaml': program }), scans.put('yaml-rules', { 'a.yaml': rule }), { persona: 'auditor', severity: 'informational', confidence: 'low' });
  const fix = findings.find(({ location }) => location.path === 'pod.yaml')?.fix;
  expect(fix === undefined ? '' : applyFix(program, fix)).toBe('containers:\n  - user: 1000\n    name: shop\n    image: shop\n');
});

const all = { persona: 'auditor', severity: 'informational', confidence: 'low' } as const;
const noRules = scans.put('none', { 'a.yaml': 'rules: []\n' });

test('fixes of facts take the finding away, in the style of the file, and change nothing else', async () => {
  const { findings } = await scans.run(scans.put('mended', Object.fromEntries(mended.map(([path, program]) => [path, program]))), noRules, all);
  for (const [path, program, from, to] of mended) {
    const fix = findings.find((finding) => finding.location.path === path && finding.fix !== undefined)?.fix;
    expect(fix, path).toMatchObject({ verified: true, disposition: 'unsafe' });
    expect(fix === undefined ? '' : applyFix(program, fix).replaceAll('new SecureRandom()', 'new Random()'), path).toBe(program.replace(from, () => to));
  }
});

test('where the place is not plain, or the program would not work any more, there is a finding and no fix', async () => {
  const { findings } = await scans.run(scans.put('left', Object.fromEntries(left.map(([path, program]) => [path, program]))), noRules, all);
  for (const [path] of left) {
    const own = findings.filter((finding) => finding.location.path === path);
    expect(own.length, path).toBeGreaterThan(0);
    expect(own.flatMap(({ fix, rule }) => (fix === undefined ? [] : [{ rule, fix }])), path).toEqual([]);
  }
});

test('what was proven is kept: a second run gives the same fixes, also where the lines have moved', async () => {
  const folder = scans.put('kept', { 'a.py': 'import yaml\nyaml.load(text)\n' });
  const stateDir = scans.put('state', { 'x': '' });
  const titles = async (): Promise<readonly unknown[]> => (await scans.run(folder, noRules, { ...all, stateDir })).findings.map(({ fix }) => fix && [fix.title, fix.verified, fix.edits[0]?.region.startLine]);
  const first = await titles();
  expect(first).toEqual([['Use `safe_load` in place of `load`', true, 2]]);
  expect(await titles()).toEqual(first);
  scans.put('kept', { 'a.py': '# more\nimport yaml\nyaml.load(text)\n' });
  expect(await titles()).toEqual([['Use `safe_load` in place of `load`', true, 3]]);
});
