/** Programs of Unix that say what they did in lines of syslog or of the journal. */
import { buildEvent, statusOf } from '#formats/ocsf.ts';
import type { Mapping } from '#model/unit.ts';
import { defineMapping } from '#model/unit.ts';
import type { JsonObject } from '../json-fields.ts';
import type { Classification, Outcome } from '../parts.ts';
import { recallLast } from '../recall-last.ts';
import { syslogLine, syslogStart } from '../syslog-line.ts';
import type { SyslogLine } from '../syslog-line.ts';

export type ProgramLine = Pick<SyslogLine, 'app' | 'host' | 'message' | 'pid'>;

/** What a line says was done. */
export interface Deed extends Classification {
  readonly activityName?: string;
  readonly outcome: Outcome;
  readonly attributes: JsonObject;
  /** Of OCSF, that `attributes` make use of. */
  readonly profiles?: readonly string[];
  /** Names that rules use beside `message`, `host` and `process`. */
  readonly names?: JsonObject;
}

export interface Program {
  /** Service of Sigma's logsource, product linux. */
  readonly service: string;
  readonly product: { readonly name: string; readonly vendor_name: string };
  /** What every line of it holds in syslog, its head included: looked for before anything else. */
  readonly mark: RegExp;
  read(line: ProgramLine): Deed | undefined;
}

export function defineProgramMapping({ id, title, program }: { readonly id: string; readonly title: string; readonly program: Program }): Mapping {
  const read = recallLast((value): { readonly line: SyslogLine; readonly deed: Deed } | undefined => {
    if (!program.mark.test(value)) return undefined;
    const line = syslogLine(value);
    const deed = line === undefined ? undefined : program.read(line);
    return line === undefined || deed === undefined ? undefined : { line, deed };
  });
  const logsource = { product: 'linux', service: program.service };
  return defineMapping({
    id, title, logsource,
    hint: { text: syslogStart },
    accepts: (value) => read(value) !== undefined,
    map({ value }) {
      const found = read(value);
      if (found === undefined) return undefined;
      const { line, deed } = found;
      return buildEvent({
        class: deed.class, activity: deed.activity, activityName: deed.activityName ?? program.product.name,
        severity: 'informational',
        time: line.time,
        metadata: { product: program.product, log_name: program.service, original_time: line.written, ...(deed.profiles === undefined ? {} : { profiles: deed.profiles }) },
        attributes: {
          ...statusOf(deed.outcome),
          message: line.message,
          ...deed.attributes,
          raw_data: value,
          unmapped: recordOf(line, deed),
        },
      });
    },
    glance({ value }) {
      const found = read(value);
      if (found === undefined) return undefined;
      const { line, deed } = found;
      return { logsource, time: line.time, record: recordOf(line, deed), ...(line.time === 0 ? { original: line.written } : {}) };
    },
  });
}

function recordOf({ message, host, app }: SyslogLine, { names }: Deed): JsonObject {
  return { ...names, message, host, process: app };
}

/** A machine of which only the name is known. */
export function hostDevice(host: string): JsonObject {
  return { type_id: 0, hostname: host };
}
