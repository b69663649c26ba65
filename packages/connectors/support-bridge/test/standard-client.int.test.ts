/** Our own hooks to any desk, over HTTP, against the standard's own verifier. @clause DC */
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { compileGateTable } from "@preau/agreement";
import { type Flow, makeGate, manualClock, type Permit, type Unit } from "@preau/kernel";
import { Webhook } from "standardwebhooks";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { guardedFetch } from "../src/guarded-fetch.ts";
import { standardClient } from "../src/sources/standard-client.ts";
import { agreement, SCHOOL } from "./support-house.ts";

const KEY = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwMfKQ9r8GKYqr";
interface Got {
  readonly path: string;
  readonly headers: Record<string, string>;
  readonly body: string;
}
const got: Got[] = [];
let answer: { readonly status: number; readonly body?: unknown; readonly location?: string } = {
  status: 202,
};
let walled: readonly string[] = [];
const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on("data", (chunk: Buffer) => chunks.push(chunk));
  request.on("end", () => {
    const headers = request.headers as Record<string, string>;
    got.push({ path: `${request.method} ${request.url}`, headers, body: Buffer.concat(chunks).toString() });
    response.writeHead(answer.status, answer.location === undefined ? {} : { location: answer.location });
    response.end(JSON.stringify(answer.body ?? {}));
  });
});
let url = "";
beforeAll(async () => {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hooks/preau`;
});
afterAll(() => void server.close());
beforeEach(() => {
  got.length = 0;
  answer = { status: 202 };
  walled = [];
});

// The standard's verifier reads the machine's own clock.
const clock = {
  ...manualClock(),
  now: () => new Date().toISOString() as ReturnType<ReturnType<typeof manualClock>["now"]>,
};
const unit = {} as Unit;
const unitOfWork = { transaction: <T>(work: (of: Unit) => Promise<T>) => work(unit) };
const clientOf = (api = url, key = KEY) =>
  standardClient({
    fetch: guardedFetch({ wall: { search: () => Promise.resolve(walled) }, unitOfWork }),
    ...{ clock, api, key, installation: "preau", recipient: "supportDesk" },
  });
const gate = makeGate({ clock, tableFor: () => compileGateTable(agreement) });
const flow: Omit<Flow, "origin"> = {
  ...{ controller: SCHOOL, product: "plume", operation: "send", role: "teacher", purpose: "support" },
  ...{ categories: ["supportRequests"], recipient: "supportDesk" },
};
const permit = () => gate.permit<"outsideGar">({ ...flow, origin: "outsideGar" }, unit);
const said = {
  conversation: "cnv_42",
  text: "Rechargez la page, été.",
  fingerprint: "523614",
  categories: ["supportRequests"],
};
const verified = ({ body, headers }: Got) =>
  new Webhook(KEY).verify(body, headers) as Record<string, unknown>;

describe("what we tell any desk (Standard Webhooks 1.0.0)", () => {
  it("an answer is verified by the standard's own library, and has one id however often it is told", async () => {
    expect(await clientOf().say(await permit(), said)).toEqual({ outcome: "sent" });
    await clientOf().say(await permit(), said);
    expect(got.map(({ path }) => path)).toEqual(["POST /hooks/preau", "POST /hooks/preau"]);
    expect(verified(got[0] as Got)).toMatchObject({
      type: "conversation.message.create",
      data: {
        ...{ installation: "preau", conversation: { id: "cnv_42" } },
        message: { author: "agent", text: said.text, fingerprint: "523614" },
      },
    });
    expect(got[0]?.headers["webhook-id"]).toBe(got[1]?.headers["webhook-id"]);
    expect(() => new Webhook(KEY).verify(`${got[0]?.body} `, got[0]?.headers ?? {})).toThrow();
  });

  it("erasures and questions hold the desk's own references, in the body alone", async () => {
    const client = clientOf();
    expect(await client.eraseConversation("cnv_42")).toEqual({ outcome: "asked" });
    expect(await client.erasePerson("v_1")).toEqual({ outcome: "asked" });
    answer = { status: 404, body: { error: "not_found", data: { conversation: { id: "cnv_42" } } } };
    expect(await client.eraseConversation("cnv_42")).toEqual({ outcome: "absent" });
    expect(await client.isConversationThere("cnv_42")).toBe(false);
    expect(await client.visitor("cnv_42")).toBeUndefined();
    answer = {
      status: 200,
      body: { data: { visitor: { id: "v_1", email: "zoe@exemple.example", token: "p1.x" } } },
    };
    expect(await client.visitor("cnv_42")).toEqual({
      person: "v_1",
      email: "zoe@exemple.example",
      token: "p1.x",
    });
    expect(await client.isPersonThere("v_1")).toBe(true);
    expect(got.map((each) => verified(each)["type"])).toEqual([
      ...["conversation.delete", "visitor.delete", "conversation.delete", "conversation.read"],
      ...["conversation.read", "conversation.read", "visitor.read"],
    ]);
    expect(new Set(got.map(({ path }) => path))).toEqual(new Set(["POST /hooks/preau"]));
  });

  it.each([
    [400, { outcome: "refused", reason: "STANDARD_400" }, "SUPPORT_DESK_REFUSED"],
    [429, "SUPPORT_DESK_DEFERRED", "SUPPORT_DESK_DEFERRED"],
    [503, "SUPPORT_DESK_DEFERRED", "SUPPORT_DESK_DEFERRED"],
  ] as const)("an answer of %i", async (status, told, erased) => {
    answer = { status };
    const saying = clientOf().say(await permit(), said);
    if (typeof told === "string") await expect(saying).rejects.toMatchObject({ code: told });
    else expect(await saying).toEqual(told);
    await expect(clientOf().eraseConversation("cnv_42")).rejects.toMatchObject({ code: erased });
  });

  it("a desk that answers no questions leaves it unknown whether something is there", async () => {
    answer = { status: 501 };
    expect(await clientOf().visitor("cnv_42")).toEqual({});
    await expect(clientOf().isConversationThere("cnv_42")).rejects.toMatchObject({
      code: "SUPPORT_DESK_REFUSED",
    });
  });

  it("nothing leaves that names somebody, with a permit of the GAR, a bad reference, or along a redirect", async () => {
    walled = ["name"];
    await expect(clientOf().say(await permit(), said)).rejects.toMatchObject({ code: "SUPPORT_WALL" });
    walled = [];
    const opened = makeGate({
      clock,
      tableFor: () =>
        compileGateTable({
          ...agreement,
          annexC: agreement.annexC.map((row) => ({ ...row, origins: "everyOrigin" as const })),
        }),
    });
    const ofGar = await opened.permit<"gar">({ ...flow, origin: "gar" }, unit);
    await expect(clientOf().say(ofGar as unknown as Permit<"outsideGar">, said)).rejects.toMatchObject({
      code: "SUPPORT_WALL",
    });
    await expect(clientOf().eraseConversation("../x y")).rejects.toMatchObject({ code: "SUPPORT_BAD_HOOK" });
    expect(got).toEqual([]);
    answer = { status: 307, location: "http://127.0.0.1:9/elsewhere" };
    await expect(clientOf().eraseConversation("cnv_42")).rejects.toMatchObject({
      code: "SUPPORT_DESK_DEFERRED",
    });
    expect(got).toHaveLength(1);
  });

  it.each([
    "http://desk.example/x",
    "https://me:secret@desk.example/x",
    "ftp://127.0.0.1/x",
    "nothing",
    "http://127.0.0.1.desk.example/",
  ])("is told nothing at %s", (api) =>
    expect(() => clientOf(api)).toThrow(expect.objectContaining({ code: "SUPPORT_BAD_OPTIONS" })),
  );

  it("is told nothing under a short key", () =>
    expect(() => clientOf("https://desk.example/x", "whsec_c2hvcnQ=")).toThrow(
      expect.objectContaining({ code: "SUPPORT_BAD_OPTIONS" }),
    ));
});
