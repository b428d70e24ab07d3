// node messages.mjs FROM TO: the page that the Cucumber project's formatter makes of messages.
import { once } from "node:events";
import { createReadStream, createWriteStream } from "node:fs";
import { createInterface } from "node:readline";
import { CucumberHtmlStream } from "@cucumber/html-formatter";

const [from, to] = process.argv.slice(2);
const page = new CucumberHtmlStream();
const written = createWriteStream(to);
page.pipe(written);
for await (const line of createInterface({ input: createReadStream(from) })) page.write(JSON.parse(line));
page.end();
await once(written, "finish");
