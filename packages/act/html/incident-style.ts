/** What a timeline needs beside the style of all pages. */
export const incidentStyle = `
:root{--entry:#e6eefb;--foothold:#f3ecfa;--reach:#fdf1e0;--goal:#fbe7ea;--dot:#fff}
@media (prefers-color-scheme:dark){:root{--entry:#172338;--foothold:#251d35;--reach:#302514;--goal:#351a20;--dot:#101317}}
.incident h1{font-size:27px;margin:6px 0 2px}.incident h2{font-size:16px;margin:18px 0 4px}.incident.critical{border-left-color:var(--critical)}.incident.high{border-left-color:var(--high)}
.incident.medium{border-left-color:var(--medium)}.incident.low{border-left-color:var(--low)}
.state{margin:0;display:flex;gap:10px;align-items:center}.story{margin:14px 0 0;max-width:96ch;white-space:pre-line}
.next{margin:0;max-width:78ch}
.path{list-style:none;display:flex;flex-wrap:wrap;gap:6px 0;margin:14px 0 0;padding:0;font-weight:600;font-size:14px}.path li:not(:last-child)::after{content:"\\2192";margin:0 9px;color:var(--muted);font-weight:400}
.lanes{margin:0 0 14px;padding:12px 16px;overflow-x:auto}.lanes svg{max-width:none;min-width:760px}
.lanes .band.entry{fill:var(--entry)}.lanes .band.foothold{fill:var(--foothold)}.lanes .band.reach{fill:var(--reach)}.lanes .band.goal{fill:var(--goal)}.lanes .band.none{fill:var(--track)}
.lanes text{font-size:12px}.lanes .stage{fill:var(--ink);font-weight:600;font-size:11.5px}.lanes .time{fill:var(--ink);font-variant-numeric:tabular-nums}.lanes .day,.lanes .gap{font-size:10.5px}
.lanes .kind{font-size:10.5px}.lanes .name{fill:var(--ink);font-weight:600}
.lanes .lane{stroke:var(--line)}.lanes .busy{stroke:var(--muted);stroke-width:2}.lanes .link{stroke:var(--muted);stroke-width:2;stroke-dasharray:2 3}
.lanes .dot{fill:var(--muted);stroke:var(--card);stroke-width:2}.lanes .dot.critical{fill:var(--critical)}.lanes .dot.high{fill:var(--high)}.lanes .dot.medium{fill:var(--medium)}.lanes .dot.low{fill:var(--low)}
.lanes .number{fill:var(--dot);font-weight:700;font-size:12px}
.evidence{list-style:none;counter-reset:step;margin:0;padding:0;border-left:2px solid var(--line);margin-left:13px}
.evidence>li{counter-increment:step;position:relative;padding:0 0 20px 30px}
.evidence>li::before{content:counter(step);position:absolute;left:-14px;top:-1px;width:26px;height:26px;border-radius:50%;background:var(--informational);color:var(--dot);font-weight:700;font-size:13px;line-height:26px;text-align:center;print-color-adjust:exact;-webkit-print-color-adjust:exact}
.evidence>li.critical::before{background:var(--critical)}.evidence>li.high::before{background:var(--high)}.evidence>li.medium::before{background:var(--medium)}.evidence>li.low::before{background:var(--low)}
.when{margin:0;color:var(--muted);font-variant-numeric:tabular-nums;display:flex;gap:10px;align-items:center}.what{font-size:16.5px;font-weight:600;margin:2px 0 4px;overflow-wrap:anywhere}
.evidence dl{margin:4px 0 0;font-size:14px}.evidence dl>div{display:grid;grid-template-columns:120px 1fr;gap:0 12px}.evidence dt{line-height:1.6}.evidence dd{overflow-wrap:anywhere}
.plain{background:var(--card);border:1px solid var(--line);border-radius:10px;border-collapse:separate;border-spacing:0}.plain tbody tr:last-child td{border-bottom:0}.plain td,.plain th{padding:7px 12px}
@media screen and (max-width:760px){.evidence dl>div{grid-template-columns:1fr}.incident h1{font-size:22px}}
@media print{:root{--entry:#eef3fb;--foothold:#f5f0fa;--reach:#fdf5e8;--goal:#fcedf0;--dot:#fff}.lanes{padding:4px 0;border:0;overflow:visible}.lanes svg{min-width:0}
.lanes rect,.lanes circle{print-color-adjust:exact;-webkit-print-color-adjust:exact}.evidence>li{break-inside:avoid;padding:2px 0 10px 30px}.evidence>li::before{top:1px}.what{font-size:11pt}.verdict.incident{border:0;border-left:5px solid var(--critical);padding:4px 14px}}
`;
