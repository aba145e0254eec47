import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clip } from './clip.ts';
import { htmlText } from './html-text.ts';
import { markdownCode, markdownText } from './markdown-text.ts';
import { sarifText } from './sarif.ts';
import { folderUri, isWebUrl, pathUri } from './uri.ts';
import { visibleText } from './visible-text.ts';
import { annotationCommand, commandData } from './workflow-command.ts';
import { xmlElement, xmlText } from './xml-text.ts';

const anyText = fc.string({ unit: 'binary', maxLength: 30 });

describe('visible text', () => {
  it.each([
    ['a\nb', 'a\\nb'], ['\u001b[2J', '\\x1b[2J'], ['\u009b1m', '\\x9b1m'], ['\u202egnp', '\\u{202e}gnp'], ['\ud800', '\\u{d800}'],
    ['\u{e0041}', '\\u{e0041}'], ['zażółć 日本 🙂', 'zażółć 日本 🙂'],
  ])('%j shows as %j', (text, shown) => expect(visibleText(text)).toBe(shown));

  it('leaves nothing that acts', () => {
    fc.assert(fc.property(anyText, (text) => {
      expect(visibleText(text)).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}]/u);
    }));
  });
});

describe('markup', () => {
  it('is text in HTML and XML', () => {
    expect(htmlText('<a href="x" b=\'`\'>&')).toBe('&lt;a href=&quot;x&quot; b=&#39;&#96;&#39;&gt;&amp;');
    expect(xmlText(']]>\u0000')).toBe(']]&gt;\\x00');
    expect(xmlElement('a', { b: '"', c: undefined }, ['x'])).toBe('<a b="&quot;">x</a>');
  });

  it('is text in Markdown', () => {
    expect(markdownText('a|b *c* <d>')).toBe('a&#124;b &#42;c&#42; &#60;d&#62;');
    expect(markdownText('- x')).toBe('&#45; x');
    expect(markdownText('1. x')).toBe('&#49;&#46; x');
    expect(markdownText('by @me, see #1 at http://x')).toBe('by @<!-- -->me, see #<!-- -->1 at http:<!-- -->//x');
    expect(markdownText('done: 5% (ok)')).toBe('done: 5% (ok)');
    expect(markdownCode('a`|</code>')).toBe('<code>a&#96;&#124;&#60;/code&#62;</code>');
  });
});

describe('workflow commands', () => {
  it('escape what ends a property or a line', () => {
    expect(annotationCommand({ level: 'error', file: 'a,b:c%', line: 1, message: '50%\r\n::x' })).toBe('::error file=a%2Cb%3Ac%25,line=1::50%25%0D%0A::x');
    expect(annotationCommand({ level: 'notice', message: '' })).toBe('::notice::');
  });

  it('lose nothing', () => {
    fc.assert(fc.property(anyText, (text) => {
      expect(decodeURIComponent(commandData(text).replace(/%(?!25|0A|0D)/g, '%25'))).toBe(text.toWellFormed());
    }));
  });
});

describe('URIs', () => {
  it('encode paths and give them back', () => {
    expect(pathUri('a b/c#d')).toBe('a%20b/c%23d');
    expect(pathUri('c:/x')).toBe('c%3A/x');
    fc.assert(fc.property(anyText, (text) => {
      expect(decodeURIComponent(pathUri(text))).toBe(text.toWellFormed());
    }));
  });

  it.each([['/home/a b', 'file:///home/a%20b/'], ['/x/', 'file:///x/'], ['C:\\w\\y', 'file:///C:/w/y/'], ['//host/share', 'file:///host/share/']])(
    'folder %s is %s', (folder, uri) => expect(folderUri(folder)).toBe(uri),
  );

  it.each([
    ['https://example.com', true], ['http://a.b:80/c?d=e#f', true], ['https://a.b/%41', true],
    ['javascript:alert(1)', false], ['https://', false], ['https://a b', false], ['https://a/"', false], ['https://a/%4', false], ['HTTPS://A', false],
  ])('%s is a web address: %s', (text, is) => expect(isWebUrl(text)).toBe(is));
});

describe('other texts', () => {
  it('clips without splitting a pair', () => {
    expect(clip('abc', 3)).toBe('abc');
    expect(clip('abcd', 3)).toBe('ab…');
    fc.assert(fc.property(fc.string({ unit: 'grapheme', maxLength: 20 }), fc.nat(20), (text, limit) => {
      expect(clip(text, limit).isWellFormed()).toBe(true);
      expect(clip(text, limit).length).toBeLessThanOrEqual(Math.max(1, limit));
    }));
  });

  it('keeps SARIF placeholders and links literal', () => {
    expect(sarifText('use {0} and {x}')).toBe('use {{0}} and {x}');
    expect(sarifText('[a](b) \\')).toBe('\\[a\\](b) \\\\');
    expect(sarifText('plain [x]')).toBe('plain [x]');
  });
});
