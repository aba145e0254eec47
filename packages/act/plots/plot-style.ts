/** What plots need beside the style of all pages; what colour says, shape or place says too. */
export const plotStyle = `
:root{--band:#d6e3f8;--band-edge:#9db9e6;--line-ink:#1f4fae;--alarm-ink:#a3123c;--heat0:#f1f3f5;--heat1:#cfe0f5;--heat2:#93b8e8;--heat3:#4f86d0;--heat4:#1d4f9c}
@media (prefers-color-scheme:dark){:root{--band:#1d2c47;--band-edge:#3c5a8f;--line-ink:#9bc0ff;--alarm-ink:#ff8ba2;--heat0:#1f252d;--heat1:#21385c;--heat2:#2f5a99;--heat3:#5a90dd;--heat4:#a9cdff}}
.plot{margin:0 0 16px}.plot svg{max-width:none}.plot.reliability svg{max-width:560px}
.plot .grid{stroke:var(--line);stroke-width:1}.plot .axis-name{fill:var(--ink);font-weight:600}.plot .promise{stroke:var(--muted);stroke-width:2;stroke-dasharray:6 5}
.plot .whisker{stroke:var(--line-ink);stroke-width:2}.plot .point{fill:var(--line-ink);stroke:var(--card);stroke-width:1.5}.plot .off .whisker{stroke:var(--alarm-ink)}.plot .off .point{fill:var(--alarm-ink)}
.plot details{margin-top:8px}.plot details table{width:auto}.plot details td,.plot details th{padding:3px 14px 3px 0}
.plot .note{margin:8px 0 0;max-width:78ch}
.model dl{display:grid;grid-template-columns:140px 1fr;gap:6px 16px;margin:14px 0 0}.model dt{line-height:1.55}.model dd{overflow-wrap:anywhere;max-width:90ch}
.plain{background:var(--card);border:1px solid var(--line);border-radius:10px;border-collapse:separate;border-spacing:0}.plain tbody tr:last-child td{border-bottom:0}.plain td,.plain th{padding:7px 12px}
@media screen and (max-width:760px){.model dl{grid-template-columns:1fr;gap:0}.model dd{margin-bottom:8px}}
@media print{.plot svg *{print-color-adjust:exact;-webkit-print-color-adjust:exact}.plot{break-inside:avoid}}
`;
