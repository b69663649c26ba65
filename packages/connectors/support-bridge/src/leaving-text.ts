/**
 * What a desk is about to be told, as it will read it: a JSON body by its values, so that the escape before a name is no letter of the
 * name. What is no JSON is read as it stands. @clause DC
 */
import { textOf } from "@preau/identifiers";

/** One value a line. */
export function leavingText(bytes: Uint8Array): string {
  const text = textOf(bytes);
  if (!/^\s*[{[]/.test(text)) return text;
  try {
    const said: string[] = [];
    collect(JSON.parse(text), said);
    return said.join("\n");
  } catch {
    return text;
  }
}

/** Names of members too: whoever writes them wrote them. */
function collect(value: unknown, said: string[]): void {
  if (typeof value !== "object" || value === null) said.push(String(value));
  else
    for (const [name, member] of Object.entries(value)) {
      if (!Array.isArray(value)) said.push(name);
      collect(member, said);
    }
}
