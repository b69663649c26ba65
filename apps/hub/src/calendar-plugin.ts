/** The table and the events of calendar feeds. Their routes need every plugin, and are the hub's. */
import { emptyPlugin, type Plugin } from "@preau/kernel";
import { hub001CalendarFeed } from "./migrations/001-calendar-feed.ts";

export const calendarPlugin = {
  ...emptyPlugin,
  id: "calendar",
  tablePrefix: "hub_",
  migrations: [hub001CalendarFeed],
  journalEvents: ["calendar.feedMade", "calendar.feedRevoked"],
} as const satisfies Plugin<object>;
