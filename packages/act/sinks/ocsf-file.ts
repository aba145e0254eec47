import { defineSink } from '#model/sink.ts';
import { ActError } from '../act-error.ts';
import { stopped } from '../delivery/stopping.ts';
import { jsonLine, noticeFinding } from '../notice-ocsf.ts';
import { LineJournal } from '../ocsf-file/journal.ts';

const megabyte = 1_000_000;

export default defineSink({
  id: 'ocsf-file',
  title: 'A file of OCSF findings, one JSON object a line, rotated by size',
  schemes: ['ocsf-file:'],
  examples: ['ocsf-file:findings.jsonl', 'ocsf-file:/var/log/watchward/findings.jsonl?rotate=100&keep=5'],
  network: 'none',
  takes: ['signal', 'incident'],
  open(address, ctx) {
    const { path, kept, largest } = parse(address);
    const journal = new LineJournal(path, { largest, kept });
    return {
      deliver(notices) {
        if (ctx.signal.aborted) return Promise.reject(stopped());
        return new Promise((resolve) => {
          journal.append(notices.map((notice) => jsonLine(noticeFinding(notice, ctx.product))));
          resolve();
        });
      },
      close() {
        journal.close();
        return Promise.resolve();
      },
    };
  },
});

/** `ocsf-file:PATH?rotate=MEGABYTES&keep=FILES`; a path may hold a question mark when no such parameters follow. */
function parse(address: string): { readonly path: string; readonly largest: number; readonly kept: number } {
  const text = address.replace(/^ocsf-file:/, '');
  const found = /^(.*)\?((?:rotate|keep)=[^?]*)$/s.exec(text);
  const path = found?.[1] ?? text;
  const parameters = new URLSearchParams(found?.[2] ?? '');
  if (path === '' || path.includes('\0')) throw new ActError('address-invalid', "the address of the sink ocsf-file names no file: 'ocsf-file:findings.jsonl'");
  return { path, largest: whole(parameters, 'rotate', 100, 100_000) * megabyte, kept: whole(parameters, 'keep', 5, 1_000) };
}

function whole(parameters: URLSearchParams, name: string, usual: number, most: number): number {
  const value = Number(parameters.get(name) ?? usual);
  if (Number.isSafeInteger(value) && value >= 1 && value <= most) return value;
  throw new ActError('address-invalid', `the address of the sink ocsf-file has a '${name}' that is no whole number from 1 to ${most}`);
}
