/** What the cases of sinks share to judge requests as the real receivers do. */
import { Ajv } from 'ajv';

/** Characters that act instead of showing; line ends are allowed where `lines` says so. */
export function unseen(text: string, lines = false): boolean {
  return (lines ? /[\p{Cf}\p{Cs}\p{Zl}\p{Zp}]|(?!\n)\p{Cc}/u : /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u).test(text);
}

/** All texts of a value, names of members included. */
export function textsOf(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, member]) => [...(Array.isArray(value) ? [] : [name]), ...textsOf(member)]);
}

const ajv = new Ajv({ allErrors: true });
const compiled = new Map<object, ReturnType<typeof ajv.compile>>();

export function againstSchema(schema: object, value: unknown): readonly string[] {
  const validate = compiled.get(schema) ?? ajv.compile(schema);
  compiled.set(schema, validate);
  return validate(value) ? [] : (validate.errors ?? []).map((error) => `${error.instancePath} ${error.message}`);
}

export function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

export const text = (maxLength: number): object => ({ type: 'string', minLength: 1, maxLength });
/** All members are wanted, no other is allowed. */
export const shape = (properties: Record<string, object>, optional: Record<string, object> = {}): object => (
  { type: 'object', required: Object.keys(properties), properties: { ...properties, ...optional }, additionalProperties: false }
);

export const finding = {
  type: 'object', required: ['class_uid', 'type_uid', 'activity_id', 'category_uid', 'severity_id', 'time', 'metadata'],
  properties: { class_uid: { enum: [2004, 2005] }, time: { type: 'number' }, metadata: { type: 'object', required: ['version', 'product'] } },
};
