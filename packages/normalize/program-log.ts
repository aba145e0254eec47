/** What programs write for people: a time, how grave it is, often who says it, and what. */
import { buildEvent, ocsfClasses } from '#formats/ocsf.ts';
import type { RawRecord } from '#model/artifact.ts';
import type { Event } from '#model/event.ts';
import { severityOfWord } from './error-line.ts';
import type { JsonObject } from './json-fields.ts';

export interface ProgramLine {
  /** 0 when the line does not say. */
  readonly time: number;
  readonly level: string | undefined;
  /** The part of the program that says it. */
  readonly logger: string | undefined;
  readonly text: string;
}

/** `names`: what rules see. */
export function programEvent({ time, level, logger, text }: ProgramLine, program: string, { value, source }: RawRecord, names: JsonObject): Event {
  return buildEvent({
    class: ocsfClasses.baseEvent, activity: 0, severity: severityOfWord(level ?? ''), time,
    metadata: { product: { name: program, vendor_name: 'unknown' }, log_name: logger, log_level: level, log_source: source },
    attributes: { message: text, raw_data: value, unmapped: names },
  });
}

/** The program whose log a file is, by the name of the file without what rotation adds to it. */
export function programOf(source: string): string {
  const file = source.split(/[\\/]/).at(-1) ?? '';
  return file.replace(/(?:\.(?:log|txt|out|err|gz|\d{1,12}|\d{4}-\d\d-\d\d))+$/i, '').replace(/[-_.]?\d{4}-?\d\d-?\d\d$/, '').slice(0, 64) || 'an application';
}
