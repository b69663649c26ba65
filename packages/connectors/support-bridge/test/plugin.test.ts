import { pluginContract } from "@preau/testing";
import { supportBridgePlugin } from "../src/index.ts";

pluginContract(supportBridgePlugin);
