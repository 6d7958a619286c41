// Compiles MJML with the reference engine: a JSON string a line in, {html, errors} a line out.
const readline = require("readline");
const mjml2html = require("mjml");

readline.createInterface({ input: process.stdin }).on("line", async (line) => {
  let answer;
  try {
    const { html, errors } = await mjml2html(JSON.parse(line), { validationLevel: "soft", keepComments: true });
    answer = { html, errors: errors.map((each) => `${each.line}: ${each.message}`) };
  } catch (error) {
    answer = { html: "", errors: [String(error.message)] };
  }
  process.stdout.write(JSON.stringify(answer) + "\n");
});
