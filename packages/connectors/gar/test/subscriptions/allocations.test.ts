import { isFault } from "@preau/kernel";
import { describe, expect, it } from "vitest";
import { parseAllocations } from "../../src/subscriptions/allocations.ts";

const HEADER =
  "UAI;idAbonnement;codeProjetRessource;idRessource;cumulAffectationEleve;cumulAffectationEnseignant;cumulAffectationDocumentaliste;cumulAffectationAutrePersonnel";

const whyRefused = (text: string) => {
  try {
    parseAllocations(text);
    return "read";
  } catch (error) {
    return isFault(error, "GAR_SUBSCRIPTION_ANSWER_UNREADABLE") ? error.place : "another error";
  }
};

describe("allocation counts", () => {
  it("reads numbers by school, an empty one as none", () => {
    const text = `\uFEFF${HEADER}\r\n0350042F;a-1;null;ark:/99999/plume;320;12;;1\r\n"0561641E";"a-1";"P";"ark:/99999/plume";0;0;0;0\r\n`;
    expect(parseAllocations(text)).toEqual([
      {
        ...{ uai: "0350042F", idAbonnement: "a-1", codeProjetRessource: "", idRessource: "ark:/99999/plume" },
        ...{ pupils: 320, teachers: 12, librarians: 0, otherStaff: 1 },
      },
      {
        ...{
          uai: "0561641E",
          idAbonnement: "a-1",
          codeProjetRessource: "P",
          idRessource: "ark:/99999/plume",
        },
        ...{ pupils: 0, teachers: 0, librarians: 0, otherStaff: 0 },
      },
    ]);
    expect(parseAllocations(HEADER)).toEqual([]);
  });

  it("finds columns by their names", () => {
    const turned = (line: string) => ["later", ...line.split(";").reverse()].join(";");
    const [read] = parseAllocations(`${turned(HEADER)}\n${turned("0350042F;a-1;;ark:/9/p;320;12;2;1")}`);
    expect(read).toMatchObject({ uai: "0350042F", pupils: 320, teachers: 12, librarians: 2, otherStaff: 1 });
  });

  it("refuses what is no such table, with the line", () => {
    expect(whyRefused("<html>")).toBe("no column UAI");
    expect(whyRefused("")).toBe("no column UAI");
    expect(whyRefused(`${HEADER}\n0350042F;a-1;;ark:/9/p;many;0;0;0`)).toBe("line 2: no number");
    expect(whyRefused(`${HEADER}\n\n0350042F;a-1`)).toBe("line 3: 2 cells");
  });
});
