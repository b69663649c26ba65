/** Writes a package that is larger than the shell lets any file become; says with which code it ended. */
import { systemClock } from "@preau/kernel";
import { writePackage } from "../../src/write-package.ts";
import { contentOf, noise } from "../package.ts";

const [, , out = ""] = process.argv;
try {
  const content = contentOf([{ path: "big", bytes: () => noise(8 * 1024 * 1024), packed: true }]);
  await writePackage(content, { out, protection: { kind: "none" }, at: systemClock.now() });
} catch (error) {
  process.stdout.write(JSON.stringify(error));
}
