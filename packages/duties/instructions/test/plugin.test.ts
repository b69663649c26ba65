import { pluginContract } from "@preau/testing";
import { instructionsPlugin } from "../src/index.ts";

pluginContract(instructionsPlugin);
