import { pluginContract } from "@preau/testing";
import { dataExportPlugin } from "../src/plugin.ts";

pluginContract(dataExportPlugin);
