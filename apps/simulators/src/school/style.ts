/** The demo school's style sheet: plain, and of another colour, so that nobody takes it for Préau. */
export const schoolCss = `
:root { color-scheme: light dark; --ink: light-dark(#16302b, #e3efec); --link: light-dark(#0b6152, #6fd3bf);
  --line: light-dark(#cfdcd8, #34463f); --paper: light-dark(#fff, #141b19); font: 1rem/1.6 system-ui, sans-serif; }
body { margin: 0 auto; max-width: 60rem; padding: 1rem 1.5rem 3rem; color: var(--ink); background: var(--paper); }
a { color: var(--link); }
:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
header { display: flex; flex-wrap: wrap; gap: .5rem 2rem; border-bottom: 3px solid var(--link); padding-bottom: .75rem; }
header > a { font-weight: 700; text-decoration: none; }
nav { display: flex; gap: 1rem; }
h1 { font-size: 1.75rem; }
footer { margin-top: 3rem; padding-top: .75rem; border-top: 1px solid var(--line); font-size: .875rem; }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
th, td { text-align: left; padding: .35rem 1rem .35rem 0; border-bottom: 1px solid var(--line); vertical-align: top; }
.number { text-align: right; padding-right: 0; }
.scroll { overflow-x: auto; }
`;
