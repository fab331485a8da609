/** Style of the report and of the service page: one sheet, system fonts, no image. Its hash stands in csp.ts. */
export const style = `
:root {
  color-scheme: light dark;
  --page: #f5f6f8; --paper: #ffffff; --ink: #1c2530; --soft: #5c6875; --line: #e1e5ea; --faint: #f4f6f8;
  --accent: #1d5a7a; --accent-faint: #eaf2f7;
  --good: #1c6e42; --good-faint: #e5f3eb; --part: #87590a; --part-faint: #fcf2dc; --bad: #b02a24; --bad-faint: #fbeae8;
  --open: #5d4a94; --open-faint: #efecf8; --open-bar: #b3a9d2; --off: #697582; --off-faint: #eef0f3; --held: #24608a; --held-faint: #e7f0f7;
  --console: #f1f3f6; --shadow: 0 1px 2px rgb(20 30 45 / 6%), 0 4px 16px rgb(20 30 45 / 5%);
  --sans: system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "PingFang SC", "Hiragino Sans GB",
    "Microsoft YaHei", "Noto Sans CJK SC", "Source Han Sans SC", "WenQuanYi Micro Hei", sans-serif;
  --mono: ui-monospace, "SF Mono", SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", "Noto Sans Mono CJK SC", monospace;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #11161c; --paper: #181f27; --ink: #e3e8ee; --soft: #9aa7b5; --line: #2b3541; --faint: #1e2630;
    --accent: #7fb9d9; --accent-faint: #1c2f3b;
    --good: #74c99a; --good-faint: #17301f; --part: #e0b45c; --part-faint: #35290f; --bad: #f08b83; --bad-faint: #3a1c1a;
    --open: #b7a6ea; --open-faint: #282140; --open-bar: #5f5488; --off: #97a3b0; --off-faint: #242d37; --held: #86bbe0; --held-faint: #182d3d;
    --console: #12181f; --shadow: none;
  }
}
* { box-sizing: border-box; }
html { scroll-behavior: smooth; scroll-padding-top: 20px; -webkit-text-size-adjust: 100%; }
body { margin: 0; background: var(--page); color: var(--ink); font: 15px/1.6 var(--sans); font-variant-numeric: tabular-nums; }
[hidden] { display: none !important; }
a { color: var(--accent); text-decoration: none; }
a:hover { text-decoration: underline; }
a:focus-visible, summary:focus-visible, input:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; border-radius: 3px; }
.skip { position: absolute; left: -999px; }
.skip:focus { left: 12px; top: 12px; background: var(--paper); padding: 8px 12px; z-index: 9; }
.muted { color: var(--soft); }
.small { font-size: 13px; line-height: 1.5; }
code, pre, .raw, .connect { font-family: var(--mono); font-size: .875em; }
code { overflow-wrap: anywhere; }
p { margin: 0 0 12px; }

.page { max-width: 1420px; margin: 0 auto; display: grid; grid-template-columns: 220px minmax(0, 1fr); gap: 32px; padding: 32px; }
.contents { position: sticky; top: 32px; align-self: start; max-height: calc(100vh - 64px); overflow-y: auto; font-size: 14px; }
.contents .brand { font-weight: 650; font-size: 16px; color: var(--ink); letter-spacing: -.01em; }
.contents .language { float: right; padding-top: 2px; }
.contents ol { list-style: none; margin: 16px 0 20px; padding: 0; border-left: 1px solid var(--line); }
.contents li a { display: flex; justify-content: space-between; gap: 8px; padding: 5px 8px 5px 14px; color: var(--soft); }
.contents li a:hover { color: var(--accent); text-decoration: none; }
.contents .count { background: var(--off-faint); color: var(--ink); border-radius: 9px; padding: 0 7px; font-size: 12px; line-height: 18px; align-self: center; }
.filter label { display: block; font-size: 12px; color: var(--soft); margin-bottom: 4px; }
.filter input { width: 100%; padding: 7px 8px; font: inherit; font-size: 13px; color: inherit; background: var(--paper); border: 1px solid var(--line); border-radius: 6px; }

main { min-width: 0; background: var(--paper); border-radius: 12px; box-shadow: var(--shadow); padding: 48px 52px 40px; }
h1 { font-size: 34px; line-height: 1.2; font-weight: 650; letter-spacing: -.015em; margin: 0 0 20px; }
h1 .sub { color: var(--soft); font-weight: 400; font-size: 22px; }
h2 { font-size: 24px; line-height: 1.3; font-weight: 650; letter-spacing: -.01em; margin: 0 0 16px; }
h2 .muted { font-weight: 400; font-size: 16px; letter-spacing: 0; }
h3 { font-size: 16px; line-height: 1.4; font-weight: 650; margin: 32px 0 12px; }
h3.chapter { margin-top: 40px; padding-bottom: 6px; border-bottom: 2px solid var(--line); font-size: 18px; }
h4 { font-size: 15px; font-weight: 600; margin: 0; line-height: 1.45; }
main > section { margin-top: 56px; padding-top: 40px; border-top: 1px solid var(--line); }

.eyebrow { color: var(--soft); font-size: 13px; font-weight: 600; letter-spacing: .04em; margin: 0 0 8px; }
.label { margin-left: 12px; border: 1px solid var(--line); border-radius: 4px; padding: 1px 8px; font-weight: 500; }
.verdict { display: flex; gap: 14px; align-items: flex-start; padding: 16px 20px; border-radius: 8px; margin: 0 0 28px; border-left: 4px solid; }
.verdict p { margin: 0; color: var(--ink); }
.verdict .verdict-main { font-size: 18px; line-height: 1.45; }
.verdict .sign { width: 22px; height: 22px; margin-top: 2px; }
.verdict.bad { background: var(--bad-faint); border-color: var(--bad); }
.verdict.good { background: var(--good-faint); border-color: var(--good); }
.verdict.open { background: var(--open-faint); border-color: var(--open); }
.identity { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: 6px 28px; margin: 0 0 20px; }
.identity dt { color: var(--soft); }
.identity dd { margin: 0; }
.edition::before { content: " · "; color: var(--soft); }
.hash { font-size: 12px; word-break: break-all; color: var(--soft); }
.identity .hash { color: var(--ink); }

.sign { fill: none; stroke: currentColor; stroke-width: 2; stroke-linecap: round; stroke-linejoin: round; flex: none; vertical-align: -3px; }
.sign.good { color: var(--good); } .sign.part { color: var(--part); } .sign.bad { color: var(--bad); }
.sign.open { color: var(--open); } .sign.off { color: var(--off); } .sign.held { color: var(--held); }
.mark { display: inline-flex; gap: 5px; align-items: center; padding: 1px 9px 1px 5px; border-radius: 5px; font-size: 13px; font-weight: 600; white-space: nowrap; line-height: 22px; }
.mark.good { background: var(--good-faint); color: var(--good); } .mark.part { background: var(--part-faint); color: var(--part); }
.mark.bad { background: var(--bad-faint); color: var(--bad); } .mark.open { background: var(--open-faint); color: var(--open); }
.mark.off { background: var(--off-faint); color: var(--off); } .mark.held { background: var(--held-faint); color: var(--held); }
.severity { font-size: 12px; font-weight: 600; padding: 1px 8px; border: 1px solid var(--line); border-radius: 5px; color: var(--soft); white-space: nowrap; line-height: 20px; display: inline-block; }
.severity.critical { color: var(--bad); border-color: var(--bad); }
.severity.high { color: var(--bad); }

.shares { margin: 0 0 12px; }
.sharebar { display: block; width: 100%; height: 10px; border-radius: 5px; }
.sharebar .good { fill: var(--good); } .sharebar .part { fill: var(--part); } .sharebar .bad { fill: var(--bad); }
.sharebar .open { fill: var(--open-bar); } .sharebar .off { fill: var(--line); } .sharebar .held { fill: var(--held); }
.legend { list-style: none; display: flex; flex-wrap: wrap; gap: 4px 20px; margin: 10px 0 0; padding: 0; font-size: 13.5px; }
.legend b { font-weight: 650; }
.cards { display: grid; grid-template-columns: repeat(auto-fit, minmax(400px, 1fr)); gap: 20px; }
.card { border: 1px solid var(--line); border-radius: 10px; padding: 20px 22px 14px; }
.card h4 { font-size: 16px; } .card h4 .muted { font-weight: 400; }
.meters { display: grid; grid-template-columns: repeat(3, minmax(0, 1fr)); gap: 0 22px; margin: 16px 0 18px; }
.meter { display: grid; grid-template-rows: subgrid; grid-row: span 4; } .meter-title { align-self: end; }
.meters.wide { max-width: 780px; }
.meter-title { font-size: 13px; color: var(--soft); }
.meter-value { font-size: 30px; font-weight: 620; letter-spacing: -.02em; line-height: 1.25; white-space: nowrap; }
.meter-value small { font-size: 16px; color: var(--soft); font-weight: 500; letter-spacing: 0; }
.meter-value .muted { font-size: 17px; font-weight: 400; letter-spacing: 0; }
.meterbar { display: block; width: 100%; height: 4px; border-radius: 2px; margin: 6px 0 8px; }
.meterbar .track { fill: var(--line); } .meterbar .fill { fill: var(--accent); }
.meter-basis { font-size: 12px; line-height: 1.45; color: var(--soft); margin: 0; }
.meter-basis b { color: var(--ink); font-weight: 600; white-space: nowrap; }

.scroll { overflow-x: auto; margin: 0 0 12px; }
table { border-collapse: collapse; width: 100%; font-size: 14px; line-height: 1.5; }
th, td { text-align: left; vertical-align: top; padding: 9px 14px 9px 0; border-bottom: 1px solid var(--line); }
thead th { font-weight: 600; font-size: 12.5px; color: var(--soft); border-bottom: 1px solid var(--soft); vertical-align: bottom; }
tbody th { font-weight: 500; }
td:last-child, th:last-child { padding-right: 0; }
.number { text-align: right; padding-right: 22px; }
.tight, thead th { white-space: nowrap; } thead .object { white-space: normal; } .fixed, .probe-ref { white-space: nowrap; } .free { overflow-wrap: anywhere; min-width: 64px; }
.facts { width: auto; min-width: 60%; margin-bottom: 16px; }
.section-row th { font-weight: 650; font-size: 14.5px; padding: 20px 0 8px; }
.connect, .raw { color: var(--soft); overflow-wrap: anywhere; font-size: 12px; line-height: 1.5; }
.raw { display: block; } .probe-ref { display: inline-block; margin-right: 8px; font-size: 12px; }
.risk td { width: 30%; } .risk td:first-child { width: 36%; }
.risk-title { font-weight: 600; margin: 6px 0 2px; }
.plain { list-style: none; margin: 0; padding: 0; } .plain li { margin: 0 0 3px; }
.actions { padding: 0; margin: 0; list-style: none; counter-reset: action; }
.actions li { display: grid; grid-template-columns: 84px minmax(0, 1fr); gap: 14px; padding: 12px 0; border-bottom: 1px solid var(--line); }
.both .actions li { grid-template-columns: 112px minmax(0, 1fr); }
.actions a { font-weight: 600; } .actions .severity { justify-self: start; align-self: start; margin-top: 2px; }

.matrix .object { text-align: center; min-width: 92px; padding-left: 4px; padding-right: 4px; }
.matrix .object code { font-size: 12px; }
.crowd .object { vertical-align: bottom; } .matrix.crowd .object, .matrix.crowd .cell { width: 22px; min-width: 0; padding-left: 1px; padding-right: 1px; }
.crowd .object div { display: none; } .crowd .object code { writing-mode: vertical-rl; transform: rotate(180deg); max-height: 190px; overflow-wrap: anywhere; line-height: 1.2; }
.crowd .cell span { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.matrix .cell { text-align: center; font-size: 12px; line-height: 1.35; padding: 8px 4px; min-width: 92px; }
.matrix .cell .sign { display: block; margin: 1px auto 2px; }
.matrix .cell.good span { color: var(--good); } .matrix .cell.part { background: var(--part-faint); color: var(--part); }
.matrix .cell.bad { background: var(--bad-faint); color: var(--bad); } .matrix .cell.open { background: var(--open-faint); color: var(--open); }
.matrix .cell.off { color: var(--off); } .matrix .cell.held { background: var(--held-faint); color: var(--held); }
.clauses { table-layout: fixed; min-width: 760px; } .clauses.crowd { min-width: 920px; }
.clause-col { width: 96px; font-weight: 600; } .judgement-col { width: 226px; }
.clauses .object { width: 86px; min-width: 0; } .matrix.clauses .cell { min-width: 0; background: none; }
.many .requirement-col { width: 280px; } .crowd .requirement-col { width: auto; } .crowd .judgement-col { width: 200px; }
.check-ref { display: inline-block; max-width: 100%; margin-right: 6px; } .check-ref .sign { width: 13px; height: 13px; vertical-align: -2px; margin-right: 2px; }
.unit { font: 400 11px/1.5 var(--mono); color: var(--soft); }
.clause-title { font-weight: 500; }
.clause-line { font-size: 12.5px; line-height: 1.5; margin-top: 3px; }
.clause-line .muted::after { content: " "; }
.judgement-col .small { font-size: 12.5px; margin-top: 4px; overflow-wrap: anywhere; }
.note { background: var(--accent-faint); border-radius: 8px; padding: 12px 16px; margin-top: 20px; font-size: 14px; }

.topology { margin: 0; padding: 8px 0; overflow-x: auto; }
.topology svg { max-width: 100%; height: auto; display: block; }
.topology text { font-family: var(--sans); fill: var(--ink); }
.topology .frame { fill: var(--faint); stroke: var(--line); }
.topology .frame-name { font-size: 13px; fill: var(--soft); font-weight: 600; }
.topology .member rect { fill: var(--paper); stroke: var(--line); }
.topology .member .stripe { stroke: none; fill: var(--off); }
.topology .primary .stripe { fill: var(--accent); } .topology .replica .stripe { fill: var(--good); }
.topology .silent rect:first-child, .topology .undeclared rect:first-child { stroke: var(--bad); stroke-dasharray: 5 4; }
.topology .silent .stripe, .topology .undeclared .stripe { fill: var(--bad); }
.topology .silent .role, .topology .undeclared .role { fill: var(--bad); font-weight: 600; }
.topology .name { font-size: 15px; font-weight: 650; } .topology .role { font-size: 13px; }
.topology .component .stripe { fill: var(--held); } .topology .part-silent { font-size: 12px; fill: var(--bad); font-weight: 600; }
.topology .detail { font-size: 12px; fill: var(--soft); }
.topology .edge path { fill: none; stroke: var(--soft); stroke-width: 1.5; }
.topology .edge text { font-size: 12px; text-anchor: end; fill: var(--soft); }
.topology .arrowhead { fill: var(--soft); }

.check { border: 1px solid var(--line); border-radius: 10px; margin: 0 0 20px; overflow: clip; }
details.check { margin-bottom: 8px; }
article.check { border-left: 4px solid var(--line); }
article.check.bad { border-left-color: var(--bad); } article.check.part { border-left-color: var(--part); }
article.check.open { border-left-color: var(--open); } article.check.held { border-left-color: var(--held); }
.check-head { display: grid; grid-template-columns: minmax(0, 1fr) auto; gap: 4px 16px; align-items: center; padding: 16px 22px 0; }
.check-head h4 { font-size: 17px; grid-row: 1; }
.check-marks { display: flex; gap: 8px; }
.check-id { grid-column: 1 / -1; display: flex; gap: 12px; align-items: baseline; color: var(--soft); }
.check-body { padding: 12px 22px 10px; }
details.check summary { cursor: pointer; list-style: none; }
details.check summary::-webkit-details-marker { display: none; }
details.check .check-head { grid-template-columns: 150px minmax(0, 1fr) auto; padding: 9px 18px; }
details.check .check-head h4 { font-size: 14.5px; font-weight: 500; }
details.check .check-marks { grid-row: 1; }
details.check .check-marks .severity { display: none; }
details.check .check-id { grid-column: auto; font-size: 13px; }
details.check[open] > summary { border-bottom: 1px solid var(--line); background: var(--faint); }
.run-in { font-weight: 600; color: var(--soft); font-size: 13px; margin-right: 4px; }
.finding { background: var(--faint); border-radius: 8px; padding: 14px 16px 10px; margin: 0 0 12px; }
.finding-head { display: flex; flex-wrap: wrap; gap: 4px 12px; align-items: baseline; margin-bottom: 8px; }
.finding-head .subject, .evidence-at .subject { font-weight: 600; }
.finding-foot { font-size: 12px; color: var(--soft); margin: 8px 0 0; overflow-wrap: anywhere; }
.evidence { margin: 10px 0 12px; }
.evidence-at { display: flex; flex-wrap: wrap; gap: 2px 16px; align-items: baseline; font-size: 13.5px; margin-bottom: 4px; }
.console { background: var(--paper); border: 1px solid var(--line); border-radius: 6px; display: grid; grid-template-columns: max-content minmax(0, 1fr); }
.console-label { font-size: 12px; color: var(--soft); padding: 9px 12px; }
.console .output { border-top: 1px solid var(--line); }
.console .output, .console pre + .console-label { border-top: 1px solid var(--line); }
pre { margin: 0; padding: 8px 12px; white-space: pre-wrap; overflow-wrap: anywhere; line-height: 1.55; font-size: 12.5px; tab-size: 4; }
pre.copy { user-select: all; -webkit-user-select: all; cursor: copy; }
.console pre { padding-left: 0; }
section > pre.copy { background: var(--console); border-radius: 6px; margin: 0 0 12px; }
.remedies { margin: 0 0 12px; background: var(--console); } .remedies pre.copy { background: none; margin: 0; }
.remedies pre + .console-label + pre { border-top: 1px solid var(--line); }
.output i { color: var(--soft); }
.output { font-weight: 500; }
.evidence-file { font-size: 12px; color: var(--soft); margin-top: 5px; overflow-wrap: anywhere; }
.evidence-file .hash { font-size: 11px; }
.remedy { margin: 16px 0 8px; }
.clause-group { margin-right: 14px; }
.tag { display: inline-block; border: 1px solid var(--line); border-radius: 4px; padding: 0 6px; margin: 0 2px 3px 0; font-size: 12px; white-space: nowrap; }
details:not(.check) > summary { cursor: pointer; color: var(--accent); margin: 6px 0 10px; }
details.clause-line:not(.check) > summary { margin: 3px 0; }

.columns { display: grid; grid-template-columns: repeat(auto-fit, minmax(360px, 1fr)); gap: 8px 48px; }
.columns h3 { margin-top: 12px; }
.glossary { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: 8px 16px; margin: 0; font-size: 13.5px; }
.glossary dd { margin: 0; line-height: 1.5; padding-top: 1px; }
.index { font-size: 13px; } .index .hash { font-size: 11px; }
.signatures { display: grid; grid-template-columns: repeat(3, 1fr); gap: 32px; }
.signature .role { font-weight: 600; } .signature .line { border-bottom: 1px solid var(--soft); min-height: 44px; padding-top: 18px; margin-bottom: 4px; }
.foot { margin-top: 56px; }
:target { scroll-margin-top: 20px; }
tr:target, tbody:target, .finding .subject:target, .check:target > .check-head { background: var(--accent-faint); }

.both p, .both .glossary dd { white-space: pre-line; } .both .verdict strong, .both .verdict p > span { display: block; }
.pair { display: inline-grid; grid-template-columns: minmax(0, 1fr) minmax(0, 1fr); gap: 2px 24px; width: 100%; vertical-align: top; }
h4 .pair, td .pair, th .pair, .evidence-at .pair, .reason .pair, a .pair { display: inline; }
h4 .pair > span + span::before, td .pair > span + span::before, .evidence-at .pair > span + span::before, .reason .pair > span + span::before, a .pair > span + span::before { content: " / "; color: var(--soft); }

.drawings { position: absolute; }
.strip { display: block; max-width: 100%; height: auto; }
.square { fill: none; stroke: none; } .cells .sign { stroke-width: 1.5; fill: none; stroke: currentColor; }
.cells.good { color: var(--good); } .cells.good .square { fill: var(--good-faint); }
.cells.part { color: var(--part); } .cells.part .square { fill: var(--part-faint); stroke: var(--part); stroke-width: .5; }
.cells.bad { color: var(--paper); } .cells.bad .square { fill: var(--bad); }
.cells.open { color: var(--open); } .cells.open .square { fill: var(--open-faint); stroke: var(--open); }
.cells.off { color: var(--off); } .cells.off .square { fill: var(--off-faint); }
.cells.held { color: var(--held); } .cells.held .square { fill: var(--held-faint); stroke: var(--held); stroke-width: .5; }
.cells.none { color: var(--off); } .cells.none .square { fill: none; stroke: var(--off); stroke-width: .7; stroke-dasharray: 2 2; }
.strip-month, .strip-day { font: 10px var(--sans); fill: var(--soft); } .strip-day { text-anchor: middle; font-size: 9px; }
.strips { table-layout: fixed; min-width: 760px; } .strips .control-col { width: 30%; } .strips .number { width: 76px; padding-right: 12px; white-space: normal; } .strips .words-col { width: 170px; white-space: normal; }
.strips.long .control-col { width: auto; } .strips.long .strip-entry tr:first-child > * { border-bottom: 0; padding-bottom: 2px; } .strips .strip-row td { padding-top: 0; padding-right: 0; }
.strips tbody th, .strips td { vertical-align: middle; } .strips .strip-col { padding-right: 14px; }
.control-id { font-size: 12px; line-height: 1.5; color: var(--soft); overflow-wrap: anywhere; } .control-id .severity { line-height: 16px; }
.control-link { display: inline-block; margin-right: 8px; }
.cell-sign { vertical-align: -3px; } .cell-word { padding: 0 8px; border-radius: 4px; border: 1px solid var(--line); }
.cell-word.good { color: var(--good); background: var(--good-faint); } .cell-word.part { color: var(--part); background: var(--part-faint); }
.cell-word.open { color: var(--open); background: var(--open-faint); } .cell-word.off, .cell-word.none { color: var(--off); } .cell-word.none { border-style: dashed; }
.cell-legend { margin: 0 0 16px; } .line { display: block; } .sample { columns: 2; font-size: 13px; }
.period-meters { grid-template-columns: repeat(auto-fit, minmax(130px, 1fr)); } .period-meters .meter { grid-row: span 2; margin-bottom: 14px; }

.service { max-width: 1100px; margin: 0 auto; padding: 40px 24px; }
.service-head { display: flex; justify-content: space-between; align-items: baseline; margin-bottom: 20px; }
.service-head h1 { font-size: 26px; margin: 0; }
.cluster { background: var(--paper); border-radius: 12px; box-shadow: var(--shadow); padding: 26px 30px 18px; margin: 0 0 24px; }
.cluster-head { display: flex; flex-wrap: wrap; justify-content: space-between; gap: 8px 24px; align-items: baseline; }
.links { display: flex; gap: 18px; }
.cluster h2 { margin: 0; }
.clocks { display: flex; flex-wrap: wrap; gap: 6px 32px; margin: 14px 0 18px; padding: 0; font-size: 14px; }
.clocks div { display: flex; gap: 8px; } .clocks dt { color: var(--soft); } .clocks dd { margin: 0; }
.clocks .late { color: var(--bad); font-weight: 600; }

@media (max-width: 1080px) {
  .page { grid-template-columns: minmax(0, 1fr); gap: 16px; padding: 16px; }
  .contents { position: static; max-height: none; }
  .contents ol { display: flex; flex-wrap: wrap; border: 0; margin: 10px 0; }
  main { padding: 28px 22px; }
}
@media (max-width: 640px) {
  .cards { grid-template-columns: minmax(0, 1fr); }
  .meters { grid-template-columns: minmax(0, 1fr); } .meter { margin-bottom: 14px; }
  .identity { grid-template-columns: minmax(0, 1fr); gap: 0; } .identity dd { margin-bottom: 8px; }
  .check-head, details.check .check-head { grid-template-columns: minmax(0, 1fr); }
  .columns { grid-template-columns: minmax(0, 1fr); }
  .service { padding: 20px 12px; } .cluster { padding: 18px 16px; }
}

@page { size: A4; margin: 16mm 14mm 18mm; }
@page wide { size: A4 landscape; }
@media print {
  :root {
    color-scheme: light;
    --page: #fff; --paper: #fff; --ink: #111; --soft: #4c5661; --line: #cfd5db; --faint: #f6f7f8;
    --accent: #1d5a7a; --accent-faint: #eef3f6;
    --good: #1c6e42; --good-faint: #e9f4ee; --part: #7a5008; --part-faint: #fbf3e1; --bad: #a3231d; --bad-faint: #faecea;
    --open: #55438a; --open-faint: #f0edf8; --open-bar: #b3a9d2; --off: #5b6670; --off-faint: #eef0f2; --held: #1f567d; --held-faint: #e9f1f7;
    --console: #f4f5f7; --shadow: none;
  }
  body { font-size: 10pt; print-color-adjust: exact; -webkit-print-color-adjust: exact; background: #fff; }
  .contents, .skip { display: none; }
  .page { display: block; padding: 0; max-width: none; }
  main { padding: 0; border-radius: 0; }
  h1 { font-size: 24pt; } h2 { font-size: 16pt; } h3 { font-size: 11.5pt; } h1, h2, h3, h4 { break-after: avoid; } .section-row { break-after: avoid; }
  main > section { border-top: 0; margin-top: 0; padding-top: 0; break-before: page; }
  #summary, #waivers, #changes, #glossary, #signatures, #samples, #legend { break-before: auto; margin-top: 24pt; padding-top: 12pt; border-top: 1px solid var(--line); }
  .scroll, .topology { overflow: visible; }
  table { font-size: 8.5pt; } thead { display: table-header-group; } thead th, .both .tight { white-space: normal; } tr, .strip-entry, .finding-head, .evidence-at, .card, .meter, .actions li, .signature { break-inside: avoid; }
  .clauses { min-width: 0; } .clause-col { width: 62pt; } .judgement-col { width: 116pt; }
  .matrix .object, .matrix .cell, .clauses .object { min-width: 0; width: 50pt; }
  .matrix .cell { font-size: 7.5pt; } .matrix .object code { font-size: 7pt; }
  section.many { page: wide; } .many .requirement-col { width: auto; }
  .matrix.many .object, .matrix.many .cell { width: 22pt; padding-left: 1pt; padding-right: 1pt; }
  .matrix.crowd .object, .matrix.crowd .cell { width: 15pt; }
  .matrix.many .object { vertical-align: bottom; } .matrix.many .object div, .matrix.many .cell span { display: none; }
  .matrix.many .object code { writing-mode: vertical-rl; transform: rotate(180deg); max-height: 105pt; font-size: 6pt; line-height: 1.05; overflow-wrap: anywhere; }
  section.calendar { page: wide; } .strips { min-width: 0; } .strips .number { width: 54pt; } .control-id, .strip-month { font-size: 7pt; }
  .check-body { font-size: 9pt; } .check-body p { margin-bottom: 5pt; } .finding, .evidence { margin-bottom: 6pt; } .finding { padding: 6pt 9pt 3pt; } .finding-foot { margin-top: 3pt; }
  .check { overflow: visible; } pre { font-size: 8pt; } .hash, .evidence-file .hash { font-size: 7pt; }
  .index { font-size: 7.5pt; } .small, .mark, .console-label { font-size: 8pt; } .mark { line-height: 15pt; }
  .clause-line, .judgement-col .small, .evidence-at, .evidence-file, .finding-foot, .meter-basis { font-size: 7.5pt; } .connect, .raw, .unit { font-size: 7pt; }
  .check-ref .sign { width: 8pt; height: 8pt; }
  .cards { grid-template-columns: minmax(0, 1fr); } .cards .meters { grid-template-columns: repeat(3, minmax(0, 1fr)); }
  details:not([open]) > *:not(summary) { display: block; }
  details::details-content { display: block; content-visibility: visible; height: auto; }
  details:not(.check) > summary { color: var(--soft); }
  a { color: inherit; }
}
`;
