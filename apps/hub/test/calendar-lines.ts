/**
 * A strict reader of calendar files, by the letter of RFC 5545 and by no library: lines end in CRLF and hold at most 75
 * octets, folds are undone, every BEGIN has its END, values hold no control character and no bare `,` or `;`.
 */
export interface Component {
  readonly name: string;
  readonly properties: readonly { readonly name: string; readonly value: string }[];
  readonly components: readonly Component[];
}

interface Open extends Component {
  readonly properties: { name: string; value: string }[];
  readonly components: Component[];
}

const TEXTS = new Set(["SUMMARY", "DESCRIPTION", "NAME", "X-WR-CALNAME", "CATEGORIES", "LOCATION"]);

/** The one VCALENDAR of a file. Throws with the line that breaks a rule. */
export function readCalendar(file: string): Component {
  if (!file.endsWith("\r\n")) throw new Error("the last line is not closed");
  const physical = file.slice(0, -2).split("\r\n");
  for (const line of physical) {
    if (Buffer.byteLength(line) > 75) throw new Error(`more than 75 octets: ${line}`);
    // A character cut in two octets would not be the same after decoding.
    if (Buffer.from(line).toString("utf8") !== line) throw new Error(`a character is cut: ${line}`);
  }
  const lines = physical
    .join("\r\n")
    .replaceAll(/\r\n[ \t]/g, "")
    .split("\r\n");
  const root: Open = { name: "", properties: [], components: [] };
  const open: Open[] = [root];
  for (const line of lines) {
    if (/\p{Cc}/u.test(line)) throw new Error(`a control character: ${JSON.stringify(line)}`);
    const [, name = "", value = ""] = /^([A-Z-]+)(?:;[A-Z-]+=[^:;]+)*:(.*)$/u.exec(line) ?? [];
    if (name === "") throw new Error(`not a property: ${line}`);
    const within = open.at(-1) ?? root;
    if (name === "BEGIN") {
      const component: Open = { name: value, properties: [], components: [] };
      within.components.push(component);
      open.push(component);
    } else if (name === "END") {
      if (open.pop()?.name !== value) throw new Error(`END:${value} closes another component`);
    } else {
      if (TEXTS.has(name) && /(?<!\\)(?:\\\\)*[,;]/.test(value)) throw new Error(`not escaped: ${line}`);
      within.properties.push({ name, value });
    }
  }
  const [calendar] = root.components;
  if (open.length !== 1 || root.properties.length > 0) throw new Error("something is not closed");
  if (calendar?.name !== "VCALENDAR" || root.components.length > 1) throw new Error("not one VCALENDAR");
  return calendar;
}

/** The value of a property that stands exactly once. */
export function valueOf({ name: component, properties }: Component, name: string): string {
  const found = properties.filter((each) => each.name === name);
  if (found.length !== 1) throw new Error(`${component} has ${found.length} ${name}`);
  return found[0]?.value ?? "";
}
