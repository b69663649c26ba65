/** A child's or a parent's words in somebody's session, and answers to what went to the rights desk (DC, D10.1c). */
import { compileGateTable } from "@preau/agreement";
import { dataSubjectRequestsPlugin } from "@preau/data-subject-requests";
import {
  type InstructionId,
  makeGate,
  manualClock,
  type PersonalRecord,
  type Ports,
  standingOf,
} from "@preau/kernel";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type AnswerPorts, answerCase, sayAnswer } from "../src/answer-case.ts";
import { guardAnswer } from "../src/answer-guard.ts";
import { casePersonalData } from "../src/case-personal-data.ts";
import { ownSupport } from "../src/person-support.ts";
import { confirmProposal, passOn } from "../src/proposal.ts";
import { readCase } from "../src/store/cases.ts";
import { countWaiting } from "../src/store/person-cases.ts";
import { updateWords, wordsOfCase } from "../src/store/words.ts";
import type { SupportPerson } from "../src/wall.ts";
import {
  agreement,
  freshSupportHouse,
  nowOf,
  SCHOOL,
  type SupportHouse,
  sessionOf,
  signed,
  written,
} from "./support-house.ts";
import { startTinyDesk, type TinyDesk } from "./tiny-desk.ts";

const BY = { role: "support", id: "act_0000000000000000000000000a" } as const;
const [GIVEN, ELSEWHERE] = ["ins_given", "ins_elsewhere"] as readonly string[] as readonly [
  InstructionId,
  InstructionId,
];
const clock = manualClock();
let house: SupportHouse;
let desk: TinyDesk;
let ports: AnswerPorts;
let remove = async () => {};
let teacher: SupportPerson;
beforeAll(async () => {
  desk = await startTinyDesk();
  ({ house, remove } = await freshSupportHouse("sqlite", clock, {
    ...{ api: desk.url, identifier: "e83f6a17", key: "key-of-the-desk" },
  }));
  const terms = { kind: "answerDataSubject", clause: "D10.1c", startsAt: clock.now() } as const;
  const instructions: Pick<Ports["instructions"], "standing"> = {
    standing: (_unit, _controller, id, use) => {
      const scope = id === GIVEN ? { subject: teacher.subject } : { about: ["req_elsewhere"] };
      return Promise.resolve(standingOf({ ...terms, scope }, use, clock.now()));
    },
  };
  const checks = dataSubjectRequestsPlugin
    .gateChecks({ ...house.ports, instructions } as unknown as Ports)
    .filter(({ id }) => id === "data-subject-requests.noReply");
  expect(checks).toHaveLength(1);
  const table = compileGateTable(agreement);
  ports = { ...house.ports, gate: makeGate({ clock, tableFor: () => table, checks }) };
});
afterAll(async () => {
  await remove();
  await desk.close();
});
beforeEach(async () => {
  await house.wipe();
  desk.wipe();
  clock.advance(1_000);
  teacher = await house.person();
});

async function writes(text: string, fingerprint = 1) {
  const data = { preau: await ports.support.tokens.make(teacher) };
  desk.hold(sessionOf(1), { person: "0f5c9b1e-1111-4222-8333-944444444444", data });
  const at = nowOf(clock);
  expect((await house.post(signed(written(text, { at, fingerprint }), at))).status).toBe(200);
  clock.advance(1);
  await house.worker.drain();
  return onlyCase();
}
async function onlyCase() {
  const [row] = await house.cases();
  return house.inUnit(async (unit) => {
    const stored = await readCase(unit, "all", String(row?.["id"]));
    if (stored === undefined) throw new Error("no case");
    const words = (await wordsOfCase(unit, stored.line)).map(({ line }) => line);
    return { line: stored.line, words };
  });
}
const answer = async (instruction?: InstructionId) => {
  const { line } = await onlyCase();
  return house.inUnit((unit) =>
    answerCase(unit, ports, house.options, {
      ...{ scope: "all", case: line.id, text: "C’est fait.", press: "p1", by: BY },
      ...(instruction === undefined ? {} : { instruction }),
    }),
  );
};
const guard = async (instruction?: InstructionId) => {
  const seen = await onlyCase();
  return house.inUnit((unit) =>
    guardAnswer(unit, ports, house.options, {
      ...{ ...seen, ...(instruction === undefined ? {} : { instruction }) },
    }),
  );
};
/** As where the rights desk finds somebody else, or nobody yet: the guard finds no open request of this person. */
const requestsAreNobodys = () =>
  house.database.knex("dsr_request").update({ subject: null, requester: null });
const copyFor = async (others: "keep" | "withhold") => {
  const { source } = casePersonalData(ports, { category: "supportRequests", purpose: "support" });
  const subject = { subject: teacher.subject, identifiers: [] };
  const records: PersonalRecord[] = [];
  for await (const record of source.collect({ controller: teacher.controller, subject, others }))
    records.push(record);
  return records.filter(({ where }) => where === "spt_words").map(({ row }) => row["text"]);
};
const own = () => house.inUnit((unit) => ownSupport(unit, ports, house.options, teacher, { marks: false }));

describe("words of a child or a parent in somebody's session (DC, D10.1c)", () => {
  it.each([
    ["PARENT", "Bonjour, je suis la mère de Zoé. Je demande l’effacement des données de ma fille."],
    ["CHILD", "je suis en CM2 et je demande la suppression de toutes mes données"],
  ])(
    "of a %s: nothing is answered to the person, on no instruction, and nothing shown",
    async (reason, text) => {
      const { line, words } = await writes(text);
      expect(line).toMatchObject({ reason, side: "hub", subject: teacher.subject });
      await house.inUnit((unit) =>
        confirmProposal(unit, ports, {
          ...{ scope: "all", words: words[0]?.id ?? ("spw_" as const), by: BY, matters: ["erasure"] },
        }),
      );
      for (const instruction of [undefined, GIVEN]) {
        await expect(answer(instruction)).rejects.toMatchObject({ code: "SUPPORT_WRITER_OTHER" });
        expect(await guard(instruction)).toMatchObject({ may: false, why: "other", clause: "D10.1c" });
      }
      const { line: of } = await onlyCase();
      // What was answered before its words were found to be somebody else's is not handed over either.
      await house.inUnit((unit) =>
        updateWords(unit, words[0] ?? { controller: SCHOOL, id: "spw_" }, { state: "waits" }),
      );
      expect(await own()).toMatchObject({ cases: [], unread: 0 });
      expect(await house.inUnit((unit) => countWaiting(unit, SCHOOL, teacher.subject))).toBe(0);
      expect(of.state).not.toBe("answered");
    },
  );
});

describe("an answer in a case of which a message went to the rights desk (D10.1c)", () => {
  it.each(["confirmed", "passedOn"] as const)(
    "%s: takes an instruction that the gate accepts, whomever the request is of",
    async (state) => {
      const { words } = await writes("Bonjour, je demande l’effacement de mes données personnelles.");
      const id = words[0]?.id ?? "spw_";
      expect(words[0]?.proposal).toBe("open");
      if (state === "passedOn") clock.advance(13 * 3_600_000);
      await house.inUnit(async (unit) => {
        if (state === "passedOn") await passOn(unit, ports, SCHOOL, id);
        else await confirmProposal(unit, ports, { scope: "all", words: id, by: BY });
      });
      expect((await onlyCase()).words[0]?.proposal).toBe(state);
      // Nobody has opened a request of this person: the inquiry waits for who it is.
      await requestsAreNobodys();
      for (const instruction of [undefined, ELSEWHERE]) {
        await expect(answer(instruction)).rejects.toMatchObject({ code: "GATE_REFUSED" });
        expect(await guard(instruction)).toMatchObject({ may: false, why: "instruction" });
      }
      expect(await guard(GIVEN)).toMatchObject({ may: true });
      expect(await answer(GIVEN)).toMatchObject({ state: "queued" });
    },
  );

  it("that waited when the message went there does not leave without one", async () => {
    await writes("Le cahier ne s’ouvre plus.");
    const waiting = await answer();
    clock.advance(1_000);
    const { words } = await writes("Je demande l’effacement de mes données personnelles.", 2);
    const asked = words.find(({ proposal }) => proposal === "open");
    await house.inUnit((unit) =>
      confirmProposal(unit, ports, { scope: "all", words: asked?.id ?? "spw_", by: BY }),
    );
    await requestsAreNobodys();
    await sayAnswer(ports, house.options, { controller: SCHOOL, id: waiting.id, attempt: 1 });
    const told = (await onlyCase()).words.find(({ id }) => id === waiting.id);
    expect(told).toMatchObject({ state: "refused", reason: "NO_INSTRUCTION", clause: "D10.1c" });
    expect(desk.asked.filter((each) => each.startsWith("POST"))).toEqual([]);
  });
});

describe("a copy for the person whose session it was (D10.1a)", () => {
  it("has none of the words that a parent wrote there; the controller's has them", async () => {
    await writes("Bonjour, je suis la mère de Zoé et je ne vois plus son cahier.");
    expect(await copyFor("withhold")).toEqual([null]);
    expect(await copyFor("keep")).toEqual([expect.stringContaining("je suis la mère")]);
  });

  it("has those of the person's own", async () => {
    await writes("Bonjour, la page des classes est blanche.");
    expect(await copyFor("withhold")).toEqual([expect.stringContaining("la page des classes")]);
  });
});
