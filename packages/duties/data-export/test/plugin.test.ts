import { type Ports } from "@preau/kernel";
import { pluginContract } from "@preau/testing";
import { dataExportPlugin } from "../src/plugin.ts";

pluginContract(dataExportPlugin, { ports: {} as Partial<Ports> });
