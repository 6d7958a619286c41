// Reads Adaptive Cards with the library Microsoft publishes: a JSON card a line in; faults, inputs and buttons out.
// A client of version 1.0 that knows what Outlook adds to it: https://learn.microsoft.com/outlook/actionable-messages/adaptive-card
const readline = require("readline");
const ac = require("./node_modules/adaptivecards/dist/adaptivecards.js");

const elements = new ac.CardObjectRegistry();
ac.GlobalRegistry.populateWithDefaultElements(elements);
elements.unregister("ActionSet");
elements.register("ActionSet", ac.ActionSet, ac.Versions.v1_0);
const actions = new ac.CardObjectRegistry();
ac.GlobalRegistry.populateWithDefaultActions(actions);
actions.register("Action.Http", ac.HttpAction, ac.Versions.v1_0);
actions.unregister("Action.ToggleVisibility");
actions.register("Action.ToggleVisibility", ac.ToggleVisibilityAction, ac.Versions.v1_0);

// What Action.ToggleVisibility needs, which Outlook has as well.
const ADDED = /^Property "(targetElements|isVisible)" is supported in version 1\.2/;

readline.createInterface({ input: process.stdin }).on("line", (line) => {
  const context = new ac.SerializationContext(ac.Versions.v1_0);
  context.setElementRegistry(elements);
  context.setActionRegistry(actions);
  const card = new ac.AdaptiveCard();
  card.parse(JSON.parse(line), context);
  const faults = card.validateProperties().validationEvents.map((event) => event.message);
  for (let at = 0; at < context.eventCount; at++) faults.push(context.getEventAt(at).message);
  const inputs = card.getAllInputs().map((input) => input.id);
  const buttons = [];
  for (let at = 0; at < card.getActionCount(); at++) buttons.push(card.getActionAt(at).title);
  const told = faults.filter((fault) => !ADDED.test(fault));
  process.stdout.write(JSON.stringify({ faults: told, inputs, buttons, version: card.version.toString() }) + "\n");
});
