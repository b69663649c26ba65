/** What anybody may write at the public widget is bounded where nobody knows whose it is (DC, DB.n). */
import { afterAll, beforeAll, expect, it } from "vitest";
import { openWall, TRIED } from "./wall-trial.ts";

let wall: Awaited<ReturnType<typeof openWall>>;
beforeAll(async () => {
  wall = await openWall();
  await wall.unitOfWork.transaction((unit) =>
    wall.known.note(unit, {
      ...{ controller: TRIED, subject: "sub_1", origin: "gar", role: "pupil" },
      words: [
        { kind: "givenName", value: "Wilhelmine" },
        { kind: "familyName", value: "Oustachev" },
      ],
    }),
  );
});
afterAll(() => wall.close());

const NAME = "Wilhelmine Oustachev";
const mask = (text: string, scope: typeof TRIED | "all" = "all", isOurs = false) =>
  wall.unitOfWork.transaction((unit) => wall.wall.mask(unit, text, { scope, language: "fr", isOurs }));
/** The name begins at that place. */
const at = (place: number, before = "voir ici ") =>
  `${before.repeat(Math.ceil(place / before.length)).slice(0, place - 1)} ${NAME} ${"et la suite ".repeat(600)}`;

it("the first 4 kB of a text of nobody's are searched and kept, the rest is masked as a whole and counted", async () => {
  const { text, counts, found } = await mask(at(40));
  expect(text.startsWith("voir ici")).toBe(true);
  expect(text).toContain("[nom]");
  expect(text).toMatch(/\[suite du message non conservée\]$/);
  expect(counts).toEqual({ name: 1, rest: 1 });
  expect(found.at(-1)?.end).toBe(at(40).length);
  expect((await mask(`${NAME} court`)).counts).toEqual({ name: 1 });
});

it("no part of a name is left, wherever the search ends in it", async () => {
  for (const place of [3_800, 3_825, 3_831, 3_839, 3_840, 3_845, 4_070, 4_080, 4_090, 4_096, 4_100]) {
    const { text } = await mask(at(place));
    expect([place, /Wilhel|stachev/.exec(text)]).toEqual([place, null]);
    expect([place, text.split("[nom]").length <= 2]).toEqual([place, true]);
  }
});

it("offsets lie in what is kept: every piece that is not masked stands in both texts", async () => {
  const whole = `${NAME}, 06 12 34 56 78. ${at(3_835)}`;
  const { text, found } = await mask(whole);
  let from = 0;
  for (const { start, end } of found) {
    expect(text).toContain(whole.slice(from, start));
    from = end;
  }
  expect(from).toBe(whole.length);
});

it("one controller's texts, and our own people's, are searched whole", async () => {
  for (const masked of [await mask(at(9_000), TRIED), await mask(at(9_000), "all", true)])
    expect(masked.counts).toEqual({ name: 1 });
}, 60_000);

it("others are served between two rounds of a text of nobody's", async () => {
  let turns = 0;
  let isOver = false;
  const turn = () => {
    turns += 1;
    if (!isOver) setImmediate(turn);
  };
  setImmediate(turn);
  await wall.unitOfWork.transaction(async (unit) => {
    const before = turns;
    await wall.known.lookIn(unit, "all", ({ has }) => ["a", "b", "c"].map((each) => has(each.repeat(32))));
    expect(turns).toBeGreaterThan(before);
  });
  isOver = true;
});
