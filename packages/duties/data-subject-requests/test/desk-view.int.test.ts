/** What the desk lists, on both databases: the most urgent first, of its scope alone. */
import { migrate } from "@preau/database";
import { addHours, type ControllerId, type RequestMatter } from "@preau/kernel";
import { expect, it } from "vitest";
import { viewDesk, viewInquiry, viewRequest } from "../src/desk-view.ts";
import { dataSubjectRequestsPlugin } from "../src/plugin.ts";
import { OTHER_SCHOOL, SCHOOL } from "./desk-house.ts";
import { describeEachHouse, NOW } from "./each-house.ts";

describeEachHouse("the desk's lists (D10.1b)", (open) => {
  it("shows the soonest due first, counts every state, and another controller's to nobody of this one", async () => {
    const house = await open();
    const { id: owner, migrations } = dataSubjectRequestsPlugin;
    await migrate(house.database, [{ owner, migrations }]);
    const asked = async (matter: RequestMatter, hours: number, controller: ControllerId = SCHOOL) => {
      const subject = await house.identify("school.pupil", matter, controller);
      const { requests } = await house.receive({
        ...{ channel: "page", receivedAt: addHours(NOW, -hours), language: "fr", matters: [matter] },
        requester: { controller, subject, role: "pupil" },
        key: `${matter} ${controller}`,
      });
      return requests[0] ?? "rqs_";
    };
    const [late, soon, calm] = [
      await asked("erasure", 50),
      await asked("access", 40),
      await asked("objection", 1),
    ];
    const theirs = await asked("access", 45, OTHER_SCHOOL);
    const { inquiry } = await house.receive({
      ...{ channel: "mail", receivedAt: NOW, language: "fr", text: "Mes données.", key: "m" },
    });
    const all = await viewDesk(house.ports, "all", { view: "toForward" });
    expect(all.rows.map(({ id }) => id)).toEqual([late, theirs, soon, calm]);
    expect(all).toMatchObject({ more: false, counts: { overdue: 1, inquiries: 1 } });
    expect(all.counts.states).toEqual({ open: 4, forwarded: 0, received: 0, inProgress: 0, closed: 0 });
    expect(all.inquiries?.map(({ id }) => id)).toEqual([inquiry]);
    const own = await viewDesk(house.ports, SCHOOL, { view: "toForward" });
    expect(own.rows.map(({ id }) => id)).toEqual([late, soon, calm]);
    expect(own).toMatchObject({ inquiries: undefined, counts: { overdue: 1, inquiries: 0 } });
    const some = await viewDesk(house.ports, "all", { view: "toForward", matter: "access" });
    expect(some.rows.map(({ id }) => id)).toEqual([theirs, soon]);
    const beyond = await viewDesk(house.ports, "all", { view: "toForward", page: 2 });
    expect(beyond.rows).toEqual([]);
    for (const view of ["withController", "closed"] as const)
      expect((await viewDesk(house.ports, "all", { view })).rows).toEqual([]);
    expect((await viewRequest(house.ports, SCHOOL, soon)).request).toMatchObject({ matter: "access" });
    await expect(viewRequest(house.ports, SCHOOL, theirs)).rejects.toMatchObject({
      code: "REQUEST_NO_REQUEST",
    });
    await expect(viewInquiry(house.ports, "inq_nothing")).rejects.toMatchObject({
      code: "REQUEST_NO_INQUIRY",
    });
  });
});
