import type { Mapping } from '#model/unit.ts';

interface Hinted {
  readonly mapping: Mapping;
  /** Undefined: any object. */
  readonly keys: readonly string[] | undefined;
}

/** Characters from this one on share a list: few formats begin with them. */
const lastCharacter = 0x7f;

/**
 * Which mappings are worth asking about a record, by its first character or the names at its top. Gives the same as asking
 * all of them in their order, because a mapping accepts only what its hint describes.
 */
export class MappingTable {
  /** What says where it comes from goes before what takes anything. */
  readonly ordered: readonly Mapping[];
  private readonly objects: readonly Hinted[];
  private readonly texts: readonly (readonly Mapping[])[];

  constructor(mappings: readonly Mapping[]) {
    this.ordered = mappings.toSorted((a, b) => Number(isGeneric(a)) - Number(isGeneric(b)) || (a.id < b.id ? -1 : 1));
    this.objects = this.ordered.filter(({ hint }) => hint === undefined || hint.keys !== undefined).map((mapping) => ({ mapping, keys: mapping.hint?.keys }));
    this.texts = Array.from({ length: lastCharacter + 1 }, (_, code) => this.ordered.filter((mapping) => takesText(mapping, code)));
  }

  candidates(value: unknown): readonly Mapping[] {
    if (typeof value === 'string') return this.texts[Math.min(value === '' ? lastCharacter : value.charCodeAt(0), lastCharacter)] ?? [];
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return [];
    const found: Mapping[] = [];
    for (const { mapping, keys } of this.objects) {
      if (keys === undefined || hasOneOf(value, keys)) found.push(mapping);
    }
    return found;
  }
}

function hasOneOf(value: object, keys: readonly string[]): boolean {
  for (const key of keys) if (key in value) return true;
  return false;
}

function takesText({ hint }: Mapping, code: number): boolean {
  if (hint === undefined) return true;
  if (typeof hint.text !== 'string') return hint.text === true;
  return code === lastCharacter ? /[\u007f-\uffff]/.test(hint.text) : hint.text.includes(String.fromCharCode(code));
}

export function isGeneric({ logsource }: Mapping): boolean {
  return logsource.product === undefined && logsource.service === undefined && logsource.category === undefined;
}
