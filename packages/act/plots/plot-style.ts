/** What plots need beside the style of all pages; what colour says, shape or place says too. */
export const plotStyle = `
:root{--band:#d6e3f8;--band-edge:#9db9e6;--line-ink:#1f4fae;--alarm-ink:#a3123c;--heat0:#f1f3f5;--heat1:#cfe0f5;--heat2:#93b8e8;--heat3:#4f86d0;--heat4:#1d4f9c}
@media (prefers-color-scheme:dark){:root{--band:#1d2c47;--band-edge:#3c5a8f;--line-ink:#9bc0ff;--alarm-ink:#ff8ba2;--heat0:#1f252d;--heat1:#1b2f4f;--heat2:#24497f;--heat3:#2f66b5;--heat4:#4a8ae6}}
.plot{margin:0 0 16px}.plot svg{max-width:none}.plot.reliability svg{max-width:560px}
.plot .grid{stroke:var(--line);stroke-width:1}.plot .axis-name{fill:var(--ink);font-weight:600}.plot .promise{stroke:var(--muted);stroke-width:2;stroke-dasharray:6 5}
.plot .whisker{stroke:var(--line-ink);stroke-width:2}.plot .point{fill:var(--line-ink);stroke:var(--card);stroke-width:1.5}.plot .off .whisker{stroke:var(--alarm-ink)}.plot .off .point{fill:var(--alarm-ink)}.plot .fewer .point{fill:var(--card);stroke:var(--line-ink)}
.plot.series .band{fill:var(--band);stroke:var(--band-edge);stroke-width:.6}.plot.series .value{fill:none;stroke:var(--ink);stroke-width:1.4;stroke-linejoin:round}.plot.series .dot{fill:var(--ink)}
.plot.series .odd{fill:var(--alarm-ink)}.plot.series .odd path{stroke:var(--card);stroke-width:1}
.plot.week .shade0{fill:var(--heat0)}.plot.week .shade1{fill:var(--heat1)}.plot.week .shade2{fill:var(--heat2)}.plot.week .shade3{fill:var(--heat3)}.plot.week .shade4{fill:var(--heat4)}
.plot.week .active{fill:var(--ink);stroke:var(--card);stroke-width:1.5}.plot.week .odd{fill:var(--alarm-ink);stroke:var(--card);stroke-width:1.5}.plot.week .day{fill:var(--ink);font-weight:600}
.plot.week .legend{max-width:860px;margin-top:10px}
.plot details{margin-top:8px}.plot details table{width:auto}.plot details td,.plot details th{padding:3px 14px 3px 0}
.plot .note{margin:8px 0 0;max-width:78ch}
.model dl{display:grid;grid-template-columns:140px 1fr;gap:6px 16px;margin:14px 0 0}.model dt{line-height:1.55}.model dd{overflow-wrap:anywhere;max-width:90ch}
.plain{background:var(--card);border:1px solid var(--line);border-radius:10px;border-collapse:separate;border-spacing:0}.plain tbody tr:last-child td{border-bottom:0}.plain td,.plain th{padding:7px 12px}
@media screen and (max-width:760px){.model dl{grid-template-columns:1fr;gap:0}.model dd{margin-bottom:8px}}
@media print{.plot svg *{print-color-adjust:exact;-webkit-print-color-adjust:exact}.plot{break-inside:avoid}}
`;
