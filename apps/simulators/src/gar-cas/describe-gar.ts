/** How the GAR describes a person: an opaque user, and its attributes flat, repeated where they have several values. */
import { createHash } from "node:crypto";
import type { GarPerson } from "../gar/people.ts";
import { schoolOf } from "../gar/schools.ts";
import type { CasElement, CasPerson } from "./cas-answer.ts";

export function describeGarPerson(person: GarPerson, service: string, attributes: boolean): CasPerson {
  const user = createHash("sha512")
    .update(`cas ${new URL(service).origin} ${person.ido}`)
    .digest("base64url");
  return { user, elements: attributes ? [{ name: "attributes", content: attributesOf(person) }] : [] };
}

function attributesOf(person: GarPerson): readonly CasElement[] {
  const ent = schoolOf(person.attributes["UAI"]?.[0] ?? "")?.ent;
  const all = {
    ...person.attributes,
    ...(ent === undefined ? {} : { idENT: [Buffer.from(ent).toString("base64")] }),
  };
  return Object.entries(all).flatMap(([name, values]) => values.map((content) => ({ name, content })));
}
