/** What every transport owes, whichever way it takes. @clause DC, D4.1 */
import {
  controllerId,
  makeGate,
  makeIds,
  manualClock,
  type Permit,
  systemClock,
  type Unit,
} from "@preau/kernel";
import { describe, expect, it, onTestFinished } from "vitest";
import type { MailTransport, OutgoingMail } from "../src/transports/transport.ts";

/** What has arrived on the other side. */
export interface Arrived {
  readonly to: readonly string[];
  readonly subject: string;
  /** Text and layout, decoded. */
  readonly text: string;
  readonly html: string;
  /** Everything else: headers, fields, tags. */
  readonly head: string;
  /** By which a second one would be known. */
  readonly key: string;
}

export interface TransportBench {
  readonly transport: MailTransport;
  /** Undefined where nothing leaves. */
  readonly arrived?: () => Promise<readonly Arrived[]>;
  /** From now on the other side refuses the addressee for good. */
  readonly refuse?: () => void;
  /** From now on the other side takes nothing. */
  readonly fail?: () => void;
  readonly close: () => Promise<void> | void;
}

const hostileAddresses = [
  "dpo@acacias.example\r\nBcc: evil@x.test",
  "dpo@acacias.example, evil@x.test",
  "<evil@x.test>",
  "@x.test:evil@x.test",
  '"evil@x.test"@acacias.example',
  "dpo@[127.0.0.1]",
  "dpo@localhost",
  "d\u00adpo@acacias.example",
  "",
] as const;

/** `make` gets the recipient that the permits are for. */
export function transportContract(title: string, make: (recipient: string) => Promise<TransportBench>): void {
  const clock = manualClock();
  const ids = makeIds(systemClock);
  const allowed = { allowed: true, clause: "DC", reason: "ALLOWED" };
  const gate = makeGate({
    clock,
    tableFor: () => ({ agreement: "sha256:test", row: () => ({ answers: new Map(), otherwise: allowed }) }),
  });
  const permitFor = (recipient = "mailer", categories = ["officerContact"]): Promise<Permit> =>
    gate.permit(
      {
        ...{ controller: controllerId("lycee-des-acacias"), product: "_agreement", operation: "send" },
        ...{ origin: "outsideGar", role: "officer", categories, purpose: "correspondence", recipient },
      },
      {} as Unit,
    );
  const mail = (change: Partial<OutgoingMail> = {}): OutgoingMail => ({
    id: ids.next("msg"),
    to: { name: "Solveig Amaury-Kern", address: "dpo@acacias.example" },
    language: "fr",
    categories: ["officerContact"],
    sender: "Éditions Marelle",
    template: "desk.relay",
    subject: "Une demande vous est transmise",
    text: "Bonjour Hippolyte Varenne-Lusaut,\nvotre demande attend.\n",
    html: "<p>Bonjour Hippolyte Varenne-Lusaut</p>",
    ...change,
  });

  const setUp = async () => {
    const bench = await make("mailer");
    onTestFinished(() => bench.close());
    const { transport, arrived } = bench;
    const send = async (given = mail(), permit?: Permit, signal?: AbortSignal) =>
      transport.send(given, permit ?? (await permitFor()), signal);
    const nothing = async () => expect((await arrived?.()) ?? []).toEqual([]);
    return { ...bench, send, nothing };
  };

  describe(`${title}: transport (DC)`, () => {
    it("takes a message to its one addressee, text and layout whole", async () => {
      const { send, arrived } = await setUp();
      expect(await send()).toMatchObject({ outcome: "accepted" });
      if (arrived === undefined) return;
      const [one, ...others] = await arrived();
      expect(others).toEqual([]);
      expect(one?.to).toEqual(["dpo@acacias.example"]);
      expect(one?.subject).toBe("Une demande vous est transmise");
      expect(one?.text).toContain("votre demande attend.");
      expect(one?.html).toContain("<p>Bonjour Hippolyte");
    });

    it("returns what is no address, and sends it nowhere", async () => {
      const { send, nothing } = await setUp();
      for (const address of hostileAddresses)
        expect(await send(mail({ to: { address } })), address).toEqual({
          outcome: "bounced",
          reason: "BAD_ADDRESS",
        });
      await nothing();
    });

    it("takes nothing without the gate's permit, with a used one, a foreign one or a late one (D4.1)", async () => {
      const { send, nothing } = await setUp();
      const used = await permitFor();
      used.redeem({ operation: "send", recipient: "mailer", categories: ["officerContact"] });
      const late = await permitFor();
      clock.advance(61_000);
      for (const [permit, code] of [
        [JSON.parse("{}") as Permit, "PERMIT_FORGED"],
        [used, "PERMIT_USED"],
        [await permitFor("desk"), "PERMIT_MISMATCH"],
        [await permitFor("mailer", ["email"]), "PERMIT_MISMATCH"],
        [late, "PERMIT_EXPIRED"],
      ] as const)
        await expect(send(mail(), permit), code).rejects.toMatchObject({ code });
      await nothing();
    });

    it("says who writes and that no answer is read by a person; of persons its head says the addressee alone", async () => {
      const { send, arrived } = await setUp();
      await send();
      for (const { head } of (await arrived?.()) ?? []) {
        expect(head).toMatch(/auto-submitted\W+auto-generated/i);
        expect(head).toMatch(/content-language\W+fr/i);
        expect(head).toContain("preau@marelle.example");
        expect(head).not.toMatch(/Hippolyte|Varenne|Lusaut/);
      }
    });

    it("gains no header and no addressee from a name (CRLF)", async () => {
      const { send, arrived } = await setUp();
      const name = 'Zoé"\r\nBcc: evil@x.test\r\n\r\n<evil@x.test>, x';
      expect(await send(mail({ to: { name, address: "dpo@acacias.example" } }))).toMatchObject({
        outcome: "accepted",
      });
      for (const { to, head } of (await arrived?.()) ?? []) {
        expect(to).toEqual(["dpo@acacias.example"]);
        expect(head).not.toMatch(/^bcc:|"bcc"/im);
      }
    });

    it("gives a message the same key at every try, and every message its own", async () => {
      const { send, arrived } = await setUp();
      const given = mail();
      await send(given);
      await send(given);
      await send(mail());
      if (arrived === undefined) return;
      const [one, two, three] = (await arrived()).map(({ key }) => key);
      expect(one).toBeTruthy();
      expect(two).toBe(one);
      expect(three).not.toBe(one);
    });

    it("returns what is refused for good by a word of ours, without the other side's", async () => {
      const { send, refuse } = await setUp();
      refuse?.();
      const sent = await send();
      if (refuse === undefined) return;
      expect(sent.outcome).toBe("bounced");
      expect(sent).toHaveProperty("reason", expect.stringMatching(/^[A-Z0-9_]{4,64}$/));
    });

    it("lets what is not taken now be tried again (MAIL_DEFERRED), and its error names nobody", async () => {
      const { send, fail } = await setUp();
      if (fail === undefined) return;
      fail();
      const error: unknown = await send().catch((thrown: unknown) => thrown);
      expect(error).toMatchObject({ code: "MAIL_DEFERRED" });
      const { message, detail } = error as { readonly message: string; readonly detail: unknown };
      expect(`${message} ${JSON.stringify(detail)}`).not.toMatch(/acacias|Amaury/);
    });

    it("sends nothing that was called off", async () => {
      const { send, nothing, arrived } = await setUp();
      const signal = AbortSignal.abort(new Error("called off"));
      const sent = await send(mail(), undefined, signal).catch((error: unknown) => error);
      if (arrived !== undefined) expect(sent).toBeInstanceOf(Error);
      await nothing();
    });

    it("takes nothing once it is closed", async () => {
      const { send, transport, arrived } = await setUp();
      transport.close();
      if (arrived === undefined) return;
      await expect(send()).rejects.toMatchObject({ code: "MAIL_DEFERRED" });
    });
  });
}
