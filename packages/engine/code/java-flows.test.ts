import { describe, expect, it } from 'vitest';
import { parseCodeRule } from '#formats/code-rule.ts';
import { analysisOf, loadAnalysis } from './analysis.ts';
import { runCodeCase } from './case-run.ts';
import { loadFrontEnds } from './front-ends.ts';

const frontEnds = await loadFrontEnds(['java']);
const head = 'title: t\nseverity: low\nconfidence: high\ncwe: [327]\nconsequence: c\nremediation: r\nreferences: [https://example.com/]\n';

/** Lines of `a/App.java` on which `org.acme.Digests.make` gets a text that is `weak`, in whatever way it comes there. */
function weakLines(code: string, files: Readonly<Record<string, string>> = {}): readonly number[] {
  const parsed = parseCodeRule('code/weak', `${head}calls:\n  - {language: java, call: org.acme.Digests.make, arguments: {0: {is: weak}}}\n`);
  if (!('rule' in parsed)) throw new Error(parsed.errors.join());
  const analysis = analysisOf({ libraries: [], rules: [parsed.rule] });
  const item = { name: 'case', language: 'java', class: 'weak', line: undefined, threatModel: 'application', files: new Map([['a/App.java', code], ...Object.entries(files)]) } as const;
  const { lines, problems } = runCodeCase(item, { frontEnds, analysis, forms: [] });
  expect(problems).toEqual([]);
  return lines;
}

const program = (body: string, rest = ''): string => `package a;\nimport org.acme.Digests;\nclass App { ${rest}\nvoid m(String x, boolean c) { ${body} }\n}`;

it.each([
  ['a choice', 'String a = c ? "weak" : "strong"; Digests.make(a);', ''],
  ['a method of its own', 'Digests.make(name());', 'String name() { return "weak"; }'],
  ['a parameter', 'make("weak");', 'void make(String name) { Digests.make(name); }'],
  ['a field', 'Digests.make(this.name);', 'String name; App() { this.name = "weak"; }'],
  ['a static field of another class', 'Digests.make(Other.NAME);', '} class Other { static String NAME = "weak";'],
  ['parts', 'Digests.make(first() + "ak");', 'String first() { return "we"; }'],
])('a constant is followed through %s', (_, body, rest) => expect(weakLines(program(body, rest))).toHaveLength(1));

it.each([
  ['is another', 'Digests.make(c ? "strong" : "stronger");'],
  ['is not known', 'Digests.make(x);'],
  ['is in a branch that is never taken', 'String a = "weak"; if (1 + 1 == 2) a = "strong"; Digests.make(a);'],
])('nothing is said of a value that %s', (_, body) => expect(weakLines(program(body))).toEqual([]));

const resource = 'java.util.Properties p = new java.util.Properties(); p.load(getClass().getResourceAsStream("/conf/app.properties"));';

it('reads what the program keeps in its resources; a default counts only for a key that is not there', () => {
  const files = { 'src/main/resources/conf/app.properties': 'digest = weak\nother=strong\n', 'src/test/resources/conf/app.properties': 'other=weak\n' };
  expect(weakLines(program(`${resource} Digests.make(p.getProperty("digest", "strong"));`), files)).toHaveLength(1);
  expect(weakLines(program(`${resource} Digests.make(p.getProperty("other", "weak"));`), files)).toEqual([]);
  expect(weakLines(program(`${resource} Digests.make(p.getProperty("digest", "strong"));`))).toEqual([]);
});

const analyse = loadAnalysis();

/** Lines of the first file on which the class fires, with everything that is known of libraries. */
function flows(of: string, body: string, rest = '', files: Readonly<Record<string, string>> = {}): readonly number[] {
  const code = `package a;\nimport java.util.*; import java.io.*; import javax.servlet.http.*;\npublic class App extends HttpServlet { java.sql.Statement db; ${rest}\npublic void doGet(HttpServletRequest request, HttpServletResponse response) throws Exception { String x = request.getParameter("x");\n${body} } }`;
  const item = { name: 'case', language: 'java', class: of, line: undefined, threatModel: 'application', files: new Map([['a/App.java', code], ...Object.entries(files)]) } as const;
  const { lines, problems } = runCodeCase(item, { frontEnds, analysis: analyse, forms: [] });
  expect(problems).toEqual([]);
  return lines;
}

describe('flows', () => {
  const iface = { 'a/Users.java': 'package a; public interface Users { String find(String name); }', 'a/UsersImpl.java': 'package a; public class UsersImpl implements Users { public String find(String name) { return name; } }', 'a/Safe.java': 'package a; public class Safe { public String find(String name) { return "x"; } }' };

  it.each<readonly [string, string, string, Readonly<Record<string, string>>]>([
    ['a service behind an interface that is injected', 'db.execute(users.find(x));', 'Users users;', iface],
    ['what implements the declared interface', 'store.keep(x);', 'interface Store { void keep(String s) throws Exception; } class Keeper implements Store { public void keep(String s) throws Exception { db.execute(s); } } Store store;', {}],
    ['an abstract class', 'new Sub().run(x);', 'abstract class Base { void run(String s) throws Exception { go(s); } abstract void go(String s) throws Exception; } class Sub extends Base { void go(String s) throws Exception { db.execute(s); } }', {}],
    ['a lambda', 'java.util.function.Function<String, String> f = s -> s.trim(); db.execute(f.apply(x));', '', {}],
    ['a lambda for an interface of its own', 'Query q = s -> { db.execute(s); }; q.run(x);', 'interface Query { void run(String s) throws Exception; }', {}],
    ['what an optional gives a lambda', 'Optional.of(x).map(s -> s + "!").ifPresent(s -> { try { db.execute(s); } catch (Exception e) {} });', '', {}],
    ['a lambda that an undescribed library calls with what it was given', 'org.acme.Flux.of(x).each(s -> { try { db.execute(s); } catch (Exception e) {} });', '', {}],
    ['a future', 'db.execute(java.util.concurrent.CompletableFuture.supplyAsync(() -> x).thenApply(s -> s.trim()).join());', '', {}],
    ['an inner class that reads the one round it', 'new Inner(x).deep().go(db);', 'static class Inner { String s; Inner(String s) { this.s = s; } Deep deep() { return new Deep(); } class Deep { void go(java.sql.Statement to) throws Exception { to.execute(s); } } }', {}],
    ['a method reference', 'java.util.function.Function<String, String> f = App::twice; db.execute(f.apply(x));', 'static String twice(String s) { return s + s; }', {}],
    ['a lambda that runs later', 'Runnable r = () -> { try { db.execute(x); } catch (Exception e) {} }; new Thread(r).start();', '', {}],
    ['a stream', 'for (String s : Arrays.asList(x).stream().map(one -> one + "!").collect(java.util.stream.Collectors.toList())) db.execute(s);', '', {}],
    ['a list in a field', 'all.add(x); db.execute(all.get(0));', 'List<String> all = new ArrayList<>();', {}],
    ['a map of the class', 'put("k", x); db.execute(map.get("k"));', 'static Map<String, String> map = new HashMap<>(); void put(String k, String v) { map.put(k, v); }', {}],
    ['a text builder that is passed on', 'StringBuilder b = new StringBuilder(); fill(b, x); db.execute(b.toString());', 'void fill(StringBuilder b, String s) { b.append("a").append(s); }', {}],
    ['a bean', 'Bean b = new Bean(); b.setName(x); db.execute(b.getName());', 'static class Bean { private String name; void setName(String name) { this.name = name; } String getName() { return name; } }', {}],
    ['an inherited method', 'db.execute(new Sub().id(x));', 'static class Base { String id(String s) { return s; } } static class Sub extends Base { }', {}],
    ['a method that calls the inherited one', 'db.execute(new Sub().id(x));', 'static class Base { String id(String s) { return s; } } static class Sub extends Base { String id(String s) { return super.id(s); } }', {}],
    ['a builder of its own', 'db.execute(new B().with(x).build());', 'static class B { String s; B with(String s) { this.s = s; return this; } String build() { return s; } }', {}],
    ['String.format', 'db.execute(String.format("SELECT %s", x));', '', {}],
    ['a record', 'db.execute(new R(x).name());', 'record R(String name) {}', {}],
    ['accessors that Lombok makes', 'Bean b = new Bean(); b.setName(x); db.execute(b.getName());', '@lombok.Data static class Bean { private String name; }', {}],
    ['accessors of one field', 'Bean b = new Bean(); b.setName(x); db.execute(b.getName());', 'static class Bean { @lombok.Getter @lombok.Setter private String name; }', {}],
    ['a builder that Lombok makes', 'db.execute(Bean.builder().id(1).name(x).build().getName());', '@lombok.Builder @lombok.Getter static class Bean { private int id; private String name; }', {}],
    ['a constructor that Lombok makes', 'db.execute(new Bean(1, x).getName());', '@lombok.Value static class Bean { int id; String name; }', {}],
    ['a service that a constructor made by Lombok takes', 'new Front(new UsersImpl()).go(x, db);', '@lombok.RequiredArgsConstructor static class Front { private final Users users; void go(String s, java.sql.Statement to) throws Exception { to.execute(users.find(s)); } }', iface],
    ['an exception', 'try { throw new IllegalStateException(x); } catch (IllegalStateException e) { db.execute(e.getMessage()); }', '', {}],
    ['an optional', 'db.execute(Optional.ofNullable(x).orElse("k"));', '', {}],
    ['an array of a loop', 'String[] all = new String[3]; for (int i = 0; i < 3; i++) all[i] = x; db.execute(all[1]);', '', {}],
    ['a reader', 'String l; BufferedReader r = request.getReader(); while ((l = r.readLine()) != null) db.execute(l);', '', {}],
  ])('untrusted input goes through %s', (_, body, rest, files) => expect(flows('sql-injection', body, rest, files).length).toBeGreaterThan(0));

  it.each<readonly [string, string, string, Readonly<Record<string, string>>]>([
    ['a number', 'int n = Integer.parseInt(x); db.execute("LIMIT " + n);', '', {}],
    ['the other overload', 'db.execute(pick("k"));', 'String pick(String a) { return a; } String pick(String a, String b) { return b; } void other(String y) { pick(y, y); }', {}],
    ['an overload with more parameters', 'run(x);', 'void run(String value) throws Exception { run("k", value); } void run(String query, String value) throws Exception { db.execute(query); }', {}],
    ['a list of what is allowed', 'if (!List.of("a", "b").contains(x)) return; db.execute(x);', '', {}],
    ['a set of the class', 'if (!allowed.contains(x)) return; db.execute(x);', 'static final Set<String> allowed = new HashSet<>(Arrays.asList("a", "b"));', {}],
    ['an expression', 'if (!x.matches("[a-z0-9]+")) throw new IllegalArgumentException(); db.execute(x);', '', {}],
    ['equality', 'if (x.equals("asc")) db.execute(x);', '', {}],
    ['a switch', 'switch (x) { case "a": db.execute(x); break; default: }', '', {}],
    ['another member of a bean that Lombok fills', 'Bean b = Bean.builder().name(x).other("k").build(); db.execute(b.getOther());', '@lombok.Data @lombok.Builder static class Bean { private String name; private String other; }', {}],
    ['what a thing is asked for', 'db.execute("SELECT " + users.findByName(x).title());', 'org.acme.Users users;', {}],
    ['a lambda that gives something else', 'java.util.function.Function<String, String> f = s -> "k"; db.execute(f.apply(x));', '', {}],
    ['a file of the program', 'App.last = x; db.execute(new String(App.class.getResourceAsStream("a.sql").readAllBytes()));', 'static String last;', {}],
    ['an enum', 'db.execute("ORDER BY " + Order.valueOf(x).name());', 'enum Order { A, B }', {}],
    ['another class with a method of that name', 'db.execute(new Safe().find(x));', '', iface],
    ['another key', 'Map<String, String> m = new HashMap<>(); m.put("a", x); m.put("b", "k"); db.execute(m.get("b"));', '', {}],
    ['a prepared statement', 'java.sql.PreparedStatement s = db.getConnection().prepareStatement("SELECT ?"); s.setString(1, x); s.execute();', '', {}],
  ])('%s stops it', (_, body, rest, files) => expect(flows('sql-injection', body, rest, files)).toEqual([]));

  it.each([
    ['its canonical path', 'File f = new File(root, x); if (!f.getCanonicalPath().startsWith(root.getCanonicalPath() + File.separator)) throw new IOException(); new FileInputStream(f);'],
    ['its canonical path in another form', 'File f = new File(root, x).getCanonicalFile(); if (!f.toPath().startsWith(root.toPath())) throw new IOException(); new FileInputStream(f);'],
    ['a helper that looks for dots', 'if (org.apache.commons.lang3.StringUtils.contains(x, "..")) throw new IOException(); new FileInputStream("/data/" + x);'],
  ])('a path is checked by %s', (_, body) => expect(flows('path-traversal', body, 'File root = new File("/data");')).toEqual([]));
});
