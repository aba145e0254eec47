/** System fonts, two palettes of at least 4.5:1 contrast, one column on a phone, black on white on paper. */
export const style = `
:root{color-scheme:light dark;--paper:#f7f7f5;--card:#fff;--ink:#1a1e23;--muted:#59616b;--line:#dcdfe3;--track:#eef0f2;--accent:#2a5bd0;
--critical:#a3123c;--high:#b03c06;--medium:#7d5800;--low:#1b5cab;--informational:#59616b;--good:#17693a;--goodback:#e9f5ee;--badback:#fbeaee;--unknownback:#fff3d6}
@media (prefers-color-scheme:dark){:root{--paper:#101317;--card:#181c22;--ink:#e7eaee;--muted:#a3abb6;--line:#2d333c;--track:#222831;--accent:#8fb4ff;
--critical:#ff8ba2;--high:#ffa066;--medium:#efc65c;--low:#8cbcff;--informational:#a3abb6;--good:#7fd6a0;--goodback:#14261c;--badback:#2d1820;--unknownback:#2e2510}}
*{box-sizing:border-box}
body{margin:0;background:var(--paper);color:var(--ink);font:15px/1.55 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif}
header,main{max-width:1160px;margin:0 auto;padding:0 24px}
header{padding-top:32px}
h1{font-size:30px;line-height:1.2;margin:2px 0 4px;letter-spacing:-.02em}
h2{font-size:19px;margin:0 0 14px;letter-spacing:-.01em}
p{margin:0 0 8px}
code{font:13px/1.5 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;overflow-wrap:anywhere}
a{color:var(--accent);overflow-wrap:anywhere}
:focus-visible{outline:2px solid var(--accent);outline-offset:2px;border-radius:3px}
.skip{position:absolute;left:-9999px}.skip:focus{left:16px;top:12px;background:var(--card);padding:8px 12px;z-index:1}
.mark{color:var(--muted);font-weight:600;margin:0}.mark span{font-weight:400}
.facts,.note{color:var(--muted)}.note{font-size:13.5px}
main>section{margin:28px 0 40px}
.verdict{background:var(--card);border:1px solid var(--line);border-left:6px solid var(--accent);border-radius:10px;padding:20px 24px}
.verdict h2{font-size:24px;margin-bottom:4px}
.verdict.findings{border-left-color:var(--critical)}.verdict.clean{border-left-color:var(--good);background:var(--goodback)}
.verdict.incomplete{border:2px solid var(--medium);border-left-width:6px;background:var(--unknownback)}
.tiles{list-style:none;display:flex;flex-wrap:wrap;gap:8px 28px;margin:14px 0 0;padding:0;color:var(--muted)}
.tiles:empty{display:none}
.tiles b{font-size:24px;font-weight:650;color:var(--ink);font-variant-numeric:tabular-nums;margin-right:3px}
.tiles .critical b{color:var(--critical)}.tiles .high b{color:var(--high)}.tiles .medium b{color:var(--medium)}.tiles .low b{color:var(--low)}
.charts{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,330px),1fr));gap:16px}
figure{margin:0;background:var(--card);border:1px solid var(--line);border-radius:10px;padding:16px 20px}
figcaption{font-weight:600;margin-bottom:10px}
svg{display:block;width:100%;height:auto;max-width:560px}
svg text{fill:var(--muted);font:13px system-ui,sans-serif}svg text.value{fill:var(--ink);font-weight:600}
.track{fill:var(--track)}.axis{stroke:var(--line)}.bar{fill:var(--accent)}.bar.rest{fill:var(--muted)}
.bar.critical,.bar.risk8,.bar.risk9{fill:var(--critical)}.bar.high,.bar.risk6,.bar.risk7{fill:var(--high)}
.bar.medium,.bar.risk3,.bar.risk4,.bar.risk5{fill:var(--medium)}.bar.low,.bar.risk0,.bar.risk1,.bar.risk2{fill:var(--low)}.bar.informational{fill:var(--informational)}
.filter{display:flex;flex-wrap:wrap;gap:10px 18px;align-items:end;margin-bottom:14px}.filter[hidden]{display:none}
.filter fieldset{border:0;margin:0;padding:0;display:flex;flex-wrap:wrap;gap:2px 12px;align-items:center;min-height:38px}.filter legend{float:left;margin-right:10px}
.filter legend,.filter>label{color:var(--muted);font-size:13.5px}
.filter input[type=search],.filter select{display:block;font:inherit;color:var(--ink);background:var(--card);border:1px solid var(--muted);border-radius:6px;padding:6px 10px;min-height:38px}
.filter input[type=search]{width:min(190px,80vw)}
.filter output{color:var(--muted);min-height:38px;line-height:38px;margin-left:auto}
table{border-collapse:collapse;width:100%}
caption{text-align:left;color:var(--muted);font-size:13.5px;padding-bottom:6px}
th{text-align:left;font-size:13px;color:var(--muted);font-weight:600}
th,td{padding:10px 12px;vertical-align:top;border-bottom:1px solid var(--line)}
th button{font:inherit;color:inherit;background:none;border:0;padding:0;cursor:pointer;text-decoration:underline dotted}
th[aria-sort=descending] button::after{content:" \\2193"}th[aria-sort=ascending] button::after{content:" \\2191"}
table[role=table]{background:var(--card);border:1px solid var(--line);border-radius:10px;border-spacing:0;border-collapse:separate}
table[role=table]>tbody>tr:last-child>td{border-bottom:0}
tr[hidden]{display:none}
td p{margin:2px 0 6px}
td[data-label=Finding]{width:44%}td[data-label=Place]{width:26%}td[data-label=Fix]{white-space:nowrap}
tr[data-state]:not([data-state=open]) strong{font-weight:500}
.risk{font-weight:700;font-size:17px;font-variant-numeric:tabular-nums}
.risk.critical,.chip.critical,.alarm{color:var(--critical)}.risk.high,.chip.high{color:var(--high)}.risk.medium,.chip.medium{color:var(--medium)}
.risk.low,.chip.low{color:var(--low)}.risk.informational,.chip.informational{color:var(--informational)}
.chip{display:inline-block;border:1px solid currentColor;border-radius:99px;padding:0 9px;font-size:13px;font-weight:600;white-space:nowrap}
.alarm{font-weight:700}
summary{cursor:pointer;color:var(--accent);width:fit-content}
details[open]>summary{margin-bottom:8px}
ul,ol{margin:4px 0 8px;padding-left:20px}
.factors{font-size:13.5px;margin:8px 0 12px}.factors th,.factors td{padding:4px 10px 4px 0}
.number{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
.ledger{background:var(--card);border:1px solid var(--line)}.ledger caption{padding:14px 0 6px}
.figures{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,150px),1fr));gap:12px 24px;margin:0 0 8px}
.figures>:first-child{grid-column:span 2}
dt{color:var(--muted);font-size:13px}dd{margin:0}
.hashes>div{display:flex;flex-wrap:wrap;gap:2px 12px}.hashes dt{width:70px;line-height:22px}
@media screen and (min-width:761px){
table[role=table],table[role=table]>thead,table[role=table]>tbody{display:block}
table[role=table]>thead>tr,table[role=table]>tbody>tr{display:grid;grid-template-columns:72px 120px minmax(0,1fr) 26% 92px 92px}table[role=table]>tbody>tr[hidden]{display:none}
table[role=table]>tbody>tr{border-bottom:1px solid var(--line);padding:4px 0 8px}table[role=table]>tbody>tr:last-child{border-bottom:0}
table[role=table]>tbody>tr>td{border:0;grid-row:1/span 2;width:auto}td[data-label=Fix]{white-space:normal}
td[data-label=Finding],td[data-label=Finding]>div{display:contents}
td[data-label=Finding]>div>strong{grid-column:3;grid-row:1;padding:10px 12px 0}td[data-label=Finding]>div>p{grid-column:3;grid-row:2;margin:0;padding:2px 12px 4px}
td[data-label=Finding]>div>details{grid-column:3/-1;grid-row:3;padding:0 12px;min-width:0}
.factors{width:auto;min-width:50%}}
@media screen and (max-width:760px){header,main{padding-left:16px;padding-right:16px}.filter output{margin-left:0}
.figures>:first-child{grid-column:auto}
table[role=table],table[role=table]>tbody,table[role=table]>tbody>tr{display:block}table[role=table]>thead{position:absolute;left:-9999px}
table[role=table]>tbody>tr{padding:12px 14px;border-bottom:1px solid var(--line)}table[role=table]>tbody>tr[hidden]{display:none}table[role=table]>tbody>tr:last-child{border-bottom:0}
table[role=table]>tbody>tr>td{display:flex;gap:10px;border:0;padding:3px 0;width:auto}
table[role=table]>tbody>tr>td::before{content:attr(data-label);flex:0 0 64px;color:var(--muted);font-size:13px;line-height:23px}
table[role=table]>tbody>tr>td>div{min-width:0;flex:1}}
@media print{:root{color-scheme:light;--paper:#fff;--card:#fff;--ink:#000;--muted:#444;--line:#bbb;--track:#eee;--accent:#1d3f91;
--critical:#8c0f33;--high:#8f3105;--medium:#634600;--low:#174f93;--informational:#444;--good:#12552f;--goodback:#fff;--badback:#fff;--unknownback:#fff}
body{font-size:9.5pt}th,td{padding:6px 8px}header,main{max-width:none;padding:0}.filter,.skip,summary{display:none}main>section{margin:16px 0 22px}
.charts{grid-template-columns:1fr 1fr 1fr}figure,tr,.verdict{break-inside:avoid}h2{break-after:avoid}
table[role=table],table[role=table]>tbody{display:block}table[role=table]>thead{display:none}table[role=table]{border:0;border-top:1px solid var(--line);border-radius:0}
table[role=table]>tbody>tr{display:grid;grid-template-columns:14mm 26mm 1fr auto auto;column-gap:4mm;border-bottom:1px solid var(--line);padding:6px 10px}table[role=table]>tbody>tr[hidden]{display:none}
table[role=table]>tbody>tr>td{border:0;padding:2px 0;width:auto}td[data-label=Finding]{grid-column:1/-1;grid-row:2}code{font-size:8.5pt}.factors{font-size:8.5pt}.factors td,.factors th{padding:2px 8px 2px 0}.risk{font-size:12pt}
.bar,.track{print-color-adjust:exact;-webkit-print-color-adjust:exact}details::details-content{content-visibility:visible;block-size:auto}th button{text-decoration:none}}
@page{margin:14mm}
`;
