const series = ['#73bf69', '#f2cc0c', '#5794f2', '#ff9830', '#b877d9', '#f2495c', '#8ab8ff', '#37872d'];

/** Styles of a preview page in the colours of Grafana's light and dark theme. */
export const styleSheet = `
:root { --page: #f4f5f5; --panel: #fff; --line: #e3e4e8; --text: #24292e; --dim: #5b6066; --link: #1f62e0;
  --green: #1b855e; --orange: #c25b00; --red: #d10e5c; --blue: #1f62e0; --grey: #8e9097; --heat: #e0530a; }
[data-theme=dark] { --page: #111217; --panel: #181b1f; --line: #2c3036; --text: #d5d7dc; --dim: #9a9ea6; --link: #6e9fff;
  --green: #1a7f4b; --orange: #b86a00; --red: #c4162a; --blue: #3d71d9; --grey: #5c616b; --heat: #ff9830; }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 12px 8px 24px; width: 1600px; background: var(--page); color: var(--text);
  font: 13px/1.4 'Noto Sans', 'Noto Sans CJK SC', 'Helvetica Neue', Arial, sans-serif; }
h1 { font-size: 20px; margin: 8px 0 2px; } h2 { font-size: 15px; margin: 18px 0 6px; } h2 small { font-weight: 400; color: var(--dim); }
p { margin: 2px 0; color: var(--dim); } .note { border: 1px solid var(--orange); padding: 4px 8px; border-radius: 2px; }
section { display: grid; grid-template-columns: repeat(24, 58px); grid-auto-rows: 30px; gap: 8px; }
article { background: var(--panel); border: 1px solid var(--line); border-radius: 2px; padding: 6px 8px; overflow: hidden; display: flex; flex-direction: column; }
h3 { font-size: 13px; font-weight: 600; margin: 0 0 4px; white-space: nowrap; overflow: hidden; text-overflow: ellipsis; }
.body { flex: 1; min-height: 0; overflow: hidden; } svg { display: block; }
.grid { stroke: var(--line); stroke-width: 1; } .tick { fill: var(--dim); font-size: 11px; }
.line { fill: none; stroke-width: 1.5; } .limit { stroke-dasharray: 6 4; stroke-width: 1.5; } .on { fill: #fff; font-size: 12px; }
.legend { display: flex; flex-wrap: wrap; gap: 0 12px; font-size: 11px; color: var(--text); } .legend i { display: inline-block; width: 12px; height: 3px; margin: 0 5px 3px 0; }
.stats { display: flex; height: 100%; gap: 4px; } .stat { flex: 1; display: flex; flex-direction: column; align-items: center; justify-content: center; border-radius: 2px; font-weight: 500; white-space: nowrap; }
.stat small { font-size: 12px; font-weight: 400; } .stat.fill { color: #fff; }
.bars { display: grid; grid-template-columns: max-content 1fr max-content; gap: 6px 10px; align-items: center; } .bars div { background: var(--line); height: 18px; } .bars b { display: block; height: 18px; } .bars em { font-style: normal; }
table { border-collapse: collapse; width: 100%; font-size: 12.5px; } th { text-align: left; color: var(--link); font-weight: 500; } th, td { padding: 3px 8px; border-bottom: 1px solid var(--line); white-space: nowrap; }
td.link { color: var(--link); } td.fill { color: #fff; }
.empty { display: flex; height: 100%; align-items: center; justify-content: center; text-align: center; } .error { color: var(--red); }
rect.heat { fill: var(--heat); }
${['green', 'orange', 'red', 'blue', 'grey'].map((name) => `.fill.${name} { background: var(--${name}); fill: var(--${name}); } .limit.${name} { stroke: var(--${name}); }`).join('\n')}
${series.map((colour, index) => `.line.s${index} { stroke: ${colour}; } i.s${index} { background: ${colour}; }`).join('\n')}
`;
