import net from "node:net";
import { expect, it, onTestFinished } from "vitest";
import { openDatabase } from "../src/index.ts";

it("gives up on a server that says nothing", async () => {
  const silent = net.createServer(() => undefined);
  await new Promise<void>((resolve) => silent.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void silent.close());
  const { port } = silent.address() as net.AddressInfo;
  const start = performance.now();
  await expect(openDatabase({ url: `mysql://preau@127.0.0.1:${port}/preau` })).rejects.toMatchObject({
    code: "DATABASE_UNREACHABLE",
  });
  expect(performance.now() - start).toBeLessThan(20_000);
});
