import type { Value } from '../ir/module-builder.ts';
import type { Frame } from './frame.ts';
import type { Node } from '../syntax/tree-reader.ts';
import type { JavaType } from './java-type.ts';

export interface FieldInfo {
  readonly name: string;
  readonly isStatic: boolean;
  readonly isFinal: boolean;
  readonly type: JavaType | undefined;
  /** Expression or array initializer; -1 without one. */
  readonly initial: Node;
  readonly node: Node;
  /** What it is declared in, with its modifiers. */
  readonly declaration: Node;
  /** What a final field with a constant initializer is. */
  constant: Value | undefined;
}

export interface ParameterInfo {
  readonly name: string;
  readonly type: JavaType | undefined;
  readonly node: Node;
  readonly collects: boolean;
}

export interface MethodInfo {
  readonly name: string;
  readonly isStatic: boolean;
  readonly parameters: readonly ParameterInfo[];
  readonly returns: JavaType | undefined;
  /** -1 for what is abstract. */
  readonly body: Node;
  readonly node: Node;
}

/** A class, interface, enum or record of the file. */
export interface ClassInfo {
  readonly name: string;
  /** `Outer.Inner` */
  readonly path: string;
  /** With the package. */
  readonly qualified: string;
  readonly node: Node;
  readonly kind: 'class' | 'interface' | 'enum' | 'record' | 'annotation';
  readonly outer: ClassInfo | undefined;
  /** The method that declares it, for local and anonymous classes: what its code sees besides its own members. */
  readonly frame: Frame | undefined;
  /** Its instances know one of the class round it. */
  readonly isInner: boolean;
  readonly typeParameters: ReadonlySet<string>;
  readonly fields: Map<string, FieldInfo>;
  readonly methods: Map<string, MethodInfo[]>;
  readonly constructors: MethodInfo[];
  readonly members: Map<string, ClassInfo>;
  readonly superClass: JavaType | undefined;
  readonly superTypes: readonly JavaType[];
  /** Bodies of initializers, in order: fields by name, blocks by node. */
  readonly initializers: readonly { readonly isStatic: boolean; readonly field: FieldInfo | undefined; readonly block: Node }[];
  readonly enumConstants: readonly Node[];
  /** The closure of the constructor, which stands for the class. */
  value: Value;
  prototype: Value;
}
