import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { flattenAttributes } from "../src/cas/flatten-attributes.ts";
import { readLogoutRequest } from "../src/cas/read-logout-request.ts";
import { readServiceResponse } from "../src/cas/read-service-response.ts";
import { casNs, successXml } from "./cas-server.ts";

const refused = expect.objectContaining({ code: "GAR_SIGN_IN_REFUSED" }) as Error;

function flat(inside: string, ...wanted: readonly string[]) {
  const answer = readServiceResponse(successXml(inside));
  if (!("user" in answer)) throw new TypeError("no success");
  return Object.fromEntries(flattenAttributes(answer.beside, new Set(wanted)));
}

describe("attributes of a CAS answer under flat names (CAS 3.0 §2.5.7)", () => {
  it("side by side, as the GAR writes them", () => {
    expect(
      flat(
        "<cas:attributes>\n <cas:DIV>1##A</cas:DIV>\n <cas:DIV> 2##B </cas:DIV><cas:CIV/></cas:attributes>",
      ),
    ).toEqual({ DIV: ["1##A", "2##B"], CIV: [""] });
  });

  const nested =
    '<cas:login>eve</cas:login><cas:schools><cas:school externalId="0999999F" main="true" name="École A"/>' +
    '<cas:school externalId="0999998E" name="École B"/></cas:schools>' +
    '<cas:classes><cas:classe externalId="c1$CM2">CM2</cas:classe></cas:classes>' +
    "<cas:ENTPersonProfils><cas:ENTPersonProfil>National_ENS</cas:ENTPersonProfil></cas:ENTPersonProfils>";
  const flattened = {
    login: ["eve"],
    "schools.school@externalId": ["0999999F", "0999998E"],
    "schools.school@main": ["true"],
    "schools.school@name": ["École A", "École B"],
    "schools.school": ["", ""],
    "classes.classe@externalId": ["c1$CM2"],
    "classes.classe": ["CM2"],
    "ENTPersonProfils.ENTPersonProfil": ["National_ENS"],
  };
  it.each([
    ["beside the user", nested],
    ["in userAttributes", `<cas:userAttributes>${nested}</cas:userAttributes>`],
    ["in UserAttributes", `<cas:UserAttributes>${nested}</cas:UserAttributes>`],
    ["in attributes", `<cas:attributes>${nested}</cas:attributes>`],
    [
      "in userAttributes in attributes",
      `<cas:attributes><cas:userAttributes>${nested}</cas:userAttributes></cas:attributes>`,
    ],
  ])("nested, %s, under the same names", (_where, inside) => {
    expect(flat(inside)).toEqual(flattened);
  });

  it("as one pair of the GAR's grammar where the configuration asks for it", () => {
    const { "classes.classe": _label, "classes.classe@externalId": _code, ...rest } = flattened;
    expect(flat(nested, "classes.classe@externalId##")).toEqual({
      ...rest,
      "classes.classe@externalId##": ["c1$CM2##CM2"],
    });
  });

  it("as no pair that its own separator would cut", () => {
    const inside = '<cas:c id="a##b">x</cas:c><cas:c id="c"/>';
    expect(flat(inside, "c@id##")).toEqual({ "c@id##": ["##x", "c##"] });
  });

  it("by the name that `cas:attribute` gives", () => {
    const inside =
      '<cas:attribute name="sn">Durand</cas:attribute><cas:attribute name="memberOf">a</cas:attribute><cas:attribute name="memberOf">b</cas:attribute>';
    expect(flat(`<cas:attributes>${inside}</cas:attributes>`)).toEqual({
      sn: ["Durand"],
      memberOf: ["a", "b"],
    });
  });

  it("without what is nil, and without namespaced markup", () => {
    const xsi = 'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"';
    expect(flat(`<cas:a ${xsi} xsi:nil="true"/><cas:b ${xsi} xsi:type="string">x</cas:b>`)).toEqual({
      b: ["x"],
    });
  });

  it("without what CAS says of the sign-in, and of at most 100 names", () => {
    expect(flat("<cas:isFromNewLogin>true</cas:isFromNewLogin><cas:a>x</cas:a>")).toEqual({ a: ["x"] });
    const names = (count: number) => Array.from({ length: count }, (_, n) => `<cas:a${n}/>`).join("");
    expect(Object.keys(flat(names(100)))).toHaveLength(100);
    expect(() => flat(names(101))).toThrow(refused);
  });

  it("never under a name or with a value that did not come", () => {
    const name = fc.stringMatching(/^[A-Za-z_][A-Za-z0-9_]{0,6}$/);
    const value = fc.stringMatching(/^[a-z #|]{0,8}$/);
    const { tree } = fc.letrec<{ tree: string; leaf: string; node: string }>((tie) => ({
      tree: fc.oneof({ depthSize: "small" }, tie("leaf"), tie("node")),
      leaf: fc.tuple(name, value).map(([tag, text]) => `<cas:${tag}>${text}</cas:${tag}>`),
      node: fc
        .tuple(name, fc.array(tie("tree"), { minLength: 1, maxLength: 3 }))
        .map(([tag, children]) => `<cas:${tag}>${children.join("")}</cas:${tag}>`),
    }));
    fc.assert(
      fc.property(fc.array(tree, { maxLength: 4 }), (trees) => {
        const inside = trees.join("");
        fc.pre(!/cas:(?:user|proxies|proxyGrantingTicket)[> ]/i.test(inside));
        const texts = new Set([...inside.matchAll(/>([^<]*)</g)].map(([, text = ""]) => text.trim()));
        const tags = new Set([...inside.matchAll(/<cas:([^>]+)>/g)].map(([, tag]) => tag));
        for (const [path, values] of Object.entries(flat(`<cas:attributes>${inside}</cas:attributes>`))) {
          for (const part of path.split(".")) expect(tags).toContain(part);
          for (const each of values) expect(texts).toContain(each);
        }
      }),
      { numRuns: 50 },
    );
  });
});

describe("texts that no CAS server writes", () => {
  const whatever = fc.oneof(
    fc.string(),
    fc.string().map((text) => `<cas:serviceResponse ${casNs}>${text}</cas:serviceResponse>`),
    fc
      .string()
      .map((text) => `<samlp:LogoutRequest xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol">${text}`),
  );
  it("are refused, and break nothing", () => {
    fc.assert(
      fc.property(whatever, (text) => {
        expect(() => readServiceResponse(text)).toThrow(refused);
        expect(() => readLogoutRequest(text, { now: 0, clockSkewMs: 0 })).toThrow(refused);
      }),
    );
  });

  it.each([
    ["elements without end", "<cas:a>".repeat(9_000)],
    ["attributes without end", `<cas:a ${Array.from({ length: 5_000 }, (_, n) => `a${n}=""`).join(" ")}/>`],
    ["depth without end", `${"<cas:a>".repeat(50)}${"</cas:a>".repeat(50)}`],
    ["too many elements", "<cas:a/>".repeat(1_100)],
  ])("are refused at the cap: %s", (_name, inside) => {
    expect(() => readServiceResponse(successXml(inside))).toThrow(refused);
  });
});
