/** An answer to a data subject in the outbox, and the instruction that it leaves on. */
import { controllerId, type Message, type MessageTemplate } from "@preau/kernel";
import { readMessage } from "@preau/mailer";
import { makeFolder } from "@preau/testing";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { type RunningHouse, startHouse } from "./running-house.ts";

const MINISTRY = controllerId("ministry");
const DPO = { role: "controllerDpo" } as const;
const answer: MessageTemplate = {
  name: "test.answer",
  clause: "D10.1c",
  subject: { fr: "Votre demande", en: "Your request" },
  compose: () => ["Voici la réponse du responsable de traitement."],
  example: {},
};

describe("an answer by mail (D10.1c, D6.1c)", () => {
  const folder = makeFolder();
  let house: RunningHouse;
  beforeAll(async () => {
    house = await startHouse(folder.path, { school: false });
    (house.hub.ports.post.templates as Map<string, MessageTemplate>).set(answer.name, answer);
  }, 60_000);
  afterAll(async () => {
    await house.stop();
    folder.remove();
  });

  it("leaves on an instruction in force, and not on one that was taken back while it waited", async () => {
    const { ports, worker } = house.hub;
    const inUnit = ports.unitOfWork.transaction.bind(ports.unitOfWork);
    const settled = async (key: string, takenBack: boolean) => {
      const id = await inUnit(async (unit) => {
        const person = { kind: "test.person", value: key };
        const subject = await ports.subjects.identify(unit, MINISTRY, person);
        const instruction = await ports.instructions.record(unit, {
          ...{
            controller: MINISTRY,
            kind: "answerDataSubject",
            clause: "D10.1c",
            by: DPO,
            scope: { subject },
          },
        });
        const flow: Message["flow"] = {
          ...{
            controller: MINISTRY,
            product: "plume",
            operation: "answer",
            origin: "outsideGar",
            role: "teacher",
          },
          ...{ categories: ["name"], purpose: "runPlatform", recipient: "dataSubject", subject, instruction },
        };
        const queued = await ports.mailer.send(unit, {
          ...{ template: answer.name, language: "fr", variables: {}, key, flow },
          to: { address: "odette@personne.example" },
        });
        if (takenBack)
          await ports.instructions.revoke(unit, { controller: MINISTRY, id: instruction, by: DPO });
        return queued;
      });
      worker.wake();
      return vi.waitFor(
        async () => {
          const found = await inUnit((unit) => readMessage(unit, MINISTRY, id));
          expect(found?.line.state).not.toBe("queued");
          return found?.line;
        },
        { timeout: 20_000, interval: 50 },
      );
    };
    expect(await settled("a/1", false)).toMatchObject({ state: "accepted" });
    expect(await settled("a/2", true)).toMatchObject({ state: "refused", reason: "INSTRUCTION_REVOKED" });
  });
});
