import { createReadStream, statSync } from 'node:fs';
import { defineEventSource } from '#model/intake.ts';
import { followedFiles } from '../files/follow.ts';
import { demandSomething, filePattern } from '../files/found-files.ts';
import { streamSource } from '../stream-source.ts';

export default defineEventSource({
  id: 'file',
  title: 'Files of events: JSON lines or lists, lines of text, Windows event logs; packed with gzip or Zstandard, or plain; followed through rotation',
  schemes: ['file:'],
  examples: ['audit.jsonl', '/var/log/nginx/*.log', 'file:logs/**/*.json.gz', 'Security.evtx'],
  network: 'none',
  open(address, ctx) {
    const pattern = filePattern(address);
    demandSomething(pattern, ctx.follow);
    // A named pipe gives its bytes once.
    if (pattern.parts.length === 0 && statSync(pattern.top, { throwIfNoEntry: false })?.isFIFO() === true) {
      return streamSource({ id: `file:${pattern.text}`, label: pattern.text, open: () => createReadStream(pattern.top) }, ctx);
    }
    return followedFiles(`file:${pattern.text}`, pattern, ctx);
  },
});
