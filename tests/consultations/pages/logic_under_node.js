// Runs trees through the page's own script: a line of JSON in for each case, a line out.
"use strict";
const fs = require("fs");
const vm = require("vm");

const script = vm.createContext({});
vm.runInContext(fs.readFileSync(process.argv[2], "utf-8"), script);
const read = vm.runInContext("({string: text, number, boolean: truth, evaluate})", script);

for (const line of fs.readFileSync(0, "utf-8").split("\n").filter(Boolean)) {
  const {tree, fields, kind} = JSON.parse(line);
  const given = {
    get: name => (fields[name] ? fields[name][0] : null),
    getAll: name => fields[name] || [],
  };
  const found = read[kind](read.evaluate(tree, given));
  console.log(JSON.stringify(kind === "number" ? String(found) : found));
}
