import { pluginContract } from "@preau/testing";
import { subprocessorsPlugin } from "../src/index.ts";

pluginContract(subprocessorsPlugin);
