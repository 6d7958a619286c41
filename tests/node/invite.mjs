// Reads invitations with the parser of Thunderbird's calendar: an iCalendar text a line in (as JSON), its event out.
import readline from "node:readline";
import ICAL from "ical.js";

readline.createInterface({ input: process.stdin }).on("line", (line) => {
  const calendar = new ICAL.Component(ICAL.parse(JSON.parse(line)));
  const event = new ICAL.Event(calendar.getFirstSubcomponent("vevent"));
  const guest = event.attendees[0];
  process.stdout.write(
    JSON.stringify({
      method: calendar.getFirstPropertyValue("method"),
      uid: event.uid,
      start: event.startDate.toUnixTime(),
      end: event.endDate.toUnixTime(),
      title: event.summary,
      place: event.location,
      organizer: event.organizer,
      guest: guest && [guest.getFirstValue(), guest.getParameter("rsvp"), guest.getParameter("cn")],
    }) + "\n",
  );
});
