import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ApiPath, ApiStep } from '#model/library.ts';
import { ApiPathError, apiPathText, parseApiPath, parsePlace } from './api-path.ts';

const name = fc.stringMatching(/^[A-Za-z_$][\w$]{0,8}$/);
const anyName = fc.stringMatching(/^[^{}<>,\s]{1,8}$/);
const members = fc.oneof(fc.array(name, { minLength: 1, maxLength: 4 }), anyName.map((one) => [one]));
const step: fc.Arbitrary<ApiStep> = fc.oneof(
  members.map((names): ApiStep => ({ kind: 'member', names })),
  fc.constantFrom<ApiStep>({ kind: 'any' }, { kind: 'result' }, { kind: 'instance' }, { kind: 'this' }, { kind: 'element' }, { kind: 'await' }),
  fc.oneof(fc.nat(99), fc.constant('*' as const)).chain((at) => fc.constantFrom<ApiStep>({ kind: 'argument', at }, { kind: 'parameter', at })),
);
const javascriptRoot = fc.constantFrom('fs', '@koa/router', 'socket.io', 'lodash.template', 'mysql2/promise', 'crypto-js', 'global', '*');
const javaRoot = fc.constantFrom('java.lang.Runtime', 'java.util.Map.Entry', 'org.xml.sax.XMLReader', 'java.net.URL', 'Local');

function pathOf(root: fc.Arbitrary<string>): fc.Arbitrary<ApiPath> {
  return fc.tuple(root, fc.array(step, { maxLength: 6 })).map(([first, rest]) => [{ kind: 'root', names: [first] }, ...rest]);
}

describe('API paths', () => {
  it('come back from the words they are written in', () => {
    fc.assert(fc.property(pathOf(javascriptRoot), (path) => {
      expect(parseApiPath(apiPathText(path), 'javascript')).toEqual(path);
    }));
  });

  it('of Java begin with a class, and with the classes within it', () => {
    const lower = (path: ApiPath): boolean => path[1]?.kind !== 'member' || !/^[A-Z][A-Z0-9]*[a-z]/.test(path[1].names[0] ?? '');
    fc.assert(fc.property(pathOf(javaRoot).filter(lower), (path) => {
      expect(parseApiPath(apiPathText(path), 'java')).toEqual(path);
    }));
    const root = (text: string): ApiStep | undefined => parseApiPath(text, 'java')[0];
    expect(root('java.util.Map.Entry.new.getValue()')).toEqual({ kind: 'root', names: ['java.util.Map.Entry'] });
    expect(root('java.lang.Integer.MAX_VALUE')).toEqual({ kind: 'root', names: ['java.lang.Integer'] });
    expect(root('{javax,jakarta}.servlet.http.{Cookie,HttpSession}.new')).toEqual({
      kind: 'root',
      names: ['javax.servlet.http.Cookie', 'javax.servlet.http.HttpSession', 'jakarta.servlet.http.Cookie', 'jakarta.servlet.http.HttpSession'],
    });
  });

  it('of Python begin with the first part of the module', () => {
    expect(parseApiPath('os.path.join', 'python')).toEqual([{ kind: 'root', names: ['os'] }, { kind: 'member', names: ['path'] }, { kind: 'member', names: ['join'] }]);
  });

  it('say where they go wrong', () => {
    const message = (text: string, language: 'javascript' | 'java' = 'javascript'): string => {
      try {
        return apiPathText(parseApiPath(text, language));
      } catch (error) {
        return error instanceof ApiPathError ? error.message : 'thrown otherwise';
      }
    };
    expect(message('fs..readFile')).toBe('the path "fs..readFile" is wrong at character 4: expected a name, `*`, `{a,b}` or `<any name>`');
    expect(message('fs(argument0)')).toContain('at character 4: expected `()`, `(arg0)`');
    expect(message('fs.{read,}')).toContain('not ""');
    expect(message('fs.{read')).toContain('`}` somewhere after this');
    expect(message('java.lang', 'java')).toContain('a class, whose name begins with a capital letter');
    expect(message('a'.repeat(1_500))).toContain('at most 1000 characters');
  });

  it('that are hostile are refused or read, and nothing else', () => {
    const hostile = fc.oneof(fc.string({ maxLength: 60 }), fc.array(fc.constantFrom('.', '(', ')', '{', '}', '<', '>', ',', '*', 'arg0', 'param0', 'new', 'a', '@', '/', ' '), { maxLength: 40 }).map((parts) => parts.join('')));
    fc.assert(fc.property(hostile, fc.constantFrom('javascript' as const, 'java' as const, 'python' as const), (text, language) => {
      try {
        expect(parseApiPath(text, language).length).toBeGreaterThan(0);
      } catch (error) {
        expect(error).toBeInstanceOf(ApiPathError);
      }
    }));
  });
});

describe('places', () => {
  it('are read in all their forms', () => {
    expect(parsePlace(0)).toEqual({ base: 'argument', at: 0, steps: [] });
    expect(parsePlace('1..')).toEqual({ base: 'later', at: 1, steps: [] });
    expect(parsePlace('1.shell')).toEqual({ base: 'argument', at: 1, steps: [{ kind: 'member', names: ['shell'] }] });
    expect(parsePlace('0...element')).toEqual({ base: 'later', at: 0, steps: [{ kind: 'element' }] });
    expect(parsePlace('*')).toEqual({ base: 'any', steps: [] });
    expect(parsePlace('keyword:shell')).toEqual({ base: 'keyword', name: 'shell', steps: [] });
    expect(parsePlace('result.await')).toEqual({ base: 'result', steps: [{ kind: 'await' }] });
    expect(parsePlace('1.param0')).toEqual({ base: 'argument', at: 1, steps: [{ kind: 'parameter', at: 0 }] });
  });

  it.each(['', 'first', '-1', '0.this', '0(arg1)', 'keyword:', '100', 'thisx', '0.'])('%j is none', (text) => {
    expect(() => parsePlace(text)).toThrow(ApiPathError);
  });
});
