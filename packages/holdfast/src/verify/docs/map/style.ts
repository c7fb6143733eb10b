/** How a map looks, by the colours of its surroundings. */
export const mapStyle = `.map { font-family: system-ui, sans-serif; }
.map text { text-anchor: middle; fill: var(--text); stroke: none; }
.map .over { font-size: 11px; fill: var(--muted); }
.map .name { font-size: 14px; }
.map .node rect { fill: var(--raised); stroke: var(--line); stroke-width: 1.25; }
.map .outside rect { stroke-dasharray: 5 3; }
.map .kept rect { fill: var(--kept-back); stroke: var(--kept); }
.map .broken rect { fill: var(--broken-back); stroke: var(--broken); }
.map .stale rect { fill: var(--stale-back); stroke: var(--stale); }
.map .unproven rect { fill: var(--unproven-back); stroke: var(--unproven); }
.map .kept .over { fill: var(--kept); }
.map .broken .over { fill: var(--broken); }
.map .stale .over { fill: var(--stale); }
.map .unproven .over { fill: var(--unproven); }
.map .subject rect { stroke-width: 3; }
.map .subject .name { font-weight: 650; }
.map a:hover rect, .map a:focus rect { stroke: var(--link); stroke-width: 3; }
.map a:focus { outline: none; }
.map .way { fill: none; stroke: var(--muted); stroke-width: 1.25; }
.map .tip { fill: var(--muted); stroke: none; }`;

/** Each pair of text and ground has a contrast of 4.5 or more, by light and by dark. */
const light = `--text: #1b1f24; --muted: #57606a; --ground: #ffffff; --raised: #f6f8fa; --line: #afb8c1; --link: #0550ae;
--kept: #116329; --kept-back: #e6f7ea; --broken: #a40e26; --broken-back: #ffebe9;
--stale: #7d4e00; --stale-back: #fff5d1; --unproven: #424a53; --unproven-back: #eef1f4;`;

const dark = `--text: #e6e9ed; --muted: #9da7b1; --ground: #0f1318; --raised: #181e25; --line: #46505b; --link: #79b8ff;
--kept: #6fdd8b; --kept-back: #0f2a18; --broken: #ff9d94; --broken-back: #3a1215;
--stale: #f0c04a; --stale-back: #2e2408; --unproven: #b6bfc8; --unproven-back: #242b33;`;

/** On paper all is as by light. */
export const colours = `:root { color-scheme: light dark; ${light} }
@media screen and (prefers-color-scheme: dark) { :root { ${dark} } }`;

/** For a picture that stands alone: no page lends it colours, or a ground. */
export const aloneStyle = `${colours}
svg { background: var(--ground); }
${mapStyle}`;
