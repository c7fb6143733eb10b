import { colours, mapStyle } from '../map/style.ts';

/** The one style of the site. */
export const siteStyle = `${colours}
* { box-sizing: border-box; }
html { font: 100%/1.55 system-ui, -apple-system, 'Segoe UI', sans-serif; background: var(--ground); color: var(--text); }
body { margin: 0 auto; max-width: 78rem; padding: 0 1.25rem; overflow-wrap: anywhere; }
a { color: var(--link); text-underline-offset: .15em; }
a:focus-visible, .scroll:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; border-radius: 2px; }
h1, h2, th, td, dt, dd, li, strong, code { unicode-bidi: isolate; }
h1 { font-size: 2rem; line-height: 1.2; margin: .2rem 0 1rem; text-wrap: balance; }
h2 { font-size: 1.25rem; line-height: 1.3; margin: 2.5rem 0 .75rem; padding-bottom: .3rem; border-bottom: 1px solid var(--line); }
p, ul { margin: .6rem 0; max-width: 46rem; }
ul { padding-left: 1.3rem; }
li { margin: .2rem 0; }
code { font: .875em/1.5 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; background: var(--raised); border-radius: 3px; padding: .1em .3em; }
time { white-space: nowrap; font-variant-numeric: tabular-nums; }
.skip { position: absolute; left: -100vw; }
.skip:focus { left: 1rem; top: 1rem; padding: .5rem 1rem; background: var(--ground); z-index: 1; }
header { display: flex; flex-wrap: wrap; gap: .25rem 1rem; align-items: baseline; padding: .9rem 0; border-bottom: 1px solid var(--line); }
header .system { font-weight: 650; }
header .environment { color: var(--muted); }
header .all { margin-left: auto; }
.frame { display: grid; grid-template-columns: minmax(0, 1fr) 15rem; gap: 3rem; align-items: start; }
main { padding: 1.75rem 0 2rem; }
.kind { color: var(--muted); margin: 0; font-size: .9rem; }
main > p:first-of-type + h1 + p { font-size: 1.05rem; }
nav { padding: 1.75rem 0; font-size: .9rem; }
nav h2 { font-size: .9rem; margin: 1.1rem 0 .25rem; border: 0; padding: 0; color: var(--muted); font-weight: 500; }
nav h2:first-child { margin-top: 0; }
nav ul { list-style: none; margin: 0; padding: 0; }
nav a { display: inline-block; padding: .12rem 0; }
nav a[aria-current] { font-weight: 650; color: var(--text); text-decoration: none; }
.scroll { overflow-x: auto; margin: .75rem 0; }
figure.scroll { margin: .75rem 0; }
figure svg { display: block; max-width: none; margin: 0 auto; }
table { border-collapse: collapse; width: 100%; font-size: .92rem; }
th, td { text-align: left; vertical-align: top; padding: .45rem 1rem .45rem 0; border-bottom: 1px solid var(--line); min-width: 7rem; overflow-wrap: break-word; }
td code { overflow-wrap: anywhere; }
thead th { color: var(--muted); font-weight: 500; white-space: nowrap; }
tbody th { font-weight: 500; }
dl { margin: .75rem 0; }
dl > div { display: grid; grid-template-columns: 11rem minmax(0, 1fr); gap: 1rem; padding: .4rem 0; border-bottom: 1px solid var(--line); }
dt { color: var(--muted); }
dd { margin: 0; }
.commands > div { grid-template-columns: minmax(0, 1fr) minmax(0, 1fr); }
.commands dt { color: var(--text); }
.commands dd { color: var(--muted); }
.state { white-space: nowrap; font-weight: 600; font-size: .875em; border-radius: 1em; padding: .1em .65em; }
.kept, .passed { color: var(--kept); } .state.kept, .state.passed { background: var(--kept-back); }
.state.broken, .state.failed { color: var(--broken); background: var(--broken-back); }
.state.stale, .state.waived { color: var(--stale); background: var(--stale-back); }
.state.unproven, .state.unknown, .state.skipped { color: var(--unproven); background: var(--unproven-back); }
footer { border-top: 1px solid var(--line); padding: .9rem 0 2rem; color: var(--muted); font-size: .85rem; }
footer p { margin: .2rem 0; }
${mapStyle}
@media (max-width: 56rem) {
  .frame { display: block; }
  nav { border-top: 1px solid var(--line); }
  h1 { font-size: 1.6rem; }
  dl > div, .commands > div { grid-template-columns: minmax(0, 1fr); gap: 0; }
}
@media (min-width: 56.01rem) { header .all { display: none; } nav { position: sticky; top: 0; max-height: 100vh; overflow-y: auto; } }
@media print {
  @page { margin: 18mm; }
  html { font-size: 10pt; }
  body { max-width: none; padding: 0; }
  nav, .skip, header .all { display: none; }
  .frame { display: block; }
  a { color: inherit; text-decoration: none; }
  h2 { break-after: avoid; }
  tr, dl > div, li, figure { break-inside: avoid; }
  .scroll { overflow: visible; }
  figure svg { max-width: 100%; height: auto; max-height: 150mm; }
  .state { border: 1px solid currentColor; }
}
`;
