const HEADER = ["case", "ours", "min – max", "peer", "ratio", "goal", "met", "RSS MiB"];

/** An aligned table for people. */
export function table(result) {
  const rows = [HEADER, ...result.cases.map(cells)];
  const widths = HEADER.map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  const lines = rows.map((row) =>
    row
      .map((text, column) => text.padEnd(widths[column]))
      .join("  ")
      .trimEnd(),
  );
  return `${title(result)}\n\n${lines.join("\n")}\n`;
}

/** The page with this benchmark's section replaced, or added in alphabetical order. */
export function withSection(page, result) {
  const intro =
    "# Benchmarks\n\nWritten by `npm run -s bench -- NAME --write`. The ratio is our cost divided by the peer's.\n";
  const sections = new Map(
    (page ?? "")
      .split(/^(?=## )/m)
      .filter((text) => text.startsWith("## "))
      .map((text) => [/^## (\S+)/.exec(text)[1], text.trimEnd()]),
  );
  const line = (row) => `| ${row.map((text) => text.replaceAll("|", "\\|")).join(" | ")} |`;
  sections.set(
    result.name,
    [
      `## ${result.name}`,
      "",
      `${title(result)}.`,
      "",
      line(HEADER),
      line(HEADER.map(() => "---")),
      ...result.cases.map((one) => line(cells(one))),
    ].join("\n"),
  );
  const sorted = [...sections].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, text]) => text);
  const head = page === undefined ? intro : page.split(/^(?=## )/m)[0];
  return `${[head.trimEnd(), ...sorted].join("\n\n")}\n`;
}

function title({ name, commit, node, cores, runs, seed }) {
  return `${name}: commit ${commit}, Node ${node}, ${cores} cores, ${runs} runs, seed ${seed}`;
}

function cells({ case: name, ours, peer, ratio, goal, met, rssMiB }) {
  return [
    name,
    `${number(ours.median)} ${ours.unit}`,
    ours.min === undefined ? "–" : `${number(ours.min)} – ${number(ours.max)}`,
    peer ? `${peer.name}: ${number(peer.median)} ${peer.unit}` : "–",
    ratio === undefined ? "–" : String(ratio),
    goal ?? "–",
    met === undefined ? "–" : met ? "yes" : "no",
    rssMiB === undefined ? "–" : String(Math.round(rssMiB)),
  ];
}

function number(value) {
  return value >= 1000 ? Math.round(value).toLocaleString("en-US") : String(Number(value.toPrecision(3)));
}
