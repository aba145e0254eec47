/** Sequences of events with labels, as `ait-aecid/anomaly-detection-log-datasets` keeps them, and HDFS from LogLead's sample. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { corpus } from './corpora.ts';

export interface LabelledSequence {
  readonly id: string;
  readonly events: readonly string[];
}

export interface SequenceSet {
  readonly name: string;
  /** The training that the data set comes with. */
  readonly training: readonly LabelledSequence[];
  /** Normal sequences beyond it. */
  readonly normal: readonly LabelledSequence[];
  readonly abnormal: readonly LabelledSequence[];
  /** Normal sequences of the whole data set: those that are here stand for them. */
  readonly allNormal: number;
}

/** `undefined` for a set whose files are not there. */
export async function sequenceSets(): Promise<SequenceSet[]> {
  const folder = corpus('anomaly-logs');
  if (folder === undefined) return [];
  const whole = ([name, part, base]: readonly [string, string, string]): SequenceSet | undefined => wholeSet(name, join(folder, part), base);
  const sets = [await hdfs(folder), adfa(folder), whole(['OpenStack, Loghub', 'openstack_loghub', 'openstack']), whole(['OpenStack, Kalaki et al.', 'openstack_parisakalaki', 'openstack'])];
  return sets.filter((set) => set !== undefined);
}

function wholeSet(name: string, folder: string, base: string): SequenceSet | undefined {
  const files = ['train', 'test_normal', 'test_abnormal'].map((part) => join(folder, `${base}_${part}`));
  if (!files.every((file) => existsSync(file))) return undefined;
  const [training = [], normal = [], abnormal = []] = files.map(readSequences);
  return { name, training, normal, abnormal, allNormal: training.length + normal.length };
}

/** The normal test half is over 4 MiB and not in the layout: the training that an earlier commit drew takes its place. */
function adfa(folder: string): SequenceSet | undefined {
  const earlier = corpus('anomaly-logs-2023-04');
  const file = join(folder, 'adfa_verazuo', 'adfa_train');
  if (earlier === undefined || !existsSync(file)) return undefined;
  const training = readSequences(file);
  const had = new Set(training.map(({ id }) => id));
  return {
    name: 'ADFA-LD',
    training,
    normal: readSequences(join(earlier, 'adfa_verazuo', 'adfa_train')).filter(({ id }) => !had.has(id)),
    abnormal: readSequences(join(folder, 'adfa_verazuo', 'adfa_test_abnormal')),
    allNormal: 5205,
  };
}

/** The normal test half is not in the layout: normal blocks of LogLead's sample of the same log take its place, by the same templates. */
async function hdfs(folder: string): Promise<SequenceSet | undefined> {
  const sample = corpus('loglead');
  const file = join(folder, 'hdfs_loghub', 'hdfs_train');
  if (sample === undefined || !existsSync(file)) return undefined;
  const training = readSequences(file);
  const had = new Set(training.map(({ id }) => id));
  const normal = await sampledBlocks(join(sample, 'demo', 'samples'), readTemplates(join(folder, 'templates', 'HDFS_templates.csv')));
  return { name: 'HDFS, Loghub', training, normal: normal.filter(({ id }) => !had.has(id)), abnormal: readSequences(join(folder, 'hdfs_loghub', 'hdfs_test_abnormal')), allNormal: 558_223 };
}

async function sampledBlocks(samples: string, templates: readonly (readonly string[])[]): Promise<LabelledSequence[]> {
  const database = await DuckDBInstance.create(':memory:');
  const connection = await database.connect();
  const all = async (query: string): Promise<string[][]> => (await connection.runAndReadAll(query)).getRows().map((row) => row.map(String));
  const anomalous = new Set((await all(`select seq_id from '${samples}/hdfs_seqs_2percent.parquet' where anomaly`)).map(([id = '']) => id));
  const blocks = new Map<string, string[]>();
  for (const [line = '', id = ''] of await all(`select component || ' ' || m_message, seq_id from '${samples}/hdfs_events_2percent.parquet'`)) {
    if (anomalous.has(id)) continue;
    const events = blocks.get(id) ?? [];
    events.push(String(1 + templates.findIndex((template) => matches(line, template))));
    blocks.set(id, events);
  }
  connection.closeSync();
  return [...blocks].map(([id, events]) => ({ id, events }));
}

/** Texts that a line has one after the other. */
function readTemplates(file: string): string[][] {
  return readFileSync(file, 'utf8').split('\n').filter((line) => line !== '').map((line) => line.trimEnd().replace(/^[<*>]+|[<*>]+$/g, '').split('<*>'));
}

function matches(line: string, template: readonly string[]): boolean {
  let from = 0;
  for (const part of template) {
    const at = line.indexOf(part, from);
    if (at === -1) return false;
    from = at + part.length;
  }
  return true;
}

/** Lines of `id,event event event`. */
function readSequences(file: string): LabelledSequence[] {
  return readFileSync(file, 'utf8').split('\n').filter((line) => line.trim() !== '').map((line) => {
    const comma = line.indexOf(',');
    return { id: line.slice(0, comma), events: line.slice(comma + 1).trim().split(' ') };
  });
}
