import { expect, it } from "vitest";
import { supportBridgeOptions } from "../src/options.ts";

it.each(["chat", "api"])("%s is a page of the web, and nothing that a browser would run", (name) => {
  const isTaken = (value: string) => supportBridgeOptions.safeParse({ [name]: value }).success;
  expect(["https://desk.example/x", "http://127.0.0.1:8701/v1"].map(isTaken)).toEqual([true, true]);
  for (const value of [
    "javascript:alert(1)",
    "data:text/html,x",
    "file:///etc/passwd",
    "ftp://desk.example/",
  ])
    expect([value, isTaken(value)]).toEqual([value, false]);
});
