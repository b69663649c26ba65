import { describe, expect, it } from "vitest";
import { webRoutes } from "../src/index.ts";
import { startApplication } from "./application.ts";

const routes = webRoutes([
  {
    method: "post",
    path: "/upload",
    who: "anyone",
    body: "multipart",
    bodyLimit: 2_000,
    csrfExempt: "this test looks at the body alone",
    handler: (request, response) => {
      response.json({ form: [...request.form], bytes: request.bytes.toString("hex") });
    },
  },
]);

async function send(body: string | Buffer, type = 'multipart/form-data; boundary="x"') {
  const site = await startApplication(routes);
  const { status, text } = await site.visit("/upload", {
    method: "POST",
    headers: { "content-type": type },
    body,
  });
  return {
    status,
    body: status === 200 ? (JSON.parse(text) as { form: string[][]; bytes: string }) : undefined,
  };
}
const part = (name: string, value: string, file = "") =>
  `--x\r\nContent-Disposition: form-data; name="${name}"${file}\r\n\r\n${value}\r\n`;

describe("a form with a file (RFC 7578)", () => {
  it("gives fields as a form and the file's bytes as they are", async () => {
    const body = Buffer.from(`${part("a", "é")}${part("f", "\u0000\r\n;", '; filename="f.csv"')}--x--\r\n`);
    expect(await send(body)).toEqual({ status: 200, body: { form: [["a", "é"]], bytes: "000d0a3b" } });
  });

  it("takes the first of several files, and none for no bytes", async () => {
    const two = `${part("f", "1", '; filename="1"')}${part("g", "2", '; filename="2"')}--x--\r\n`;
    expect((await send(two)).body?.bytes).toBe("31");
    expect(await send("")).toEqual({ status: 200, body: { form: [], bytes: "" } });
  });

  it.each([
    { defect: "another kind of body", body: "a=b", type: "application/x-www-form-urlencoded", status: 415 },
    { defect: "no boundary", body: part("a", "b"), type: "multipart/form-data", status: 400 },
    { defect: "no end", body: part("a", "b"), type: undefined, status: 400 },
    { defect: "no parts", body: "hello", type: undefined, status: 400 },
    {
      defect: "too many bytes",
      body: `${part("a", "b".repeat(3_000))}--x--\r\n`,
      type: undefined,
      status: 413,
    },
  ])("refuses what is none: $defect", async ({ body, type, status }) => {
    expect((await send(body, type)).status).toBe(status);
  });
});
