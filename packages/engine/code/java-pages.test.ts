import fc from 'fast-check';
import { expect, test } from 'vitest';
import { asTemplate, fileOf } from '#model/page-path.ts';
import { lowerJavaPage } from '#normalize/templates/java-pages.ts';
import { loadAnalysis } from './analysis.ts';
import { loadFrontEnds } from './front-ends.ts';
import { loosePrograms } from './loose-programs.ts';
import { lowerFile } from './lower.ts';

const frontEnds = await loadFrontEnds(['java']);
const analyse = loadAnalysis();

/** `file:line` of what reaches pages without being encoded. */
function scripted(files: Readonly<Record<string, string>>): string[] {
  const lowered = Object.entries(files).map(([path, text]) => lowerFile(path.endsWith('.html') ? asTemplate(path, 'thymeleaf') : path, Buffer.from(text), frontEnds));
  expect(lowered.flatMap(({ gaps }) => gaps)).toEqual([]);
  return loosePrograms(lowered).flatMap(({ plan, program }) => {
    return analyse(program, { overBudget: () => false, mostFacts: 500_000 }).flows.filter(({ class: name }) => name === 'cross-site-scripting').map(({ sink: { module, start } }) => {
      const path = fileOf(plan.modules[module]?.path ?? '');
      return `${path}:${(files[path] ?? '').slice(0, start).split('\n').length}`;
    });
  });
}

const imports = 'import java.util.*;\nimport javax.servlet.http.*;\nimport org.springframework.stereotype.Controller;\nimport org.springframework.ui.Model;\nimport org.springframework.web.bind.annotation.*;\nimport org.springframework.web.servlet.ModelAndView;\n';
const controller = (body: string): string => `${imports}@Controller\npublic class A {\n  public static class User { private String bio; public User(String bio) { this.bio = bio; } public String getBio() { return bio; } }\n  @GetMapping("/a") public String a(@RequestParam String q, Model model) {\n${body}\n  }\n}\n`;
const mapped = controller('    model.addAttribute("q", q);\n    model.addAttribute("ok", "<b>ok</b>");\n    model.addAttribute("user", new User(q));\n    model.addAttribute("rows", List.of(q));\n    return "a";');

test.each<[string, string, string, string, string[]]>([
  ['as it is', mapped, 't/a.html', '<p th:text="${q}"></p>\n<p th:utext="${q}"></p>', ['t/a.html:2']],
  ['a constant', mapped, 't/a.html', '<p th:utext="${ok}"></p>', []],
  ['another name', mapped, 't/a.html', '<p th:utext="${other}"></p>', []],
  ['another page', mapped, 't/b.html', '<p th:utext="${q}"></p>', []],
  ['within text', mapped, 't/a.html', '<p>[[${q}]]</p>\n<p>[(${q})]</p>', ['t/a.html:2']],
  ['what a getter gives', mapped, 't/a.html', '<p data-th-utext="${user.bio}"></p>', ['t/a.html:1']],
  ['of an object', mapped, 't/a.html', '<form th:object="${user}"><p th:utext="*{bio}"></p></form>', ['t/a.html:1']],
  ['a loop', mapped, 't/a.html', '<p th:each="row : ${rows}" th:utext="${row}"></p>', ['t/a.html:1']],
  ['what a utility gives', mapped, 't/a.html', '<p th:utext="${#strings.escapeXml(q)}"></p>', []],
  ['a view with its model', `${imports}@Controller\npublic class A {\n  @GetMapping("/a") ModelAndView a(@RequestParam String q) {\n    ModelAndView view = new ModelAndView("shop/a");\n    view.addObject("q", q);\n    return view;\n  }\n}\n`, 't/shop/a.html', '<p th:utext="${q}"></p>', ['t/shop/a.html:1']],
  ['JSP', mapped, 'w/a.jsp', '<p>${q}</p>\n<p>${ok}</p>', ['w/a.jsp:1']],
  ['JSP, encoded', mapped, 'w/a.jsp', '<c:out value="${q}"/><p>${fn:escapeXml(q)}</p><%-- ${q} --%>', []],
  ['JSP, not encoded by its own wish', mapped, 'w/a.jsp', '\n<c:out value="${q}" escapeXml="false"/>', ['w/a.jsp:2']],
  ['JSP, a loop', mapped, 'w/a.jsp', '<c:forEach items="${rows}" var="row">\n<li>${row}</li></c:forEach>', ['w/a.jsp:2']],
  ['JSP, from the request', mapped, 'w/a.jsp', '${ok}\n${param.q}\n<%= request.getParameter("q") %>', ['w/a.jsp:2', 'w/a.jsp:3']],
  ['JSP, by way of an attribute', `${imports}public class A extends HttpServlet {\n  public void doGet(HttpServletRequest request, HttpServletResponse response) throws Exception {\n    request.setAttribute("q", request.getParameter("q"));\n    request.getRequestDispatcher("/WEB-INF/a.jsp").forward(request, response);\n  }\n}\n`, 'w/WEB-INF/a.jsp', '<p>${requestScope.q}</p>', ['w/WEB-INF/a.jsp:1']],
])('what a program of Java hands to a page: %s', (_, code, path, page, expected) => expect(scripted({ 'A.java': code, [path]: page })).toEqual(expected));

test('whatever a page holds, it is read', () => {
  const piece = fc.constantFrom('${', '}', 'q', '.', 'th:utext="', '"', '[(', ')]', '<%=', '%>', '<%--', '--%>', '<c:out value="', ' escapeXml="false"', '/>', 'th:each="a : ${a}"', "'", '*{', '\n', '[', ']');
  fc.assert(fc.property(fc.array(piece, { maxLength: 40 }), fc.constantFrom('thymeleaf' as const, 'jsp' as const), (pieces, kind) => {
    expect(() => lowerJavaPage(kind, pieces.join(''), 'a')).not.toThrow();
  }));
});
