/** The demo school's style sheet: plain, so that nobody takes it for Préau. */
export const schoolCss = `
:root { color-scheme: light dark; font: 1rem/1.6 system-ui, sans-serif; }
body { margin: 0 auto; max-width: 60rem; padding: 1rem 1.5rem 3rem; }
header { display: flex; flex-wrap: wrap; gap: .5rem 2rem; border-bottom: 1px solid #8888; padding-bottom: .75rem; }
header > a { font-weight: 600; }
nav { display: flex; gap: 1rem; }
footer { margin-top: 3rem; font-size: .875rem; }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
th, td { text-align: left; padding: .3rem .75rem .3rem 0; border-bottom: 1px solid #8884; vertical-align: top; }
td.number { text-align: right; padding-right: 1.5rem; }
.scroll { overflow-x: auto; }
`;
