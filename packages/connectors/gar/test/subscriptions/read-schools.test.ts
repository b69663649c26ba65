import { isFault } from "@preau/kernel";
import { describe, expect, it } from "vitest";
import { readSchools, type School } from "../../src/subscriptions/read-schools.ts";
import { listOfSchools, schoolXml } from "./some-schools.ts";

async function* inPieces(text: string, size: number): AsyncGenerator<Uint8Array> {
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function read(text: string, size = 7): Promise<readonly School[]> {
  const schools: School[] = [];
  for await (const school of readSchools(inPieces(text, size))) schools.push(school);
  return schools;
}

async function whyRefused(text: string): Promise<string> {
  try {
    await read(text, 4096);
    return "read";
  } catch (error) {
    return isFault(error, "GAR_SUBSCRIPTION_ANSWER_UNREADABLE") ? (error.place ?? "") : "another error";
  }
}

describe("list of schools", () => {
  it("reads schools wherever the stream is cut, and restores the zeros that were lost", async () => {
    const text = listOfSchools(
      schoolXml({
        uai: "0010001A",
        nature_uai: "151",
        appellation_officielle: "École des Érables",
        code_postal_uai: "1000",
      }),
      schoolXml({ uai: "350042F", nature_uai: "340", code_postal_uai: "35000", idENT: "Wjk=" }),
      schoolXml({ uai: "9710001B", nature_uai: "302", code_postal_uai: "" }),
      schoolXml({ uai: "", nature_uai: "151" }),
    );
    for (const size of [1, 7, 4096])
      expect(
        (await read(text, size)).map((each) => [each.uai, each.nature, each.postalCode, each.name, each.ent]),
      ).toEqual([
        ["0010001A", "151", "01000", "École des Érables", "QTk="],
        ["0350042F", "340", "35000", "Établissement inventé", "Wjk="],
        ["9710001B", "302", "", "Établissement inventé", "QTk="],
      ]);
  });

  it("hands schools out while the rest has not come yet", async () => {
    const text = listOfSchools(
      ...Array.from({ length: 2_000 }, (_, at) => schoolXml({ uai: `${1_000_000 + at}A` })),
    );
    let pieces = 0;
    const counted = (async function* () {
      for await (const piece of inPieces(text, 4096)) {
        pieces += 1;
        yield piece;
      }
    })();
    const schools = readSchools(counted);
    await schools.next();
    expect(pieces).toBeLessThan(3);
    await schools.return(undefined);
  });

  const other = 'xmlns="urn:other"';
  const cases: readonly (readonly [string, string, string])[] = [
    ["ends before its end", listOfSchools(schoolXml({})).slice(0, -20), "not well-formed"],
    ["is of another namespace", `<listEtablissement ${other}/>`, "another namespace"],
    [
      "is another document",
      listOfSchools().replaceAll("listEtablissement>", "liste>").replace("<listEtablissement ", "<liste "),
      "no list of schools",
    ],
    ["has a document type", `<!DOCTYPE a>${listOfSchools()}`, "doctype"],
    ["has an unknown entity", listOfSchools(schoolXml({ patronyme_uai: "&x;" })), "not well-formed"],
    ["is nested", listOfSchools(schoolXml({ uai: "<a/>" })), "too deep"],
    [
      "has a field without end",
      listOfSchools(schoolXml({ patronyme_uai: "x".repeat(2_000) })),
      "a field without end",
    ],
    ["is not XML", "nothing here", "not well-formed"],
    ["is empty", "", "not well-formed"],
  ];
  it.each(cases)("refuses one that %s", async (_, text, why) => {
    expect(await whyRefused(text)).toBe(why);
  });

  it("refuses bytes that are not UTF-8", async () => {
    const latin = (async function* () {
      yield Buffer.from(listOfSchools(schoolXml({ patronyme_uai: "é" })), "latin1");
    })();
    await expect(readSchools(latin).next()).rejects.toMatchObject({
      code: "GAR_SUBSCRIPTION_ANSWER_UNREADABLE",
    });
  });
});
