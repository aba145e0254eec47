import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type IrModule, op, type Op } from '#model/ir.ts';
import { valueInA, valueInB, valueInC } from '#normalize/ir/module-builder.ts';
import { lowerProperties } from '#normalize/java/properties.ts';
import { lowerJava } from '#normalize/java/java-module.ts';
import { loadGrammar } from './grammars.ts';
import { sinksOf } from './ir-words.ts';

const parse = await loadGrammar('java');

function lower(text: string): IrModule {
  const tree = parse(text);
  if (tree === undefined) throw new Error('no tree');
  return lowerJava(tree, 'src/main/java/a/b/C.java');
}

/** Statements of a method with parameters `String x`, `String y` and `boolean c`; what they pass to `sink`. */
function passed(body: string): string[] {
  return sinksOf(lower(`package a.b; import java.util.*; class C { void sink(Object o) {} void m(String x, String y, boolean c) { ${body} } }`));
}

describe('values and branches', () => {
  it.each([
    ['String s; if (c) s = x; else s = "k"; sink(s);', ['("k" | p0)']],
    ['String s = c ? x : y; sink(s);', ['(p0 | p1)']],
    ['int n = 106; sink((7 * 18) + n > 200 ? "k" : x);', ['"k"']],
    ['int n = 86; String s; if ((7 * 42) - n > 200) s = "k"; else s = x; sink(s);', ['"k"']],
    ['int n = Integer.MAX_VALUE; int m = 2147483647 + 1; sink(m < 0 ? "k" : x);', ['"k"']],
    ['sink(7 / 2 * 2 == 7 ? x : "k");', ['"k"']],
    ['sink(1.0 / 2 > 0.4 ? "k" : x);', ['"k"']],
    ['sink((byte) 200 < 0 && (char) 66 == \'B\' ? "k" : x);', ['"k"']],
    ['long l = 1L << 40; sink(l > 5 ? "k" : x);', ['"k"']],
    ['sink("a" + x + 1 + y);', ['"a" + p0 + 1 + p1']],
    ['sink(1 + 2 + "a");', ['"3a"']],
    ['String s = x; s += y; s += \'c\'; sink(s);', ['p0 + p1 + "c"']],
    ['int i = x.length(); i += 2; sink(i);', ['p0.length() + 2']],
    ['if (!c) return; sink(x);', ['p0']],
    ['boolean ok = c && x.isEmpty(); sink(ok);', ['(false | p0.isEmpty())']],
    ['if (true || c) sink(x); else sink(y);', ['p0']],
  ])('%s', (body, expected) => expect(passed(body)).toEqual(expected));
});

describe('switches', () => {
  const letters = (at: number): string => `String g = "ABC"; char t = g.charAt(${at}); String s = "n"; switch (t) { case 'A': s = x; break; case 'B': s = "bob"; break; case 'C': case 'D': s = y; break; default: s = "d"; break; } sink(s);`;
  it.each([
    [letters(1), ['"bob"']],
    [letters(2), ['p1']],
    ['String s = ""; switch (x) { case "a": s = x; case "b": s += y; break; default: return; } sink(s);', ['("" | p0) + p1']],
    ['String s = switch (x) { case "a", "b" -> x; case "c" -> { yield y; } default -> "k"; }; sink(s);', ['("k" | p0 | p1)']],
    ['switch (x) { case "a" -> sink(x); default -> sink(y); }', ['p0', 'p1']],
    ['Object o = x; switch (o) { case String s when s.isEmpty() -> sink(s); default -> {} }', ['p0']],
  ])('%s', (body, expected) => expect(passed(body)).toEqual(expected));
});

describe('loops, jumps and exceptions', () => {
  it.each([
    ['String s = "k"; for (int i = 0; i < 3; i++) { if (c) continue; s = x; break; } sink(s);', ['("k" | p0)']],
    ['String s = x; while (true) { s = y; break; } sink(s);', ['p1']],
    ['String s = x; do { s = "k"; } while (c); sink(s);', ['"k"']],
    ['outer: for (;;) { for (;;) { if (c) break outer; continue outer; } } sink(x);', ['p0']],
    ['for (String s : Arrays.asList(x, y)) sink(s);', ['array[]']],
    ['String s = "k"; try { s = x; foo(); s = y; } catch (RuntimeException e) { sink(s); sink(e); } sink(s);', ['("k" | p0 | p1)', 'caught', '("k" | p0 | p1)']],
    ['String s = x; try { s = "k"; } finally { sink(s); } sink(s);', ['"k"', '"k"']],
    ['try (java.io.Reader r = open(x)) { sink(r); } ', ['this.open(p0)']],
    ['if (c) throw new RuntimeException(x); else { sink(y); }', ['p1']],
    ['synchronized (this) { sink(x); } assert c : "no"; l: { if (c) break l; sink(y); }', ['p0', 'p1']],
  ])('%s', (body, expected) => expect(passed(body)).toEqual(expected));
});

describe('containers that stay in the method', () => {
  it.each([
    ['List<String> l = new ArrayList<>(); l.add("a"); l.add(x); l.add("b"); l.remove(0); sink(l.get(0)); sink(l.get(1));', ['p0', '"b"']],
    ['List<String> l = new ArrayList<>(); if (c) l.add(x); else l.add("a"); l.add(0, "z"); sink(l.get(1)); sink(l.size());', ['("a" | p0)', '2']],
    ['List<String> l = new ArrayList<>(); l.add(x); foo(l); sink(l.get(0));', ['array.get(0)']],
    ['List<String> l = new ArrayList<>(); while (c) l.add(x); sink(l.get(0));', ['array.get(0)']],
    ['List<String> l = new ArrayList<>(); List<String> k = l; k.add(x); l.add("a"); sink(l.get(0));', ['array.get(0)']],
    ['List<String> l = new ArrayList<>(); Runnable r = () -> l.add(x); l.add("a"); sink(l.get(0));', ['array.get(0)']],
    ['Map<String, Object> m = new HashMap<>(); m.put("a", "k"); m.put("b", x); sink((String) m.get("a")); sink(m.get("b")); sink(m.get("c"));', ['"k"', 'p0', 'null']],
    ['Map<String, Object> m = new HashMap<>(); m.put(x, y); sink(m.get("a"));', ['array.get("a")']],
    ['String[] a = {x, "k"}; a[0] = "z"; sink(a[0]); sink(a[1]); sink(a.length);', ['"z"', '"k"', '2']],
    ['String[] a = new String[2]; a[1] = x; sink(a[1]); sink(a[0]); foo(a); sink(a[1]);', ['p0', 'null', 'array.1']],
    ['Stack<String> s = new Stack<>(); s.push("a"); s.push(x); sink(s.pop()); sink(s.peek());', ['p0', '"a"']],
    ['StringBuilder b = new StringBuilder("a"); b.append(x).append(1); b.insert(0, y); sink(b.toString());', ['p1 + "a" + p0 + 1']],
    ['sink(new StringBuilder(x).append("k").reverse().toString());', ['p0 + "k"']],
    ['StringBuilder b = new StringBuilder(x); b.setLength(0); b.append("k"); sink("" + b);', ['"k"']],
    ['StringBuilder b = new StringBuilder(); foo(b); b.append(x); sink(b.toString());', ['p0 + array[] + array.toString()']],
  ])('%s', (body, expected) => expect(passed(body).map((text) => text.replaceAll('"" + ', ''))).toEqual(expected));
});

describe('names', () => {
  it('says what simple names mean: imports, the own package, star imports, nested classes', () => {
    const ir = lower('package a.b; import java.util.*; import x.y.Z; import q.*; class C { class D {} void m(List<String> l, Z z, W w, D d, java.sql.Statement s, Map.Entry<A, B> e) {} }');
    const types = [...ir.ops.keys()].filter((value) => ir.ops[value] === op.typed && ir.ops[ir.a[value] as number] !== op.param);
    expect(types.map((value) => ir.strings[ir.b[value] as number])).toEqual(['q.W']);
    expect(ir.strings).toEqual(expect.arrayContaining(['java.util.List', 'x.y.Z', 'a.b.W', 'q.W', 'a.b.C.D', 'java.sql.Statement', 'java.util.Map.Entry']));
  });

  it.each([
    ['sink(org.acme.Tools.NAME);', ['Tools.NAME']],
    ['sink(Tools.make(x).size);', ['Tools.make(p0).size']],
    ['sink(org.acme.Tools.make(x));', ['Tools.make(p0)']],
    ['sink(inherited);', ['this.inherited']],
    ['Object o = new Object() { String f() { return x; } void g() { sink(x); } };', ['p0']],
    ['java.util.function.Function<String, String> f = s -> s + x; sink(f.apply(y));', ['lambda.apply(p1)']],
    ['class L { void g() { sink(y); } }', ['p1']],
    ['int i = Integer.parseInt(x); sink(i);', ['Integer.parseInt(p0)']],
  ])('%s', (body, expected) => expect(passed(body)).toEqual(expected));

  it('keeps fields on the instance, static ones on the class, and constants as what they are', () => {
    const ir = lower(`class C extends B { static final int N = 3; static String s; private final String k = "K"; String f = "F";
      C(String f) { this.f = f; } C() { this("D"); }
      void m() { sink(N); sink(s); sink(k); sink(f); sink(this.f); sink(C.s); super.m(); } }`);
    expect(sinksOf(ir)).toEqual(['3', 'C.s', '"K"', 'this.f', 'this.f', 'C.s']);
    expect(ir.strings).toEqual(expect.arrayContaining(['<init>/1', '<init>/0']));
    expect([...ir.ops].filter((code) => code === op.inherit)).toHaveLength(1);
  });

  it('keeps the outer instance of an inner class, records and enums', () => {
    const ir = lower(`class C { String f; class D { void m() { sink(f); sink(C.this.f); } } record R(String a) {} enum E { P("p"); final String t; E(String t) { this.t = t; } }
      void m(R r) { new D(); sink(r.a()); sink(E.P.t); } }`);
    expect(sinksOf(ir)).toEqual(['this.this$0.f', 'this.this$0.f', 'p0.a()', 'C.E.P.t'].map((text) => text.replace('C.E.P', 'E.P')));
    expect(ir.strings).toContain('this$0');
  });

  it('marks what is annotated', () => {
    const ir = lower('import org.acme.web.*; import org.acme.Get; @Controller class C { @Get("/a") void m(@Body(required = false) String b) {} }');
    const marked = [...ir.ops.keys()].filter((value) => ir.ops[value] === op.decorate).map((value) => ir.ops[ir.a[value] as number]);
    expect(marked.toSorted()).toEqual([op.param, op.closure, op.closure].toSorted());
  });
});

describe('files of properties', () => {
  const read = (text: string): string[] => {
    const ir = lowerProperties(text, 'src/main/resources/a.properties');
    expectWhole(ir);
    return ir.functions.slice(1).map(({ name }, at) => `${name}=${ir.constants[ir.a[ir.a[[...ir.ops.keys()].filter((value) => ir.ops[value] === op.return)[at] as number] as number] as number]?.text}`);
  };

  it('gives each key with its value, as java.util.Properties reads them', () => {
    expect(read('# no\n! no\na=1\nb : two words\nc three\nd\\ e=x\\\n   y\nf=\\u0041\\t\n\na=last\ng')).toEqual(['a=last', 'b=two words', 'c=three', 'd e=xy', 'f=A\t', 'g=']);
  });

  it('are what the program reads from its resources, until they are written to or handed on', () => {
    const body = 'Properties p = new Properties(); p.load(this.getClass().getClassLoader().getResourceAsStream("a.properties"));';
    expect(passed(`${body} sink(p.getProperty("k", x));`)).toEqual(['properties.k(p0)']);
    expect(passed(`${body} p.setProperty("k", y); sink(p.getProperty("k", x));`)).toEqual(['p1']);
    expect(passed(`${body} foo(p); sink(p.getProperty("k", x));`)).toEqual(['array.getProperty("k", p0)']);
    expect(passed('Properties p = new Properties(); p.load(open(x)); sink(p.getProperty("k", y));')).toEqual(['array.getProperty("k", p1)']);
  });
});

describe('what cannot be read', () => {
  it('keeps what parses of broken syntax, and names the gap', () => {
    const ir = lower('class C { void sink(Object o) {} void m(String x) { sink(x); int = ; sink("k"); } void n() {} ] }');
    expect(ir.gaps.map(({ reason }) => reason)).toContain('syntax');
    expect(sinksOf(ir)).toEqual(['p0', '"k"']);
  });

  it.each([
    ['parentheses', `sink(${'('.repeat(3000)}x${')'.repeat(3000)});`],
    ['blocks', `${'{'.repeat(3000)} sink(x); ${'}'.repeat(3000)}`],
    ['conditions', `if (${'!'.repeat(3000)}c) sink(x);`],
    ['calls', `sink(x${'.trim()'.repeat(5000)});`],
  ])('gives up on 3,000 levels of %s', (_, body) => {
    const ir = lower(`class C { void m(String x, boolean c) { ${body} } }`);
    expect(ir.gaps.some(({ reason }) => reason === 'too-deep')).toBe(true);
  });

  it('reads a text of 5,000 parts', () => {
    const ir = lower(`class C { void m(String x) { sink(${Array.from({ length: 5000 }, () => 'x').join(' + ')}); } }`);
    expect(sinksOf(ir)[0]?.split(' + ')).toHaveLength(5000);
  });
});

const program = `package a; import java.util.*; import static q.R.*; @A(x = {1, 2}) class C<T extends Q> extends B implements I { static int N = 1; int[] a = {1, 2}; enum E { P, Q(1) { void f() {} }; E(int... n) {} }
  record R(int a, String b) { R { if (a < 0) throw new X(); } } C(String s) { super(s); this.a[0] += 1; }
  <U> List<U> m(@Z final String s, int... xs) throws Ex { for (int i = 0; i < 3; i++) { l: for (String t : q) { if (t == null && i > 2 || !f(t)) break l; continue; } }
    try (In in = open(s); in2) { use(in); } catch (A | B e) { return null; } finally { done(); }
    int y = switch (s) { case "a", "b" -> 1; case String z when z.isEmpty() -> { yield 2; } case R(int p, var w) -> p; default -> throw new X(); };
    switch (y) { case 1: case 2: y++; break; default: y = -y; } Runnable r = () -> { use(s); }; g((a, b) -> a + b, this::m, C::new, int[]::new);
    Object o = new Object() { int k = 3; void n() { use(s, k); } }; if (o instanceof String u && u.length() > 1) use(u); List<String> v = new ArrayList<>(); v.add(s); use(v.get(0));
    StringBuilder sb = new StringBuilder(); sb.append(s).append('c').insert(0, 1L); while (true) { if (y > 3) break; do { y <<= 2; } while (y < 0x1F); } return (List<U>) (y > 1 ? v : Map.of("k", 1.5f)); } }`;
const tokens = program.match(/\w+|"[^"]*"|\S/g) ?? [];

/** Everything that an instruction names is there. */
function expectWhole(ir: IrModule): void {
  const count = ir.ops.length;
  const inside = (value: number, most: number): boolean => value >= -2 && value < most;
  for (let value = 0; value < count; value++) {
    const code = ir.ops[value] as Op;
    const [a, b, c] = [ir.a[value] as number, ir.b[value] as number, ir.c[value] as number];
    const limits: readonly boolean[] = [
      !valueInA.has(code) || (a >= (code === op.exit ? -1 : 0) && a < count), !valueInB.has(code) || inside(b, count), !valueInC.has(code) || (c >= 0 && c < count),
      code !== op.closure || (a > 0 && a < ir.functions.length), code !== op.constant || (a >= 0 && a < ir.constants.length),
      ![op.load, op.store, op.invoke, op.typed].some((one) => one === code) || (b >= 0 && b < ir.strings.length),
      (ir.owners[value] as number) < ir.functions.length, (ir.starts[value] as number) <= (ir.ends[value] as number), (ir.ends[value] as number) <= ir.length,
      operandsFit(ir, value),
    ];
    if (limits.includes(false)) throw new Error(`instruction ${value} (${code}) is not whole: ${limits.indexOf(false)}`);
  }
}

function operandsFit(ir: IrModule, value: number): boolean {
  const [from, to] = [ir.operandsAt[value] as number, ir.operandsAt[value + 1] as number];
  return from <= to && to <= ir.operands.length && ir.operands.subarray(from, to).every((one) => one >= 0 && one < ir.ops.length);
}

describe('whatever it is given', () => {
  it('gives a whole module for any part of a program, with tokens left out, doubled or exchanged', () => {
    const edit = fc.record({ at: fc.nat(tokens.length - 1), kind: fc.constantFrom('drop', 'double', 'swap', 'other'), from: fc.nat(tokens.length - 1) });
    fc.assert(
      fc.property(fc.array(edit, { maxLength: 12 }), fc.nat(tokens.length), fc.nat(40), (edits, end, start) => {
        const changed = [...tokens];
        for (const { at, kind, from } of edits) {
          const other = tokens[from] ?? '';
          if (kind === 'drop') changed[at] = '';
          else if (kind === 'double') changed[at] += ` ${tokens[at]}`;
          else changed[at] = kind === 'swap' ? other : `${tokens[at]} ${other}`;
        }
        expectWhole(lower(changed.slice(start % 3 === 0 ? start : 0, end).join(' ')));
      }),
      { numRuns: 300 },
    );
  });

  it('gives a whole module for the program itself, without a gap, and for no program at all', () => {
    const ir = lower(program);
    expect(ir.gaps).toEqual([]);
    expectWhole(ir);
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => expectWhole(lower(text))));
  });
});
