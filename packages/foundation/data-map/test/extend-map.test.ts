import { isFault } from "@preau/kernel";
import { describe, expect, it } from "vitest";
import { extendDataMap, parseDataMap } from "../src/index.ts";

const map = parseDataMap(`
id: m-1
title: { fr: m, en: m }
application: { name: m, versions: ["1"] }
subject: { kind: m.person, table: person, key: id, identity: [{ column: login, trace: login }] }
mentions: { reason: Written by others, clause: D12.2 }
tables:
  person:
    category: account
    purpose: teaching
    rows: [{ by: id, verdict: { anonymise: { login: { token: gone- } , name: empty } } }]
  note: { category: work, purpose: teaching, rows: [{ by: person_id, verdict: erase }], texts: { body: redact } }
  plain: { category: work, purpose: teaching, texts: redact }
`);
const refused = (source: string) => {
  try {
    extendDataMap(map, source, "site.yaml");
    return undefined;
  } catch (error) {
    return isFault(error, "DATA_MAP_INVALID") ? error.place : error;
  }
};

describe("a site's additions to a map (D12.2)", () => {
  it("stand beside what the map says, and their word counts where both speak", () => {
    const site = extendDataMap(
      map,
      `
referenceNames: ["*_who"]
tables:
  badge: { category: other, purpose: teaching, rows: [{ by: userid, verdict: erase }] }
  note: # beside what is there
    rows: [{ by: checked_by, verdict: { anonymise: { checked_by: empty } } }]
    texts: { body: keep, title: redact }
`,
    );
    expect(site.tables["badge"]?.rows).toHaveLength(1);
    expect(site.tables["note"]?.rows.map(({ by }) => by)).toEqual(["checked_by", "person_id"]);
    expect(site.referenceNames).toEqual(["*_who"]);
    expect(map.tables["note"]?.rows).toHaveLength(1);
  });

  it.each([
    ["an option that there is not", "tables:\n  note: { rowz: [] }\n", "site.yaml:2:"],
    ["a new table without a category", "tables:\n  badge: { purpose: p }\n", "needs a category"],
    [
      "words for columns where the map has one for all",
      "tables:\n  plain: { texts: { a: keep } }\n",
      "one word for all",
    ],
    [
      "a rule that would find its rows for ever",
      "tables:\n  note:\n    rows: [{ by: w, verdict: { anonymise: { x: empty } } }]\n",
      "must change w",
    ],
    ["anything but tables and names", "subject: { key: x }\ntables: {}\n", 'no option "subject"'],
    ["what is no YAML", "tables: [\n", "site.yaml:"],
  ])("are refused with the place: %s", (_, source, place) => {
    expect(refused(source)).toContain(place);
  });
});
