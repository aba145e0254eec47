import { K, R } from '#model/code-tree.ts';
import { childBy, symbolOf, type Variable } from '../scopes.ts';
import { type FileExports, exportsOf } from './exports.ts';
import type { ProgramFile } from './functions.ts';
import { importOf, wholePackages } from './imports.ts';

/** What an expression is known to be: code of the program, or a thing that has code of the program. */
export interface Value {
  readonly kind: 'function' | 'class' | 'instance' | 'object' | 'module';
  readonly file: ProgramFile;
  /** -1 for a module. */
  readonly node: number;
}

/** Says what names of modules and classes mean. */
export interface ProgramLinks {
  /** The file of the program that a name means in a file, and what is left of the name. */
  resolve(from: string, name: string): { readonly path: string; readonly rest: readonly string[] } | undefined;
}

const deepest = 12;
const mostValues = 6;
const longestChain = 8;
const none: readonly Value[] = [];

/** Finds out what names, members and calls stand for, as far as the program says it in so many words. */
export class ProgramValues {
  private readonly files: ReadonlyMap<string, ProgramFile>;
  private readonly links: ProgramLinks | undefined;
  private readonly exported = new Map<ProgramFile, FileExports>();
  private readonly fields = new Map<string, readonly Value[]>();
  /** What modules give under a name, by how deep it was asked for. */
  private readonly given = new Map<ProgramFile, Map<string, readonly Value[]>>();
  private below: ReadonlyMap<string, readonly Value[]> | undefined;

  constructor(files: readonly ProgramFile[], links: ProgramLinks | undefined) {
    this.files = new Map(files.map((file) => [file.path, file]));
    this.links = links;
  }

  of(file: ProgramFile, node: number, depth = 0): readonly Value[] {
    if (node === -1 || depth > deepest) return none;
    const { tree } = file;
    const inner = (role: number): readonly Value[] => this.of(file, childBy(tree, node, role), depth + 1);
    switch (tree.kind[node]) {
      case K.Function:
      case K.Lambda:
        return [{ kind: 'function', file, node }];
      case K.Class:
        return [{ kind: 'class', file, node }];
      case K.Object:
        return [{ kind: 'object', file, node }];
      case K.Name:
        return this.named(file, node, depth);
      case K.Member:
        return this.memberOf(file, node, depth);
      case K.New:
        return made(inner(R.Callee));
      case K.Call:
        return this.called(file, node, depth);
      case K.Await:
      case K.Unary:
        return this.of(file, node + 1, depth + 1);
      case K.Cast:
        return cut([...made(inner(R.Type)), ...inner(R.Operand)]);
      case K.Assign:
        return inner(R.Right);
      case K.Generic:
        return this.of(file, node + 1, depth + 1);
      case K.Conditional:
        return cut([...inner(R.Then), ...inner(R.Else)]);
      case K.Binary:
        return /^(?:\|\||\?\?|or)$/.test(symbolOf(tree, node)) ? cut([...inner(R.Left), ...inner(R.Right)]) : none;
      default:
        return none;
    }
  }

  private named(file: ProgramFile, node: number, depth: number): readonly Value[] {
    const { tree, facts } = file;
    const name = symbolOf(tree, node);
    if (name === 'this' || name === 'self' || name === 'cls') {
      const own = facts.scopes.enclosingClass(node);
      if (own !== -1) return [{ kind: 'instance', file, node: own }];
    }
    if (name === 'super') return made(this.parents(file, facts.scopes.enclosingClass(node), depth));
    const imported = this.imported(file, name, node, depth);
    if (imported.length > 0) return imported;
    const variable = facts.scopes.resolve(name, node);
    if (variable !== undefined) return this.ofVariable(file, variable, name, depth);
    const own = file.classes.get(name);
    if (own !== undefined) return [{ kind: 'class', file, node: own }];
    return tree.language === 'java' ? this.byName(file, name, depth) : none;
  }

  private ofVariable(file: ProgramFile, variable: Variable, name: string, depth: number): readonly Value[] {
    const { tree } = file;
    const { declaration, init, type } = variable;
    const kind = tree.kind[declaration];
    if (kind === K.Class) return [{ kind: 'class', file, node: declaration }];
    if (kind === K.Function) {
      const own = file.classOf(declaration);
      if (own === -1) return childBy(tree, declaration, R.Body) === -1 ? none : [{ kind: 'function', file, node: declaration }];
      // Only in Java is a method known by its name alone.
      return tree.language === 'java' ? this.method(file, own, name, depth) : none;
    }
    if (type !== -1 && symbolOf(tree, type) !== 'var') {
      const typed = made(this.of(file, type, depth + 1));
      if (typed.length > 0) return typed;
    }
    return variable.assignments === 1 && init !== -1 ? this.of(file, init, depth + 1) : none;
  }

  /** A class that is named without an import of its own: of the same package, or of one that is imported as a whole. */
  private byName(file: ProgramFile, name: string, depth: number): readonly Value[] {
    if (this.links === undefined || !/^[A-Z]/.test(name)) return none;
    for (const place of [packageOf(file), ...wholePackages(file)]) {
      const found = this.resolved(file, place === '' ? name : `${place}.${name}`, [], depth);
      if (found.length > 0) return found;
    }
    return none;
  }

  private imported(file: ProgramFile, name: string, node: number, depth: number): readonly Value[] {
    if (this.links === undefined) return none;
    const found = importOf(file, name, node);
    return found === undefined ? none : this.resolved(file, found.module, found.names, depth);
  }

  /** `names` are looked up in the module one after the other. */
  private resolved(file: ProgramFile, module: string, names: readonly string[], depth: number): readonly Value[] {
    const java = file.tree.language === 'java';
    const target = this.links?.resolve(file.path, java ? [module, ...names].join('.') : module) ?? (file.tree.language === 'python' && names.length > 0 ? this.links?.resolve(file.path, pythonName(module, names)) : undefined);
    const found = target === undefined ? undefined : this.files.get(target.path);
    if (target === undefined || found === undefined) return none;
    // In Python, what is imported from a package may be a module of it.
    const submodule = !java && file.tree.language === 'python' && names.length > 0 ? this.links?.resolve(file.path, pythonName(module, names.slice(0, 1))) : undefined;
    const inner = submodule === undefined || submodule.rest.length > 0 ? undefined : this.files.get(submodule.path);
    if (inner !== undefined) return this.chain([{ kind: 'module', file: inner, node: -1 }], names.slice(1), depth);
    const rest = java ? target.rest : [...target.rest, ...names];
    return this.chain([{ kind: 'module', file: found, node: -1 }], rest, depth);
  }

  private chain(values: readonly Value[], names: readonly string[], depth: number): readonly Value[] {
    return names.slice(0, longestChain).reduce((from, name) => cut(from.flatMap((value) => this.member(value, name, depth + 1))), values);
  }

  private memberOf(file: ProgramFile, node: number, depth: number): readonly Value[] {
    const { tree } = file;
    const name = childBy(tree, node, R.Name);
    if (name === -1) return none;
    const object = childBy(tree, node, R.Object);
    const from = this.of(file, object, depth + 1);
    if (from.length > 0) return cut(from.flatMap((value) => this.member(value, symbolOf(tree, name), depth + 1)));
    const text = tree.text.slice(tree.start[node], Math.min(tree.end[node] as number, (tree.start[node] as number) + 300));
    if (this.links === undefined || !/^[\w$.]+$/.test(text)) return none;
    // `import a.b` brings `a.b` under its own name; Java takes whole names anywhere.
    if (tree.language === 'java') return /^[a-z]/.test(text) ? this.resolved(file, text, [], depth) : none;
    return tree.language === 'python' ? this.imported(file, text, node, depth) : none;
  }

  private called(file: ProgramFile, node: number, depth: number): readonly Value[] {
    const { tree } = file;
    const callee = childBy(tree, node, R.Callee);
    if (callee !== -1 && tree.kind[callee] === K.Name && symbolOf(tree, callee) === 'require') {
      const args = childBy(tree, node, R.Args);
      const module = args === -1 || args + 1 >= (tree.next[args] as number) ? -1 : args + 1;
      return module !== -1 && tree.kind[module] === K.Str ? this.resolved(file, symbolOf(tree, module), [], depth) : none;
    }
    return cut(this.of(file, callee, depth + 1).flatMap((value) => {
      if (value.kind === 'class') return tree.language === 'python' ? made([value]) : none;
      return value.kind === 'function' ? made(this.of(value.file, childBy(value.file.tree, value.node, R.Type), depth + 1)) : none;
    }));
  }

  private member(value: Value, name: string, depth: number): readonly Value[] {
    const { file, node } = value;
    if (depth > deepest) return none;
    switch (value.kind) {
      case 'module':
        return this.exportOf(file, name, depth);
      case 'object':
        return this.property(file, node, name, depth);
      case 'class':
      case 'instance': {
        const methods = this.method(file, node, name, depth);
        return methods.length > 0 || value.kind === 'class' ? methods : this.field(file, node, name, depth);
      }
      default:
        return none;
    }
  }

  private property(file: ProgramFile, node: number, name: string, depth: number): readonly Value[] {
    const { tree } = file;
    for (let pair = node + 1; pair < (tree.next[node] as number); pair = tree.next[pair] as number) {
      const key = tree.kind[pair] === K.Pair ? childBy(tree, pair, R.Key) : -1;
      if (key !== -1 && symbolOf(tree, key) === name) return this.of(file, childBy(tree, pair, R.Value), depth + 1);
    }
    return none;
  }

  private exportOf(file: ProgramFile, name: string, depth: number): readonly Value[] {
    let own = this.given.get(file);
    if (own === undefined) this.given.set(file, (own = new Map()));
    const key = `${depth} ${name}`;
    let found = own.get(key);
    if (found === undefined) own.set(key, (found = this.findExport(file, name, depth)));
    return found;
  }

  private findExport(file: ProgramFile, name: string, depth: number): readonly Value[] {
    const { tree, facts } = file;
    if (tree.language === 'java') {
      const own = file.classes.get(name);
      return own === undefined ? none : [{ kind: 'class', file, node: own }];
    }
    const variable = facts.scopes.resolve(name, 0);
    if (tree.language === 'python' || tree.language === 'go') {
      const passed = tree.language === 'python' ? this.imported(file, name, 0, depth + 1) : none;
      return passed.length > 0 || variable === undefined ? passed : this.ofVariable(file, variable, name, depth + 1);
    }
    const { values, passed, all } = this.exportsOf(file);
    const own = values.get(name) ?? (name === 'default' ? values.get('=') : undefined);
    if (own !== undefined) return cut(own.flatMap((node) => this.of(file, node, depth + 1)));
    const from = passed.get(name);
    if (from !== undefined) return this.resolved(file, from.from, [from.name], depth + 1);
    if (variable !== undefined && name !== 'default') return this.ofVariable(file, variable, name, depth + 1);
    const whole = cut([...(values.get('=') ?? []), ...(values.get('default') ?? [])].flatMap((node) => this.of(file, node, depth + 1)).flatMap((value) => this.member(value, name, depth + 1)));
    if (whole.length > 0) return whole;
    return cut(all.flatMap((module) => this.resolved(file, module, [name], depth + 1)));
  }

  /** What a module is when it is used as a function, a class or an object itself. */
  whole({ file }: Value): readonly Value[] {
    const { values } = this.exportsOf(file);
    return cut([...(values.get('=') ?? []), ...(values.get('default') ?? [])].flatMap((node) => this.of(file, node, 2)));
  }

  private exportsOf(file: ProgramFile): FileExports {
    let found = this.exported.get(file);
    if (found === undefined) this.exported.set(file, (found = exportsOf(file)));
    return found;
  }

  /** A method of a class, of one above it, or, where it is only declared, of those below. */
  method(file: ProgramFile, classNode: number, name: string, depth: number): readonly Value[] {
    let level: readonly Value[] = [{ kind: 'class', file, node: classNode }];
    for (let up = 0; up < longestChain && level.length > 0; up++) {
      const found = cut(level.flatMap((one) => (one.file.methods(one.node).get(name) ?? []).map((node): Value => ({ kind: 'function', file: one.file, node }))));
      if (found.length > 0) return found;
      level = cut(level.flatMap((one) => this.parents(one.file, one.node, depth + 1)));
    }
    const under = this.children(file, classNode);
    return cut(under.flatMap((one) => (one.file.methods(one.node).get(name) ?? []).map((node): Value => ({ kind: 'function', file: one.file, node }))));
  }

  private parents(file: ProgramFile, classNode: number, depth: number): readonly Value[] {
    const { tree } = file;
    const list = classNode === -1 ? -1 : childBy(tree, classNode, R.Super);
    if (list === -1 || depth > deepest) return none;
    const parents: Value[] = [];
    for (let at = list + 1; at < (tree.next[list] as number); at = tree.next[at] as number) parents.push(...this.of(file, at, depth + 1));
    return cut(parents.flatMap((value) => (value.kind === 'module' ? this.whole(value) : [value])).filter((one) => one.kind === 'class' && (one.file !== file || one.node !== classNode)));
  }

  /** Classes that say they inherit from one. */
  private children(file: ProgramFile, classNode: number): readonly Value[] {
    if (this.below === undefined) {
      const below = new Map<string, Value[]>();
      for (const other of this.files.values()) {
        for (const node of other.facts.index.byKind(K.Class)) {
          for (const parent of this.parents(other, node, 0)) {
            const key = `${parent.file.index} ${parent.node}`;
            below.set(key, [...(below.get(key) ?? []), { kind: 'class', file: other, node }].slice(0, mostValues) as Value[]);
          }
        }
      }
      this.below = below;
    }
    return this.below.get(`${file.index} ${classNode}`) ?? none;
  }

  private field(file: ProgramFile, classNode: number, name: string, depth: number): readonly Value[] {
    const key = `${file.index} ${classNode} ${name}`;
    let found = this.fields.get(key);
    if (found !== undefined) return found;
    this.fields.set(key, none);
    this.fields.set(key, (found = this.findField(file, classNode, name, depth)));
    return found;
  }

  /** By its declaration, its declared parameter in the constructor, or what is put into it. */
  private findField(file: ProgramFile, classNode: number, name: string, depth: number): readonly Value[] {
    const { tree, facts } = file;
    const variable = facts.scopes.memberOf(classNode, name);
    if (variable !== undefined) {
      const declared = this.ofVariable(file, variable, name, depth + 1);
      if (declared.length > 0) return declared;
    }
    for (let node = classNode + 1; node < (tree.next[classNode] as number); node++) {
      const kind = tree.kind[node];
      if (kind === K.Param && /^(?:private|public|protected|readonly)\b/.test(tree.text.slice(tree.start[node], (tree.start[node] as number) + 12))) {
        const target = childBy(tree, node, R.Target);
        if (target !== -1 && symbolOf(tree, target) === name) return made(this.of(file, childBy(tree, node, R.Type), depth + 1));
      }
      const left = kind === K.Assign ? childBy(tree, node, R.Left) : -1;
      if (left === -1 || tree.kind[left] !== K.Member || !/^(?:this|self)$/.test(symbolOf(tree, left + 1)) || symbolOf(tree, childBy(tree, left, R.Name)) !== name) continue;
      const put = this.of(file, childBy(tree, node, R.Right), depth + 1);
      if (put.length > 0) return put;
    }
    return none;
  }
}

function made(values: readonly Value[]): readonly Value[] {
  return values.flatMap((value): Value[] => (value.kind === 'class' ? [{ ...value, kind: 'instance' }] : []));
}

function cut(values: readonly Value[]): readonly Value[] {
  return values.length > mostValues ? values.slice(0, mostValues) : values;
}

function pythonName(module: string, names: readonly string[]): string {
  return module === '' || module.endsWith('.') ? `${module}${names.join('.')}` : [module, ...names].join('.');
}

const packages = new WeakMap<ProgramFile, string>();

/** The package that a Java file says it is of. */
export function packageOf(file: ProgramFile): string {
  let found = packages.get(file);
  if (found === undefined) packages.set(file, (found = /^\s*package\s+([\w.]+)\s*;/m.exec(file.tree.text.slice(0, 20_000))?.[1] ?? ''));
  return found;
}
