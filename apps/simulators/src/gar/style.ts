/** The simulated GAR's style sheet: quiet, one colour of its own, so that nobody takes it for Préau or a school. */
export const garCss = `
:root { color-scheme: light dark; --ink: light-dark(#1d2233, #e6e8f2); --soft: light-dark(#555c75, #aab0c8);
  --accent: light-dark(#4b3f9e, #b3a9ff); --on-accent: light-dark(#fff, #1a1538); --line: light-dark(#d9dbe8, #383d52);
  --paper: light-dark(#fbfbfe, #14161f); --sheet: light-dark(#fff, #1b1e2a); --wash: light-dark(#f0eefb, #25223c);
  font: 1rem/1.6 system-ui, sans-serif; }
*, *::before, *::after { box-sizing: border-box; }
body { margin: 0 auto; max-width: 60rem; min-height: 100vh; padding: 1rem clamp(1rem, 4vw, 2rem) 2rem; color: var(--ink);
  background: var(--paper); display: flex; flex-direction: column; overflow-wrap: break-word; }
main { flex: 1; }
main > p { max-width: 42rem; }
a { color: var(--accent); text-underline-offset: .2em; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; border-radius: 3px; }
.skip { position: absolute; left: .5rem; top: -4rem; padding: .5rem 1rem; background: var(--accent); color: var(--on-accent); }
.skip:focus { top: .5rem; }
header { display: flex; flex-wrap: wrap; align-items: baseline; gap: .25rem 1.5rem; border-bottom: 3px solid var(--accent);
  padding-bottom: .6rem; }
header > a { font-weight: 700; color: var(--ink); text-decoration: none; }
nav { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; }
nav a[aria-current] { color: var(--ink); text-decoration-thickness: 2px; }
h1 { font-size: clamp(1.5rem, 1.2rem + 1.4vw, 2rem); line-height: 1.2; margin: 1.75rem 0 .75rem; text-wrap: balance; }
h2 { font-size: 1.15rem; margin: 2rem 0 .5rem; }
.soft, small { color: var(--soft); font-size: .875rem; }
code { font-size: .875em; overflow-wrap: anywhere; }
footer { margin-top: 2.5rem; padding-top: .6rem; border-top: 1px solid var(--line); font-size: .875rem; color: var(--soft); }
ul.people, ul.tiles { list-style: none; margin: .5rem 0 0; padding: 0; display: grid; gap: .5rem; }
ul.people { grid-template-columns: repeat(auto-fill, minmax(min(100%, 17rem), 1fr)); }
ul.people li { display: flex; }
ul.people form { position: relative; flex: 1; padding: .75rem 1rem; background: var(--sheet); border: 1px solid var(--line);
  border-radius: .5rem; }
ul.people form:hover { background: var(--wash); }
ul.people button { display: block; min-height: 0; padding: 0; border: 0; background: none; color: var(--accent); font-weight: 600; }
ul.people button:focus-visible { outline: 3px solid var(--accent); outline-offset: 4px; }
ul.people button::after { content: ""; position: absolute; inset: 0; }
ul.tiles { list-style: none; margin: .5rem 0 0; padding: 0; display: grid; gap: .5rem; }
ul.people { grid-template-columns: repeat(auto-fill, minmax(min(100%, 17rem), 1fr)); }
ul.people li { display: flex; }
ul.people form { display: flex; flex-direction: column; align-items: flex-start; gap: .25rem; flex: 1; padding: .75rem 1rem;
  background: var(--sheet); border: 1px solid var(--line); border-radius: .5rem; }
ul.tiles { grid-template-columns: repeat(auto-fill, minmax(min(100%, 16rem), 1fr)); gap: 1rem; margin-top: 1rem; }
ul.tiles a { display: block; height: 100%; padding: 1rem 1.25rem; border: 1px solid var(--line); border-left: 4px solid var(--accent);
  border-radius: .5rem; background: var(--sheet); text-decoration: none; font-weight: 600; }
ul.tiles a:hover { background: var(--wash); }
ul.tiles small { display: block; font-weight: 400; overflow-wrap: anywhere; }
button { font: inherit; cursor: pointer; color: var(--on-accent); background: var(--accent); border: 1px solid var(--accent);
  border-radius: .375rem; padding: .35rem .9rem; min-height: 2.5rem; text-align: left; }
button.plain { color: var(--accent); background: transparent; }
select, input[type=number] { font: inherit; color: inherit; background: var(--sheet); border: 1px solid var(--soft);
  border-radius: .375rem; padding: .35rem .5rem; min-height: 2.5rem; }
input[type=number] { width: 6.5rem; }
input[type=checkbox] { width: 1.25rem; height: 1.25rem; accent-color: var(--accent); }
.row { display: flex; flex-wrap: wrap; gap: .75rem; align-items: center; }
form.row { margin-top: 1.25rem; }
.done { padding: .75rem 1rem; background: var(--wash); border-left: 4px solid var(--accent); }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; padding: .4rem 1rem .4rem 0; border-bottom: 1px solid var(--line); vertical-align: top; }
th { font-size: .875rem; color: var(--soft); font-weight: 600; }
td > label { display: block; }
details { border-top: 1px solid var(--line); }
summary { cursor: pointer; font-size: 1.1rem; font-weight: 600; padding: .6rem 0; }
ul.switches { list-style: none; margin: 0 0 1rem; padding: 0; display: grid; gap: .25rem 1.5rem;
  grid-template-columns: repeat(auto-fill, minmax(min(100%, 25rem), 1fr)); }
ul.switches li { display: grid; grid-template-columns: 4.5rem 1fr; gap: 0 .75rem; align-items: start; padding: .35rem .5rem;
  border-radius: .375rem; }
ul.switches li.on { background: var(--wash); }
ul.switches input { justify-self: end; }
ul.switches input[type=number] { width: 4.5rem; min-height: 2rem; padding: .2rem .35rem; }
ul.switches label { line-height: 1.4; }
ul.switches code { display: block; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .25rem 1.5rem; }
dt { color: var(--soft); }
dd { margin: 0; overflow-wrap: anywhere; }
.bar { position: sticky; bottom: 0; padding: .75rem 0; background: var(--paper); border-top: 1px solid var(--line); }
@media (max-width: 34rem) { dl { grid-template-columns: 1fr; gap: 0; } dd { margin-bottom: .5rem; } }
`;
