import { openDatabase } from "@preau/database";
import { addHours, type ControllerId } from "@preau/kernel";
import { codeOf, describeEachDatabase } from "@preau/testing";
import { expect, it } from "vitest";
import { handOver } from "../src/hand-over.ts";
import { tellPage } from "../src/jobs/tell.ts";
import { onMailSettled } from "../src/notice-mail.ts";
import type { SubprocessorPorts } from "../src/ports.ts";
import { readChangeGiven } from "../src/read-change.ts";
import { recordReceiptByLink } from "../src/record-receipt.ts";
import { subprocessorDues } from "../src/subprocessor-dues.ts";
import { takeBackChange } from "../src/take-back.ts";
import { addition, makeHouse, OFFICER, reference, storing, tokenIn } from "./subprocessor-house.ts";

import { OPENS, RECEIVED, sharedHouse } from "./told-schools.ts";

describeEachDatabase("what controllers are told", openDatabase, (_, kind) => {
  const open = sharedHouse(kind);

  it("is shut for everybody once it is taken back; links die, and those who heard of it are told (D8.2)", async () => {
    const { clock, announce, work, ask, receive, inUnit, ports, options, outbox, ...rest } = await open();
    const { paris, moselle, mailsTo } = rest;
    const change = await announce();
    await work();
    clock.set(RECEIVED);
    await receive(change);
    clock.set(OPENS);
    expect(await ask(storing(paris))).toBe("open");
    const token = tokenIn(outbox, moselle);
    await inUnit((unit) => takeBackChange(unit, ports, { id: change, by: OFFICER }));
    expect(await ask(storing(paris))).toBe("D8.2 WITHDRAWN");
    const press = () =>
      inUnit((unit) => recordReceiptByLink(unit, ports, options, { token, capacity: "dpo" }));
    expect(await codeOf(press())).toBe("SUBPROCESSORS_STATE");
    await work();
    expect(await codeOf(press())).toBe("WEB_LINK_DEAD");
    await work();
    const told = [paris, moselle].map((each) => mailsTo(each).filter((name) => name.endsWith("takenBack")));
    expect(told.map(({ length }) => length)).toEqual([1, 1]);
    expect(await codeOf(receive(change, moselle))).toBe("SUBPROCESSORS_STATE");
  });

  it("reminds who has not confirmed, and tells who has no address, or whose mail came back (D8.2)", async () => {
    const { clock, announce, work, register, outbox, receive, inUnit, ports, options, view, ...rest } =
      await open();
    const { paris, moselle, newSchool, mailsTo } = rest;
    const silent = newSchool();
    await register(silent, { officer: false });
    const change = await announce(addition, [paris, moselle, silent]);
    await work();
    const deliveryOf = async (controller: ControllerId) => (await view(change, controller))?.notice.delivery;
    expect(await deliveryOf(silent)).toBe("noAddress");
    const { key = "" } = outbox.find(({ flow }) => flow.controller === moselle) ?? {};
    const settle = (controller: ControllerId, outcome: "accepted" | "bounced") =>
      inUnit((unit) =>
        onMailSettled(ports)({ controller, message: "msg_1", key, outcome, at: clock.now() }, unit),
      );
    await settle(moselle, "accepted");
    expect(await deliveryOf(moselle)).toBe("sent");
    await settle(moselle, "bounced");
    expect(await deliveryOf(moselle)).toBe("undelivered");
    // Another controller's message of that key is none.
    await settle(paris, "bounced");
    expect(await deliveryOf(paris)).toBe("queued");
    const titles = async (controller: ControllerId | "all") => {
      const dues = await subprocessorDues(ports)({ controller, before: addHours(clock.now(), 24) });
      return dues.map(({ title }) => title.en);
    };
    expect(await titles("all")).toEqual(
      expect.arrayContaining([
        "Controllers have not confirmed an announcement: nothing opens for them",
        "An announcement reached nobody at some controllers: hand a link over by hand",
        "Crisp: A subprocessor’s contract is missing or ends",
      ]),
    );
    expect(await titles(paris)).toEqual(["A change among the subprocessors was announced: confirm receipt"]);
    const handed = await inUnit((unit) =>
      handOver(unit, ports, options, { controller: silent, change, by: OFFICER }),
    );
    const token = handed.path.split("/").at(-1) ?? "";
    await inUnit((unit) => recordReceiptByLink(unit, ports, options, { token, capacity: "contact" }));
    await receive(change);
    const first = mailsTo(paris).length;
    for (let day = 0; day < 40; day += 4) {
      clock.set(addHours(clock.now(), 96));
      await work();
    }
    // A week apart at least, four at most, to the only one who has not confirmed.
    expect(mailsTo(moselle)).toEqual([
      "subprocessors.notice",
      ...Array.from({ length: 4 }, () => "subprocessors.reminder"),
    ]);
    expect(mailsTo(paris)).toHaveLength(first);
    expect(new Set(outbox.map((message) => message.key)).size).toBe(outbox.length);
    expect((await view(change, moselle))?.standing.is).toBe("NOT_RECEIVED");
  });

  it("writes to nobody twice when the job ends in the middle, and goes on where it stopped (D8.2)", async () => {
    const { announce, ports, options, inUnit, newSchool, register, entries, mailsTo, databases, clock } =
      await open();
    const schools = Array.from({ length: 6 }, newSchool);
    for (const each of schools) await register(each);
    const change = await announce(addition, schools);
    let mails = 0;
    /** Its process ends as the fifth mail is written: in the middle of the third page. */
    const ending: SubprocessorPorts = {
      ...ports,
      mailer: {
        send: async (unit, message) => {
          mails += 1;
          if (mails === 5) throw new Error("the process ends");
          return ports.mailer.send(unit, message);
        },
      },
    };
    const page = (given: SubprocessorPorts) => inUnit((unit) => tellPage(unit, given, options, change, 2));
    expect([await page(ending), await page(ending)]).toEqual([2, 2]);
    await expect(page(ending)).rejects.toThrow("the process ends");
    const told = () => schools.map((each) => mailsTo(each).length);
    expect(told().sort()).toEqual([0, 0, 1, 1, 1, 1]);
    const links = await databases.database.knex("web_link").whereIn("controller", schools).select();
    expect(links).toHaveLength(4);
    // Another process takes the job over.
    const next = await makeHouse(databases, clock);
    await next.work();
    expect(next.outbox).toHaveLength(2);
    for (const each of schools) expect(await entries(each, "noticeQueued")).toHaveLength(1);
  });

  it("tells those whose contract is new what was announced to everybody (D8.2)", async () => {
    const { clock, work, house, databases, register, newSchool, outbox, mailsTo } = await open();
    await house.announce(addition, "all");
    await work();
    const [late, later] = [newSchool(), newSchool()];
    await register(late);
    // The next agreement names the newcomer: who signs that one has accepted it.
    const { entry } = readChangeGiven(addition, reference);
    const agreement = { ...reference, annexC: [...reference.annexC, entry] };
    const next = await makeHouse(databases, clock, { agreement });
    await next.register(later);
    clock.set(addHours(clock.now(), 24));
    await work();
    expect(tokenIn(outbox, late)).toHaveLength(43);
    expect(mailsTo(later)).toEqual([]);
    expect(await next.ask(storing(later))).toBe("open");
    expect(await next.ask(storing(late))).toBe("D8.3 NOT_RECEIVED");
  });
});
