/** The page's one stylesheet: light and dark, readable type, no images, no fonts from elsewhere. */
export const STYLE = `
:root {
  color-scheme: light dark;
  --paper: #fbfaf7; --card: #ffffff; --ink: #1c1f23; --soft: #5b626b; --line: #e3e0d8;
  --marketing: #0f766e; --sales: #b45309; --rail: #efece4; --note: #fff7e6; --note-line: #f0c36d; --out: #9f3a38;
  --serif: "Iowan Old Style", "Palatino Linotype", Palatino, "Book Antiqua", Georgia, serif;
  --sans: system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif;
  --mono: ui-monospace, SFMono-Regular, Menlo, Consolas, monospace;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #14171a; --card: #1b1f23; --ink: #e8e6e1; --soft: #9aa3ad; --line: #2d333a;
    --marketing: #2dd4bf; --sales: #f5a14b; --rail: #262b31; --note: #2b2415; --note-line: #7a5b1c; --out: #f08a86;
  }
}
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 64rem; padding: 0 1.25rem 3rem; background: var(--paper); color: var(--ink); font: 1rem/1.55 var(--sans); font-variant-numeric: tabular-nums; }
a { color: var(--marketing); text-underline-offset: .15em; }
a:focus-visible, button:focus-visible, input:focus-visible, summary:focus-visible, [tabindex]:focus-visible { outline: 3px solid var(--sales); outline-offset: 2px; border-radius: 3px; }
.skip { position: absolute; left: -100rem; } .skip:focus { left: 1rem; top: .5rem; background: var(--card); padding: .5rem 1rem; }
.hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
.top { display: flex; flex-wrap: wrap; gap: .5rem 2rem; align-items: center; justify-content: space-between; padding: 1.1rem 0; border-bottom: 1px solid var(--line); }
.mark { display: inline-flex; gap: .6rem; align-items: center; font: 600 1.35rem/1 var(--serif); letter-spacing: .01em; color: var(--ink); text-decoration: none; }
.mark svg { width: 2rem; fill: none; stroke: var(--marketing); stroke-width: 2.5; } .mark circle + circle { stroke: var(--sales); }
nav { display: flex; gap: 1.25rem; } nav a { color: var(--soft); text-decoration: none; } nav a:hover { color: var(--ink); text-decoration: underline; }
h1, h2 { font-family: var(--serif); font-weight: 600; line-height: 1.2; margin: 0; } h1 { font-size: 1.9rem; } h2 { font-size: 1.45rem; margin-bottom: .25rem; }
section { margin-top: 2.75rem; } .sub { color: var(--soft); margin: .25rem 0 1rem; max-width: 42rem; }
form { margin: 0; } input { font: inherit; color: inherit; background: var(--card); border: 1px solid var(--line); border-radius: 6px; padding: .4rem .6rem; }
button { font: inherit; color: var(--card); background: var(--ink); border: 1px solid var(--ink); border-radius: 6px; padding: .4rem 1rem; cursor: pointer; } button:hover { background: var(--marketing); border-color: var(--marketing); }
.asof { display: flex; flex-wrap: wrap; gap: .6rem 1rem; align-items: center; margin-top: 1.25rem; color: var(--soft); font-size: .92rem; } .asof label { display: inline-flex; gap: .5rem; align-items: center; } .asof .help { flex-basis: 100%; font-size: .82rem; }
.kpi { display: grid; grid-template-columns: minmax(15rem, 2fr) 3fr; gap: 2rem; background: var(--card); border: 1px solid var(--line); border-top: 4px solid var(--marketing); border-image: linear-gradient(90deg, var(--marketing) 50%, var(--sales) 50%) 1; border-image-width: 4px 0 0 0; padding: 1.75rem; margin-top: 1.5rem; }
.kpi .number { font: 600 clamp(3.2rem, 9vw, 5.5rem)/1.05 var(--serif); margin: .35rem 0 .25rem; } .owned { color: var(--soft); margin: 0; }
.note { background: var(--note); border-left: 4px solid var(--note-line); padding: .6rem .9rem; margin: 1rem 0 0; font-size: .92rem; }
.companions { display: grid; grid-template-columns: repeat(auto-fill, minmax(11.5rem, 1fr)); gap: 1.1rem 1.25rem; margin: 0; align-content: start; }
.companions dt, .facts dt { color: var(--soft); font-size: .82rem; } .companions dd { margin: 0; font-size: 1.15rem; font-weight: 600; white-space: nowrap; } .companions .unrecorded { font-weight: 400; font-style: italic; } .companions small { display: block; font-size: .78rem; font-weight: 400; color: var(--soft); }
table { width: 100%; border-collapse: collapse; } th, td { padding: .5rem 1rem .5rem 0; border-bottom: 1px solid var(--line); text-align: left; vertical-align: middle; } thead th { color: var(--soft); font-size: .82rem; font-weight: 500; } tbody th { font-weight: 500; } tfoot th, tfoot td { font-weight: 600; border-bottom: 0; }
.num { text-align: right; white-space: nowrap; padding-left: 1rem; } .num:last-child { padding-right: 0; } .scroll { overflow-x: auto; } .wide { width: 45%; }
.bar { display: block; width: 100%; height: 1.1rem; } .bar rect { fill: var(--marketing); } .bar .rail { fill: var(--rail); } .funnel tr:nth-child(n + 3) .bar rect:not(.rail) { fill: var(--sales); } .unrecorded { color: var(--soft); }
.search label { display: block; color: var(--soft); margin-bottom: .4rem; } .search div { display: flex; gap: .6rem; } .search input { flex: 1; max-width: 32rem; padding: .55rem .8rem; }
.stage { display: inline-block; border: 1px solid currentColor; border-radius: 99px; padding: .05rem .6rem; font-size: .82rem; color: var(--marketing); } .stage.sal, .stage.sql, .stage.opportunity, .stage.customer { color: var(--sales); } .stage.rejected, .stage.recycled, .stage.disqualified, .stage.lost { color: var(--out); } .pass { color: var(--soft); }
.empty { max-width: 42rem; } .lede { font-size: 1.15rem; } pre { background: var(--card); border: 1px solid var(--line); border-radius: 6px; padding: .8rem 1rem; overflow-x: auto; font: .88rem/1.5 var(--mono); }
.back { margin: 1.25rem 0 .5rem; } .lead h1 { margin-bottom: .4rem; } .lead p { margin: 0; }
.facts { display: grid; grid-template-columns: repeat(auto-fill, minmax(11rem, 1fr)); gap: .9rem 1.25rem; margin: 1.5rem 0 0; } .facts dd { margin: 0; overflow-wrap: anywhere; }
.timeline { list-style: none; margin: 1.5rem 0 0; padding: 0; } .timeline li { display: grid; grid-template-columns: 11.5rem 1fr; gap: 1.25rem; position: relative; } .timeline li > time { color: var(--soft); font-size: .88rem; padding-top: .1rem; text-align: right; }
.timeline li > div { min-width: 0; border-left: 2px solid var(--line); padding: 0 0 1.25rem 1.5rem; position: relative; } .timeline li > div::before { content: ""; position: absolute; left: -7px; top: .45rem; width: 12px; height: 12px; border-radius: 50%; background: var(--paper); border: 3px solid var(--soft); }
.timeline .at-stage > div::before { border-color: var(--marketing); } .timeline .at-deal > div::before { border-color: var(--sales); } .timeline .at-money > div::before { border-color: var(--sales); background: var(--sales); } .timeline .at-exit > div::before { border-color: var(--out); }
.timeline p { margin: 0; } .fact { color: var(--soft); } .fact::before { content: "· "; } .who { color: var(--soft); font-size: .88rem; } blockquote { margin: .4rem 0; padding-left: .8rem; border-left: 3px solid var(--line); }
details summary { color: var(--soft); font: .78rem/1.6 var(--mono); cursor: pointer; width: fit-content; } .event { font: .78rem/1.6 var(--mono); overflow-wrap: anywhere; } .timeline pre { overflow-x: auto; max-width: 100%; }
code { font: .88em var(--mono); color: var(--soft); overflow-wrap: anywhere; } .glossary h2 { margin-top: 2.25rem; } .glossary dl { margin: .75rem 0 0; } .glossary dl div { border-bottom: 1px solid var(--line); padding: .7rem 0; } .glossary dl div:target { background: var(--note); } .glossary dt { font-weight: 600; } .glossary dt code { font-weight: 400; margin-left: .35rem; } .glossary dd { margin: .15rem 0 0; max-width: 46rem; } .formula { margin: .2rem 0 0; color: var(--soft); font-size: .92rem; }
footer { margin-top: 3.5rem; padding-top: 1rem; border-top: 1px solid var(--line); color: var(--soft); font-size: .86rem; }
@media (max-width: 44rem) { .kpi { grid-template-columns: 1fr; padding: 1.25rem; gap: 1.5rem; } .companions { grid-template-columns: repeat(auto-fill, minmax(9.25rem, 1fr)); gap: 1rem; } .companions dd { font-size: 1rem; } .wide { display: none; } .timeline li { grid-template-columns: 1fr; gap: .1rem; } .timeline li > time { text-align: left; } }
@media print { .asof, .search, nav { display: none; } body { max-width: none; } }
`;
