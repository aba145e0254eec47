import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileAnalyser } from '/work/main/bench/analyse-files.ts';
const mine = new Set(readFileSync('/tmp/gen/mine', 'utf8').split('\n').filter(Boolean).map((n) => `secrets/${n}`));
const analyser = fileAnalyser();
let files = 0; const out: string[] = [];
function walk(dir: string): void {
  for (const e of readdirSync(dir, { withFileTypes: true })) {
    if (e.name === '.git' || e.name === 'node_modules') continue;
    const p = join(dir, e.name);
    if (e.isDirectory()) walk(p);
    else if (e.isFile() && statSync(p).size < 600_000) {
      files++;
      const buf = readFileSync(p);
      if (buf.includes(0)) continue;
      const { findings } = analyser(p, buf);
      for (const f of findings) if (mine.has(f.rule)) { const line = buf.toString('latin1').split('\n')[f.region?.startLine - 1] ?? JSON.stringify(f).slice(0,200); out.push(`${f.rule}\t${f.persona}\t${p}\t${line.slice(Math.max(0,(f.region?.startColumn??0)-60), (f.region?.startColumn??0)+90)}`); }
    }
  }
}
for (const d of process.argv.slice(2)) walk(d);
console.log(files); console.log(out.join('\n'));
