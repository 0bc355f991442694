// Runs every test of the MDN HTTP Observatory on the headers and the page given on the standard input, without a network:
// the list of preloaded HSTS sites is empty, and the answers are those that a scan of an HTTPS site would have had.
import fs from "node:fs";
import { pathToFileURL } from "node:url";

const read = fs.readFileSync;
fs.readFileSync = (path, ...more) => (String(path).endsWith("hsts-preload.json") ? "{}" : read(path, ...more));

const folder = process.argv[2];
const load = path => import(pathToFileURL(`${folder}/${path}`));
const { AxiosHeaders } = await load("../../axios/index.js");
const { Requests } = await load("src/types.js");
const { Session } = await load("src/retriever/session.js");
const { parseHttpEquivHeaders } = await load("src/retriever/utils.js");
const { ALL_TESTS } = await load("src/constants.js");
const { getGradeForScore, getScoreModifier } = await load("src/grader/grader.js");

const { headers, page } = JSON.parse(read(0, "utf8"));
const site = new Requests("example.org");
const answer = () => ({
  headers: new AxiosHeaders({ "Content-Type": "text/html", ...headers }),
  request: { headers: new AxiosHeaders() },
  status: 200,
  statusText: "OK",
  verified: true,
  data: page,
  config: { headers: new AxiosHeaders() },
});
for (const name of ["auto", "cors", "http", "https"]) site.responses[name] = answer();
site.resources.path = page;
site.responses.httpRedirects = [
  { url: new URL("http://example.org/"), status: 301 },
  { url: new URL("https://example.org/"), status: 200 },
];
site.responses.httpsRedirects = [{ url: new URL("https://example.org/"), status: 200 }];
site.session = new Session(new URL("https://example.org/"));
site.responses.auto.httpEquiv = parseHttpEquivHeaders(page, "https://example.org/");

const results = ALL_TESTS.map(test => test(site));
const changes = results.map(result => (result.result ? getScoreModifier(result.result) : 0));
const score = 100 + changes.reduce((sum, change) => sum + change, 0);
const failed = results.filter(result => !result.pass).map(result => `${result.constructor.name}: ${result.result}`);
console.log(JSON.stringify({ failed, score, grade: getGradeForScore(score).grade, worst: Math.min(...changes) }));
