import { defineEventSource } from '#model/intake.ts';
import { followedFiles } from '../files/follow.ts';
import { demandSomething, filePattern } from '../files/found-files.ts';

export default defineEventSource({
  id: 'file',
  title: 'Files of events: JSON lines or lists, lines of text, Windows event logs; packed with gzip or Zstandard, or plain; followed through rotation',
  schemes: ['file:'],
  examples: ['audit.jsonl', '/var/log/nginx/*.log', 'file:logs/**/*.json.gz', 'Security.evtx'],
  network: 'none',
  open(address, ctx) {
    const pattern = filePattern(address);
    demandSomething(pattern, ctx.follow);
    return followedFiles(`file:${pattern.text}`, pattern, ctx);
  },
});
