// Validates AMP emails with the official validator: a JSON string a line in, a JSON object a line out.
// The engine is the file named on the command line; without it the validator would ask the network for one.
const readline = require("readline");
const validator = require("amphtml-validator");

validator.getInstance(process.argv[2]).then((engine) => {
  readline.createInterface({ input: process.stdin }).on("line", (line) => {
    const { status, errors } = engine.validateString(JSON.parse(line), "AMP4EMAIL");
    const faults = errors.map((each) => `${each.line}:${each.col} ${each.severity} ${each.code}: ${each.message}`);
    process.stdout.write(JSON.stringify({ status, faults }) + "\n");
  });
});
