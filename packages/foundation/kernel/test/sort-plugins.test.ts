import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { emptyPlugin, isFault, type Plugin, type PortName, sortPlugins } from "../src/index.ts";

const plugin = (id: string, change: Partial<Plugin> = {}): Plugin => ({ ...emptyPlugin, id, ...change });
const up = () => Promise.resolve();
const idsOf = (plugins: readonly Plugin[]) => plugins.map((each) => each.id);

function refusal(plugins: readonly Plugin[], given: readonly PortName[] = []): string {
  try {
    sortPlugins(plugins, given);
  } catch (error) {
    if (isFault(error, "PLUGIN_BAD_LIST")) return error.place ?? "";
    throw error;
  }
  return "accepted";
}

describe("the plugin list", () => {
  it("puts providers before those who require them, then goes by id", () => {
    const list = [
      plugin("a", { requires: ["journal"] }),
      plugin("c", { provides: ["journal"], requires: ["jobs"] }),
      plugin("d", { provides: ["jobs"] }),
      plugin("b"),
    ];
    expect(idsOf(sortPlugins(list))).toEqual(["b", "d", "c", "a"]);
  });

  it("has one order, whatever the order in which it was written", () => {
    const list = ["a", "b", "c", "d", "e", "f"].map((id, index) =>
      plugin(id, {
        ...(index === 2 ? { provides: ["gate"] } : {}),
        ...(index === 5 ? { provides: ["jobs"] } : {}),
        ...(index < 2 ? { requires: ["gate", "jobs"] } : {}),
      }),
    );
    const order = idsOf(sortPlugins(list));
    fc.assert(
      fc.property(fc.shuffledSubarray(list, { minLength: list.length }), (shuffled) => {
        const given = [...shuffled];
        expect(idsOf(sortPlugins(shuffled))).toEqual(order);
        expect(shuffled).toEqual(given);
      }),
    );
  });

  it("takes what the hub gives as provided", () => {
    expect(idsOf(sortPlugins([plugin("a", { requires: ["clock"] })], ["clock"]))).toEqual(["a"]);
  });

  it("names the plugin and the port that nobody provides", () => {
    expect(refusal([plugin("a", { requires: ["journal", "clock"] })], ["clock"])).toBe("a requires journal");
  });

  it("names a plugin of a circle", () => {
    const circle = [
      plugin("a", { requires: ["jobs"], provides: ["journal"] }),
      plugin("b", { requires: ["journal"], provides: ["jobs"] }),
    ];
    expect(refusal(circle)).toBe("a requires jobs");
  });

  it("refuses a plugin that requires only what it provides itself", () => {
    expect(refusal([plugin("a", { requires: ["jobs"], provides: ["jobs"] })])).toBe("a requires jobs");
  });

  const entry = { status: 400, exit: 2, says: { en: "No.", fr: "Non." } } as const;
  const page = { path: "/x", title: { en: "X", fr: "X" }, who: "anyone" } as const;
  const command = { name: "x", summary: { en: "X", fr: "X" }, run: () => Promise.resolve(0) };
  it.each<[string, Partial<Plugin>, Partial<Plugin>]>([
    ["table prefix aaa_", { tablePrefix: "aaa_" }, { tablePrefix: "aaa_" }],
    ["error X_Y", { errors: { X_Y: entry } }, { errors: { X_Y: entry } }],
    ["page /x", { pages: [page] }, { pages: [page] }],
    ["command x", { commands: [command] }, { commands: [command] }],
    ["port jobs", { provides: ["jobs"] }, { provides: ["jobs"] }],
  ])("refuses a repeated %s", (what, one, other) => {
    expect(refusal([plugin("a", one), plugin("b", other)])).toBe(`b repeats ${what} of a`);
  });

  it("refuses a repeated id", () => {
    expect(refusal([plugin("a"), plugin("a")])).toBe("a repeats id a of a");
  });

  it("refuses a migration without the prefix, or twice", () => {
    const [right, wrong] = [
      { id: "aaa_001_x", up },
      { id: "bbb_001_x", up },
    ];
    expect(refusal([plugin("a", { migrations: [right] })])).toBe("a: migration aaa_001_x lacks the prefix");
    expect(refusal([plugin("a", { tablePrefix: "aaa_", migrations: [wrong] })])).toContain(
      "lacks the prefix",
    );
    expect(refusal([plugin("a", { tablePrefix: "aaa_", migrations: [right, right] })])).toContain(
      "repeats migration",
    );
    expect(refusal([plugin("a", { tablePrefix: "aaa_", migrations: [right] })])).toBe("accepted");
  });
});
