/** Declared types whose values hold no text of anybody's choice. */
export const plainTypes = new Set([
  'number', 'boolean', 'bigint', 'int', 'long', 'short', 'byte', 'char', 'float', 'double', 'bool', 'java.lang.Integer', 'java.lang.Long', 'java.lang.Boolean', 'java.lang.Double', 'java.lang.Short', 'uuid.UUID', 'datetime.datetime', 'datetime.date', 'datetime.timedelta', 'decimal.Decimal',
]);
/** Members that are numbers whatever they are members of. */
export const numberMembers = new Set(['length', 'size', 'byteLength']);
/** The instance round an inner one, in Java: which one it is says nothing of what it holds. */
export const outerInstance = 'this$0';
