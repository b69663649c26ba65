import { type Instant, instant } from "@preau/kernel";
import { describe, expect, it } from "vitest";
import { makeAgenda, type Task } from "../../src/brevo/agenda.ts";

const release = (messageId: string): Task => ({ kind: "release", messageId });

function agendaAt(done: string[], perform?: (task: Task) => void) {
  const start: Instant = instant("2026-03-02T08:00:00.000Z");
  const clock = { now: () => start, monotonic: () => 0 };
  return makeAgenda({
    ...{ clock, speed: 1 },
    perform:
      perform ??
      ((task) => {
        if (task.kind === "release") done.push(task.messageId);
      }),
  });
}

describe("what is due later", () => {
  it("is done in the order of its time, and in that in which it came", async () => {
    const done: string[] = [];
    const agenda = agendaAt(done);
    for (const [seconds, name] of [
      [20, "c"],
      [10, "a"],
      [10, "b"],
      [30, "d"],
    ] as const)
      agenda.after(seconds, release(name));
    await agenda.advance(20);
    expect(done).toEqual(["a", "b", "c"]);
    expect(agenda.now()).toBe(Date.parse("2026-03-02T08:00:20.000Z"));
    await agenda.stop();
  });

  it("comes within one jump when it follows from what came before, at its own time", async () => {
    const at: number[] = [];
    const agenda = agendaAt([], () => {
      at.push(agenda.now());
      if (at.length < 3) agenda.after(600, release("next"));
    });
    const from = agenda.now();
    agenda.after(600, release("first"));
    await agenda.advance(3_600);
    expect(at.map((each) => each - from)).toEqual([600_000, 1_200_000, 1_800_000]);
    await agenda.stop();
  });

  it("is taken up by the next process, at the time that the first had reached", async () => {
    const done: string[] = [];
    const first = agendaAt(done);
    first.after(100, release("a"));
    first.after(5_000, release("b"));
    first.drop((task) => task.kind === "release" && task.messageId === "a");
    await first.advance(1_000);
    const left: unknown = JSON.parse(JSON.stringify(first.left()));
    await first.stop();
    const next = agendaAt(done);
    next.resume(left as ReturnType<typeof first.left>);
    await next.advance(3_999);
    expect(done).toEqual([]);
    await next.advance(1);
    expect(done).toEqual(["b"]);
    await next.stop();
  });
});
