import {
  controllerId,
  type Gate,
  type Mailer,
  type Message,
  makeGate,
  manualClock,
  type UnitOfWork,
} from "@preau/kernel";
import { describe, expect, it } from "vitest";
import { type Closable, codeOf, setUp } from "./bench.ts";

export interface MailerBench extends Closable {
  readonly unitOfWork: UnitOfWork;
  readonly mailer: Mailer;
  /** Lets out what is queued and permitted. */
  readonly deliver: () => Promise<void>;
  /** What has really left, in any order. */
  readonly delivered: () => Promise<readonly Pick<Message, "to" | "template" | "key">[]>;
}

/** What every mailer owes. `make` gets the gate to ask at sending time. @clause DC */
export function mailerContract(
  title: string,
  make: (gate: Gate) => MailerBench | Promise<MailerBench>,
): void {
  const controller = controllerId("college-1");
  const message: Message = {
    template: "desk.acknowledged",
    language: "fr",
    to: { name: "Zoé D’Alençon", address: "zoe@college-1.example" },
    variables: { case: "cas_1" },
    flow: {
      ...{ controller, product: "kaligo", operation: "send", origin: "outsideGar", role: "teacher" },
      ...{ categories: ["email"], purpose: "platform", recipient: "mailer" },
    },
    key: "desk/1",
  };

  const setUpMailer = async () => {
    let open = true;
    const answer = (allowed: boolean) => ({
      allowed,
      clause: "DC",
      reason: allowed ? "ALLOWED" : "WINDOW_CLOSED",
    });
    const gate = makeGate({
      clock: manualClock(),
      tableFor: () => ({
        agreement: "sha256:test",
        row: (flow) => ({
          answers: new Map([["email", answer(open && flow.recipient === "mailer")]]),
          otherwise: answer(false),
        }),
      }),
    });
    const bench = await setUp(() => make(gate));
    const send = (change: Partial<Message> = {}) =>
      bench.unitOfWork.transaction((unit) => bench.mailer.send(unit, { ...message, ...change }));
    const setOpen = (value: boolean) => {
      open = value;
    };
    return { ...bench, send, setOpen };
  };

  describe(`${title}: mailer (DC)`, () => {
    it("delivers a committed message once, to its one address", async () => {
      const { send, deliver, delivered } = await setUpMailer();
      expect(await send()).toMatch(/^msg_/);
      await deliver();
      await deliver();
      const out = await delivered();
      expect(out).toHaveLength(1);
      expect(out[0]).toMatchObject({ to: { address: message.to.address }, template: message.template });
    });

    it("delivers nothing of a unit that rolls back, and its key is free again", async () => {
      const { unitOfWork, mailer, send, deliver, delivered } = await setUpMailer();
      await codeOf(
        unitOfWork.transaction(async (unit) => {
          await mailer.send(unit, message);
          throw new Error("no");
        }),
      );
      await deliver();
      expect(await delivered()).toEqual([]);
      await send();
      await deliver();
      expect(await delivered()).toHaveLength(1);
    });

    it("takes the same key for the same message, in one unit, in two, and after it has left", async () => {
      const { unitOfWork, mailer, send, deliver, delivered } = await setUpMailer();
      const [one, two] = await unitOfWork.transaction(async (unit) => [
        await mailer.send(unit, message),
        await mailer.send(unit, message),
      ]);
      const three = await send();
      await deliver();
      const four = await send();
      await deliver();
      expect([two, three, four]).toEqual([one, one, one]);
      expect(await delivered()).toHaveLength(1);
    });

    it("sends two keys as two messages", async () => {
      const { send, deliver, delivered } = await setUpMailer();
      expect(await send({ key: "desk/2" })).not.toBe(await send());
      await deliver();
      expect(await delivered()).toHaveLength(2);
    });

    it("sends many as it sends each, where it can", async () => {
      const { unitOfWork, mailer, send, deliver, delivered } = await setUpMailer();
      if (mailer.sendMany === undefined) return;
      const first = await send();
      const messages = ["desk/1", "desk/2", "desk/3", "desk/2"].map((key) => ({ ...message, key }));
      const many = await unitOfWork.transaction(async (unit) => mailer.sendMany?.(unit, messages));
      expect(many?.[0]).toBe(first);
      expect(many?.[3]).toBe(many?.[1]);
      expect(new Set(many).size).toBe(3);
      await deliver();
      expect((await delivered()).map(({ key }) => key).sort()).toEqual(["desk/1", "desk/2", "desk/3"]);
    });

    it("asks the gate when the message leaves, not when it is queued", async () => {
      const { send, deliver, delivered, setOpen } = await setUpMailer();
      await send();
      setOpen(false);
      await deliver();
      expect(await delivered()).toEqual([]);
    });

    it("lets no refused message hold the others up", async () => {
      const { send, deliver, delivered } = await setUpMailer();
      await send({ flow: { ...message.flow, recipient: "unnamed" } });
      await send({ key: "desk/2" });
      await deliver();
      expect((await delivered()).map((each) => each.key)).toEqual(["desk/2"]);
    });

    it("sends what it was given, whatever the caller does to its object meanwhile", async () => {
      const { send, deliver, delivered } = await setUpMailer();
      const to = { address: "zoe@college-1.example" };
      await send({ to });
      to.address = "somebody-else@college-2.example";
      await deliver();
      expect((await delivered())[0]?.to.address).toBe("zoe@college-1.example");
    });

    it("takes no message into a unit that has ended (UNIT_CLOSED)", async () => {
      const { unitOfWork, mailer } = await setUpMailer();
      const ended = await unitOfWork.transaction(async (unit) => unit);
      expect(await codeOf(mailer.send(ended, message))).toBe("UNIT_CLOSED");
    });
  });
}
