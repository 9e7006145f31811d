// Grades one recorded answer with the tests and the marks of Mozilla's HTTP Observatory, without its network.
// Usage: node observatory.mjs FOLDER-OF-THE-PACKAGE < {"status", "headers", "body", "cookies"}
// Prints {"score", "grade", "failed": [names of tests]}. That plain HTTP leads to HTTPS is nginx's (deploy/nginx.conf).
import fs from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { pathToFileURL } from "node:url";

const folder = process.argv[2];
const ours = (name) => import(pathToFileURL(path.join(folder, name)));
const theirs = createRequire(path.join(folder, "package.json"));
// Made by the package's own installation from the internet: no host of ours is in it.
const preloaded = path.join(folder, "conf", "hsts-preload.json");
if (!fs.existsSync(preloaded)) fs.writeFileSync(preloaded, "{}");

const { AxiosHeaders } = theirs("axios");
const { CookieJar } = theirs("tough-cookie");
const { Requests } = await ours("src/types.js");
const { ALL_TESTS } = await ours("src/constants.js");
const { getGradeForScore, getScoreModifier } = await ours("src/grader/grader.js");
const { MINIMUM_SCORE_FOR_EXTRA_CREDIT } = await ours("src/grader/charts.js");

const told = JSON.parse(fs.readFileSync(0, "utf8"));
const site = "https://ask.example.org/";
const answer = () => ({
  headers: new AxiosHeaders(told.headers), request: { headers: new AxiosHeaders() },
  status: told.status, statusText: "", verified: true, data: told.body, config: { headers: new AxiosHeaders() },
  httpEquiv: new Map(),
});
const requests = new Requests("ask.example.org");
requests.resources.path = told.body;
Object.assign(requests.responses, { auto: answer(), cors: answer(), http: answer(), https: answer() });
requests.responses.httpRedirects = [
  { url: new URL("http://ask.example.org/"), status: 301 }, { url: new URL(site), status: 200 },
];
requests.responses.httpsRedirects = [{ url: new URL(site), status: 200 }];
const jar = new CookieJar();
for (const cookie of told.cookies) jar.setCookieSync(cookie, `${site}staff/`);
requests.session = { jar, url: new URL(site), redirectHistory: requests.responses.httpRedirects, response: answer() };

const results = ALL_TESTS.map((test) => test(requests)).map((result) => (
  { name: result.constructor.name, pass: result.pass, by: getScoreModifier(result.result), result: result.result }));
const sum = (chosen) => chosen.reduce((total, each) => total + each.by, 100);
const plain = sum(results.filter((each) => each.by < 0));
const score = plain >= MINIMUM_SCORE_FOR_EXTRA_CREDIT ? sum(results) : plain;
const failed = results.filter((each) => !each.pass).map((each) => `${each.name}: ${each.result}`);
const marks = Object.fromEntries(results.map((each) => [each.result, each.by]));
console.log(JSON.stringify({ score, grade: getGradeForScore(score).grade, marks, failed }));
