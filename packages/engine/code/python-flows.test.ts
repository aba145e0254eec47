import { describe, expect, it } from 'vitest';
import { loadAnalysis } from './analysis.ts';
import { runCodeCase } from './case-run.ts';
import { loadFrontEnds } from './front-ends.ts';

/** Programs of several files: the marked line (`# HERE`) of the first one is where a finding is due, or none is. */

const analyse = loadAnalysis();
const frontEnds = await loadFrontEnds(['python']);

function firesAt(rule: string, files: Readonly<Record<string, string>>): readonly number[] {
  const { lines, problems } = runCodeCase(
    { name: 'test', language: 'python', class: rule, line: undefined, threatModel: 'application', files: new Map(Object.entries(files)) }, { frontEnds, analysis: analyse, forms: [] },
  );
  expect(problems).toEqual([]);
  return lines;
}

function marked(text: string): number[] {
  return text.split('\n').flatMap((line, at) => (line.includes('# HERE') ? [at + 1] : []));
}

/** Where what fires and what is marked differ. */
function difference(rule: string, files: Readonly<Record<string, string>>): readonly string[] {
  const [first = ''] = Object.values(files);
  const [fired, due] = [firesAt(rule, files), marked(first)];
  return [...fired.filter((line) => !due.includes(line)).map((line) => `fires on line ${line}`), ...due.filter((line) => !fired.includes(line)).map((line) => `silent on line ${line}`)];
}

const flask = 'import os, subprocess\nfrom flask import Flask, Blueprint, request, abort, redirect\napp = Flask(__name__)\n';

describe('across files', () => {
  it.each([
    ['a function that another module imports', {
      'app/run.py': 'import os\ndef run(name):\n    os.system("ls " + name)  # HERE\n',
      'app/views.py': `${flask}from .run import run\n@app.route("/")\ndef index():\n    run(request.args["n"])\n    return "ok"\n`,
    }],
    ['a module by its name, absolutely', {
      'app/run.py': 'import os\ndef run(name):\n    os.system(name)  # HERE\n',
      'app/views.py': `${flask}import app.run\n@app.route("/")\ndef index():\n    return "ok"\ndef other():\n    pass\n`,
      'app/more.py': `${flask}from app import run as r\n@app.route("/")\ndef index():\n    r.run(request.args["n"])\n    return "ok"\n`,
    }],
    ['a name that the package gives on', {
      'app/run.py': 'import os\ndef run(name):\n    os.system(name)  # HERE\n',
      'app/__init__.py': 'from .run import *\n',
      'main.py': `${flask}from app import run as go\n@app.route("/")\ndef index():\n    go(name=request.form.get("n"))\n    return "ok"\n`,
    }],
    ['a blueprint of another module', {
      'app/api.py': 'import os\nfrom flask import request\nfrom .base import bp\n@bp.route("/<name>", methods=["POST"])\ndef index(name):\n    os.system(f"ls {name}")  # HERE\n    return "ok"\n',
      'app/base.py': 'from flask import Blueprint\nbp = Blueprint("x", __name__)\n',
    }],
    ['a class with state', {
      'app/service.py': 'import os\nclass Base:\n    def __init__(self, name):\n        self.name = name\nclass Service(Base):\n    def __init__(self, name):\n        super().__init__(name)\n    def run(self):\n        os.system(self.name)  # HERE\n',
      'app/views.py': `${flask}from app.service import Service\n@app.route("/")\ndef index():\n    s = Service(request.args["n"])\n    s.run()\n    return "ok"\n`,
    }],
    ['a factory, a property and a class method', {
      'app/service.py': 'import os\nclass Job:\n    @classmethod\n    def of(cls, name):\n        return cls(name)\n    def __init__(self, name):\n        self._name = name\n    @property\n    def command(self):\n        return "ls " + self._name\n    def run(self):\n        os.system(self.command)  # HERE\n',
      'app/views.py': `${flask}from .service import Job\n@app.route("/")\ndef index():\n    Job.of(request.args["n"]).run()\n    return "ok"\n`,
    }],
    ['a data class', {
      'a.py': `${flask}from dataclasses import dataclass\n@dataclass\nclass Job:\n    name: str\n    n: int = 0\n@app.route("/")\ndef index():\n    job = Job(name=request.args["n"])\n    os.system(job.name)  # HERE\n    os.system(job.n)\n    return "ok"\n`,
    }],
    ['decorators of the program', {
      'a.py': `${flask}import functools\ndef logged(f):\n    @functools.wraps(f)\n    def inner(*args, **kwargs):\n        return f(*args, **kwargs)\n    return inner\n@logged\ndef run(name, flag=False):\n    os.system(name)  # HERE\n@app.route("/")\n@logged\ndef index():\n    run(request.args["n"], flag=True)\n    return "ok"\n`,
    }],
    ['keyword arguments in any order, and dictionaries of them', {
      'a.py': `${flask}def run(a, b=None, **more):\n    os.system(a)\n    os.system(b)  # HERE\n    os.system(more["c"])  # HERE\n@app.route("/")\ndef index():\n    run(b=request.args["n"], a="x", c=request.args["c"])\n    return "ok"\n`,
    }],
    ['lists, dictionaries, comprehensions and loops', {
      'a.py': `${flask}@app.route("/")\ndef index():\n    names = [n.strip() for n in request.args.getlist("n")]\n    d = {"a": names, "b": "x"}\n    for i, n in enumerate(d["a"]):\n        os.system("ls " + n)  # HERE\n    os.system(d["b"])\n    return "ok"\n`,
    }],
    ['with, try and generators', {
      'a.py': `${flask}from contextlib import contextmanager\n@contextmanager\ndef opened(n):\n    yield "ls " + n\ndef each(n):\n    yield n\n@app.route("/")\ndef index():\n    try:\n        n = request.args["n"]\n    except KeyError:\n        n = "x"\n    with opened(n) as c:\n        os.system(c)  # HERE\n    for e in each(n):\n        os.system(e)  # HERE\n    return "ok"\n`,
    }],
    ['an object that is called, a partial and a callback', {
      'a.py': `${flask}class Runner:\n    def __call__(self, name):\n        os.system(name)  # HERE\ndef apply(f, x):\n    return f(x)\n@app.route("/")\ndef index():\n    apply(Runner(), request.args["n"])\n    return "ok"\n`,
    }],
    ['a view of a class', {
      'a.py': 'import os\nfrom flask.views import MethodView\nfrom flask import request\nclass V(MethodView):\n    def get(self, name):\n        os.system(name)  # HERE\n        return self.go(request.args)\n    def go(self, args):\n        os.system(args["x"])  # HERE\n        return "ok"\n',
    }],
  ] as [string, Record<string, string>][])('%s', (_name, files) => {
    expect(difference('command-injection', files)).toEqual([]);
  });

  it('Django: urls, views, a manager of one\'s own', () => {
    expect(difference('sql-injection', {
      'shop/models.py': 'from django.db import models, connection\nclass Items(models.Manager):\n    def named(self, name):\n        with connection.cursor() as c:\n            c.execute("SELECT * FROM x WHERE n = \'%s\'" % name)  # HERE\n            c.execute("SELECT * FROM x WHERE n = %s", [name])\nclass Item(models.Model):\n    objects = Items()\n',
      'shop/views.py': 'from django.http import HttpRequest, HttpResponse\nfrom .models import Item\ndef listing(request):\n    return render(request, "a.html", {"items": Item.objects.named(request.GET.get("name"))})\n',
      'shop/urls.py': 'from django.urls import path\nfrom . import views\nurlpatterns = [path("", views.listing)]\n',
    })).toEqual([]);
  });

  it('FastAPI: parameters, models and dependencies', () => {
    expect(difference('command-injection', {
      'main.py': 'import os\nfrom typing import Annotated\nfrom fastapi import FastAPI, Depends, Query\nfrom pydantic import BaseModel\napp = FastAPI()\nclass Job(BaseModel):\n    name: str\n    count: int\ndef current(token: str):\n    return token\n@app.post("/jobs/{kind}")\nasync def create(kind: str, n: int, job: Job, q: Annotated[str, Query()] = "", who: str = Depends(current)):\n    os.system("a " + kind)  # HERE\n    os.system("b " + str(n))\n    os.system("c " + job.name)  # HERE\n    os.system("d " + q)  # HERE\n    os.system("e " + who)  # HERE\n',
    })).toEqual([]);
  });
});

describe('what stops a flow', () => {
  it.each([
    ['a list of what is allowed', 'n = request.args["n"]\n    if n not in ("a", "b"):\n        abort(404)\n    os.system(n)'],
    ['a dictionary of what is allowed', 'n = TABLE.get(request.args["n"])\n    os.system(n)'],
    ['an expression that it must match', 'n = request.args["n"]\n    if not re.fullmatch(r"[a-z0-9]+", n):\n        return "no"\n    os.system(n)'],
    ['a compiled expression', 'n = request.args["n"]\n    if PLAIN.match(n) is None:\n        return "no"\n    os.system(n)'],
    ['digits', 'n = request.args["n"]\n    if not n.isdigit():\n        abort(400)\n    os.system(n)'],
    ['a number', 'os.system("ls %d" % int(request.args["n"]))\n    os.system("ls " + str(int(request.args["n"])))'],
    ['quotes', 'os.system("ls " + shlex.quote(request.args["n"]))'],
    ['a list of arguments without a shell', 'subprocess.run(["ls", request.args["n"]])'],
    ['a comparison', 'n = request.args["n"]\n    if n == "a":\n        os.system(n)'],
    ['a type', 'n = request.get_json()\n    if isinstance(n, int):\n        os.system("ls " + n)'],
    ['a check that throws', 'n = request.args["n"]\n    assert n in ["a"]\n    os.system(n)'],
  ])('%s', (_name, body) => {
    expect(difference('command-injection', { 'a.py': `${flask}import re, shlex\nTABLE = {"a": "x"}\nPLAIN = re.compile(r"^[a-z]+$")\n@app.route("/")\ndef index():\n    ${body}\n    return "ok"\n` })).toEqual([]);
  });

  it.each([
    ['a list that does not leave', 'n = request.args["n"]\n    if n not in ("a", "b"):\n        print("odd")\n    os.system(n)  # HERE'],
    ['an expression that is open at its end', 'n = request.args["n"]\n    if not re.match(r"[a-z0-9]+", n):\n        return "no"\n    os.system(n)  # HERE'],
    ['a shell', 'subprocess.run("ls " + request.args["n"], shell=True)  # HERE'],
    ['a shell that is called as such', 'subprocess.run(["sh", "-c", "ls " + request.args["n"]])  # HERE'],
  ])('not: %s', (_name, body) => {
    expect(difference('command-injection', { 'a.py': `${flask}import re\n@app.route("/")\ndef index():\n    ${body}\n    return "ok"\n` })).toEqual([]);
  });

  it('a path that is held within its folder', () => {
    expect(difference('path-traversal', {
      'a.py': `${flask}BASE = "/srv/x"\n@app.route("/")\ndef index():\n    p = os.path.realpath(os.path.join(BASE, request.args["p"]))\n    if not p.startswith(BASE + os.sep):\n        abort(404)\n    with open(p) as f:\n        a = f.read()\n    open(os.path.join(BASE, request.args["p"]))  # HERE\n    open(os.path.basename(request.args["p"]))\n    return "ok"\n`,
    })).toEqual([]);
  });
});

describe('what others hand in', () => {
  it('does not tie together all that goes through a function that gives back what it is given', () => {
    const run = (body: string): readonly number[] => runCodeCase(
      { name: 'test', language: 'python', class: 'xpath-injection', line: undefined, threatModel: 'library', files: new Map([['run.py', body]]) }, { frontEnds, analysis: analyse, forms: [] },
    ).lines;
    const work = [
      'import requests', 'from lxml import etree', 'USERS = etree.parse("users.xml")',
      'def plain(value):', '    return value if value is not None else ""',
      'def load(thing):', '    thing = plain(thing)', '    thing.name = requests.get("https://example.org").text', '    return thing',
      'def run(other):', '    return USERS.xpath("//user[@name=\'" + plain(other).name + "\']")',
    ];
    expect(run(work.join('\n'))).toEqual([]);
    expect(run(work.map((line) => (line === 'def run(other):' ? 'def run(thing):\n    other = load(thing)' : line)).join('\n'))).toEqual([12]);
  });
});
