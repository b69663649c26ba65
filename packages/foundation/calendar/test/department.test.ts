import { describe, expect, it } from "vitest";
import { placeOf, placeOfRegion, regions } from "../src/index.ts";

const refused = (code: string, work: () => unknown) =>
  expect(work).toThrow(expect.objectContaining({ code }) as Error);

describe("the calendar of a département, a postcode or a school", () => {
  it.each([
    ["01", "metropole", "Europe/Paris"],
    ["35", "metropole", "Europe/Paris"],
    ["95", "metropole", "Europe/Paris"],
    ["20", "metropole", "Europe/Paris"],
    ["2A", "metropole", "Europe/Paris"],
    [" 2b ", "metropole", "Europe/Paris"],
    ["57", "alsace-moselle", "Europe/Paris"],
    ["67", "alsace-moselle", "Europe/Paris"],
    ["68", "alsace-moselle", "Europe/Paris"],
    ["971", "guadeloupe", "America/Guadeloupe"],
    ["972", "martinique", "America/Martinique"],
    ["973", "guyane", "America/Cayenne"],
    ["974", "la-reunion", "Indian/Reunion"],
    ["975", "saint-pierre-et-miquelon", "America/Miquelon"],
    ["976", "mayotte", "Indian/Mayotte"],
    ["977", "saint-barthelemy", "America/St_Barthelemy"],
    ["978", "saint-martin", "America/Marigot"],
    ["57000", "alsace-moselle", "Europe/Paris"],
    ["67100", "alsace-moselle", "Europe/Paris"],
    ["35700", "metropole", "Europe/Paris"],
    ["20200", "metropole", "Europe/Paris"],
    ["2A004", "metropole", "Europe/Paris"],
    ["97110", "guadeloupe", "America/Guadeloupe"],
    ["97133", "saint-barthelemy", "America/St_Barthelemy"],
    ["97150", "saint-martin", "America/Marigot"],
    ["97400", "la-reunion", "Indian/Reunion"],
    ["97500", "saint-pierre-et-miquelon", "America/Miquelon"],
    ["97600", "mayotte", "Indian/Mayotte"],
    ["0570054N", "alsace-moselle", "Europe/Paris"],
    ["057", "alsace-moselle", "Europe/Paris"],
    ["0680001A", "alsace-moselle", "Europe/Paris"],
    ["0951099D", "metropole", "Europe/Paris"],
    ["6200001A", "metropole", "Europe/Paris"],
    ["720", "metropole", "Europe/Paris"],
    ["9740001A", "la-reunion", "Indian/Reunion"],
  ])("%s is %s, on the clocks of %s", (code, region, zone) => {
    expect(placeOf(code)).toMatchObject({ region, zone });
  });

  it("gives every region a zone of its own clocks, known to the machine", () => {
    for (const region of regions) {
      const { zone } = placeOfRegion(region);
      expect(new Intl.DateTimeFormat("fr", { timeZone: zone }).resolvedOptions().timeZone).not.toBe("UTC");
    }
  });

  it("says of Good Friday what it is told, in Alsace-Moselle alone", () => {
    expect(placeOf("57")).toEqual({ region: "alsace-moselle", zone: "Europe/Paris", goodFriday: "unknown" });
    expect(placeOf("67", "holiday")).toMatchObject({ goodFriday: "holiday" });
    expect(placeOf("35", "holiday")).toEqual({ region: "metropole", zone: "Europe/Paris" });
  });

  it.each([
    "",
    "0",
    "00",
    "96",
    "98",
    "99",
    "1",
    "7",
    "100",
    "979",
    "970",
    "986",
    "987",
    "988",
    "99138",
    "98000",
    "96000",
    "00100",
    "5700",
    "570000",
    "57 000",
    "0960001A",
    "0990001A",
    "9860001A",
    "057005N",
    "moselle",
    "2C",
    "FR",
    "constructor",
    "-57",
  ])("refuses %j, never taking it for the mainland", (code) =>
    refused("CALENDAR_UNKNOWN_DEPARTMENT", () => placeOf(code)),
  );

  it.each(["9710035L", "97098", "97051"])(
    "refuses %s, which three islands with three calendars share",
    (code) => refused("CALENDAR_AMBIGUOUS_DEPARTMENT", () => placeOf(code)),
  );
});
