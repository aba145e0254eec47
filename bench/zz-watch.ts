import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { mappings } from '#generated/mappings.ts';
import { loadEventContent } from '#engine/content.ts';
import { loadEventRules } from '#engine/event-rules.ts';
import { EventStream } from '#engine/stream.ts';
import { toDetectionFinding } from '#act/signal-ocsf.ts';
import { limitBacktracking } from '#engine/linear-regexp.ts';
limitBacktracking();
const dir='/work/corpora/stratus/docs/detonation-logs';
const own=loadEventRules(loadEventContent().sigma,[]);
let t=performance.now();
const all=loadEventRules(loadEventContent().sigma,['/work/corpora/sigma/rules','/work/corpora/sigma/rules-emerging-threats','/work/corpora/sigma/rules-threat-hunting','/work/corpora/sigma/rules-compliance','/work/corpora/sigma/rules-placeholder']);
console.log('loaded',all.rules.length,'skipped',all.skipped,Math.round(performance.now()-t),'ms');
const codes=new Map<string,number>(); for(const d of all.diagnostics){const c=d.message.split(':')[1]!.trim(); codes.set(c,(codes.get(c)??0)+1);} console.log([...codes]);
const events:string[]=[]; const findings:string[]=[]; let hit=0,hitAll=0; const recs:any[]=[];
for(const f of readdirSync(dir).filter(f=>f.endsWith('.json')).sort()){
  const list=JSON.parse(readFileSync(`${dir}/${f}`,'utf8')); recs.push(...list);
  const go=(rules:any)=>{const s=new EventStream({mappings,rules}); const got=new Map<string,number>(); list.forEach((value:any,i:number)=>{const r=s.push({source:f,sequence:i+1,value}); for(const x of r.signals){got.set(x.rule+'/'+x.severity,(got.get(x.rule+'/'+x.severity)??0)+1); if(rules===own.rules){findings.push(JSON.stringify(toDetectionFinding(x,{name:'watchward',version:'0.1.0'})));}} if(r.diagnostics.length) console.log(r.diagnostics);}); return got;};
  const a=go(own.rules), b=go(all.rules); if([...a.keys()].some(k=>/medium|high|crit/.test(k))) hit++; if([...b.keys()].some(k=>/medium|high|crit/.test(k))) hitAll++;
  console.log(f.replace('.json',''),[...a].join(' '),'|',[...b].filter(([k])=>!a.has(k)).length);
}
console.log('techniques own',hit,'with sigmahq',hitAll);
for(const m of mappings){ if(m.id==='cloudtrail') for(const [i,value] of recs.entries()) events.push(JSON.stringify(m.map({source:'x',sequence:i,value}))); const c=((await import(`../packages/normalize/mappings/${m.id}.cases.ts`)) as any).default; for(const x of c.maps) events.push(JSON.stringify(m.map({source:'x',sequence:1,value:x.record}))); }
const cases=JSON.parse(readFileSync('.generated/cases.json','utf8')); for(const [id,c] of Object.entries<any>(cases)) if(id.startsWith('event/')) for(const r of [...c.fires,...c.silent]) { const m=mappings.find(m=>m.accepts(r))!; events.push(JSON.stringify(m.map({source:'x',sequence:1,value:r}))); }
writeFileSync('/tmp/events.jsonl',[...events,...findings].join('\n')+'\n');
const lines=recs.map(r=>JSON.stringify(r)); 
for(const [n,rules] of [['own',own.rules],['all',all.rules]] as const){ const s=new EventStream({mappings,rules}); let k=0; const t=performance.now(); for(let j=0;j<40;j++) for(const l of lines){ s.push({source:'x',sequence:1,value:JSON.parse(l)}); k++; } const dt=performance.now()-t; console.log(n,Math.round(k/dt*1000),'events/s incl. JSON.parse'); }
writeFileSync('/tmp/ct.jsonl',lines.join('\n')+'\n');
