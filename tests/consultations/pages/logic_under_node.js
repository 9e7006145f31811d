// Runs trees through the page's own script: a line of JSON in for each case, a line out.
"use strict";
const fs = require("fs");
const vm = require("vm");

const script = vm.createContext({});
vm.runInContext(fs.readFileSync(process.argv[2], "utf-8"), script);
const read = vm.runInContext("({string: text, number, boolean: truth, evaluate})", script);

// The questions that are open once nothing opens or closes any more, as in `follow`, which has a page to work on.
function open({conditions, controls, fields}) {
  const names = Object.keys(conditions);
  let closed = new Set(names);
  for (let rounds = 0; rounds <= names.length; rounds++) {
    const sent = {...fields};
    for (const name of closed) for (const control of controls[name]) delete sent[control];
    const given = {get: name => (sent[name] ? sent[name][0] : null), getAll: name => sent[name] || []};
    closed = new Set(names.filter(name => !read.boolean(read.evaluate(conditions[name], given))));
  }
  return names.filter(name => !closed.has(name));
}

for (const line of fs.readFileSync(0, "utf-8").split("\n").filter(Boolean)) {
  const {tree, fields, kind} = JSON.parse(line);
  if (!kind) {
    console.log(JSON.stringify(open(JSON.parse(line))));
    continue;
  }
  const given = {
    get: name => (fields[name] ? fields[name][0] : null),
    getAll: name => fields[name] || [],
  };
  const found = read[kind](read.evaluate(tree, given));
  console.log(JSON.stringify(kind === "number" ? String(found) : found));
}
