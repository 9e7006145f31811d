// Questions that open and close in place. Conditions are trees from forms/expressions/in_place.py.
"use strict";

// Values: booleans, numbers, texts, lists of texts (nodes), dates {days, text}.
const SPACE = "[\\t-\\r\\x1c- \\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]+";
const MOMENT = /^[\t-\r ]*(\d{4})-(\d\d?)-(\d\d?)(T(\d\d)(?::(\d\d)(?::(\d\d(?:\.\d+)?))?)?(Z|[+-]\d\d(?::?\d\d)?)?)?[\t-\r ]*$/;
const DAY = 864e5;

const digits = (number, length) => String(number).padStart(length, "0");
const letters = text => Array.from(text);
const trimmed = text => text.replace(new RegExp(`^${SPACE}|${SPACE}$`, "g"), "");
const words = value => text(value).split(new RegExp(SPACE)).filter(word => word);
const flat = values => [].concat(...values);

// Days since 1970; NaN where there is no such day.
function dayOf(year, month, day) {
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  return year > 0 && date.getUTCMonth() == month - 1 && date.getUTCDate() == day ? date / DAY : NaN;
}

// On the clocks of its own zone, or of ours (UTC).
function daysOf(written, ours) {
  const found = MOMENT.exec(written);
  if (!found || (found[4] && (found[2] + found[3]).length < 4)) return NaN;
  const [hours, minutes, seconds] = [found[5] || 0, found[6] || 0, found[7] || 0];
  const [, sign, ahead, more] = /([+-])(\d\d):?(\d*)/.exec(found[8]) || [0, "+", 0, 0];
  if (hours > 23 || minutes > 59 || seconds >= 60 || ahead > 23 || more > 59) return NaN;
  const minute = +(sign + 1) * (ahead * 60 + +more);
  return dayOf(+found[1], found[2], found[3]) + (hours * 3600 + minutes * 60 + +seconds) / 86400 - (ours ? minute / 1440 : 0);
}

function dated(days) {
  const date = new Date(Math.floor(days) * DAY), year = date.getUTCFullYear();
  if (!(year > 0 && year < 1e4)) return "";
  const parts = [digits(year, 4), digits(date.getUTCMonth() + 1, 2), digits(date.getUTCDate(), 2)];
  return {days: Math.floor(days), text: parts.join("-"), parts};
}

const moment = value => typeof value == "number" ? value : typeof value == "boolean" ? NaN : value.text ? value.days : daysOf(text(value), 1);

function text(value) {
  if (Array.isArray(value)) return value[0] || "";
  if (typeof value == "number") return value == value ? written(value) : "";
  return value.text || String(value);
}

function written(number) {
  const [mantissa, exponent] = String(number).split("e");
  if (!exponent) return mantissa;
  const [, sign, whole, part = ""] = /(-?)(\d)\.?(\d*)/.exec(mantissa);
  const zeros = "0".repeat(Math.abs(exponent));
  return sign + (exponent < 0 ? "0." + zeros.slice(1) + whole + part : whole + part + zeros.slice(part.length));
}

function number(value) {
  if (Array.isArray(value)) value = text(value);
  if (typeof value == "string") return /^[\t-\r ]*-?(\d+\.?\d*|\.\d+)[\t-\r ]*$/.test(value) ? +value : value.length > 7 ? daysOf(value) : NaN;
  return value.text ? value.days : +value;
}

const truth = value => Array.isArray(value) ? value.length > 0 : !!value;

const isThere = value => Array.isArray(value) ? value.some(trimmed) : truth(value);
const apart = value => Array.isArray(value) ? value.map(node => [node]) : [value];

const each = value => Array.isArray(value) ? value : [value];
const some = (left, right, test) => each(left).some(a => each(right).some(b => test(a, b)));
const isSame = (a, b) => typeof a == "string" && typeof b == "string" ? a == b : number(a) == number(b);
const compared = test => (left, right) => some(left, right, (a, b) => test(number(a), number(b)));
const matched = wanted => (left, right) =>
  typeof left == "boolean" || typeof right == "boolean"
    ? (truth(left) == truth(right)) == wanted
    : some(left, right, (a, b) => isSame(a, b) == wanted);
const numeric = work => (...given) => (given = given.map(number)).some(isNaN) ? NaN : work(...given);
const texts = work => (...given) => work(...given.map(text));
const extreme = work => (...given) => (given = flat(given)).length ? numeric(work)(...given) : NaN;

function round(value, places = 0) {
  value = number(value);
  places = Math.trunc(Math.max(-400, Math.min(400, number(places))));
  const moved = (number, by) => (number = String(number).split("e"), +(number[0] + "e" + (+(number[1] || 0) + by)));
  const shifted = moved(value, places), result = moved(Math.round(shifted), -places);
  return places != places ? NaN : isFinite(shifted) && value ? result : value;
}

function between(least, most, sum) {
  [least, most] = [number(least), number(most)];
  return least == least && most == most && (least < 0 || sum >= least) && (most < 0 || sum <= most);
}

function weighted(pairs) {
  let sum = 0;
  for (let at = 0; at + 1 < pairs.length; at += 2) {
    const weights = apart(pairs[at + 1]);
    apart(pairs[at]).slice(0, weights.length).forEach((one, place) => sum += isThere(one) ? number(weights[place]) : 0);
  }
  return sum;
}

function substr(from, ...places) {
  places = places.map(number);
  return places.some(isNaN) ? "" : letters(text(from)).slice(...places.map(Math.trunc)).join("");
}

function substring(from, start, length) {
  start = round(start);
  const end = length === undefined ? Infinity : start + round(length);
  return letters(text(from)).filter((_, at) => start <= at + 1 && at + 1 < end).join("");
}

function translate(from, before, after) {
  [before, after] = [letters(before), letters(after)];
  return letters(from).map(letter => before.includes(letter) ? after[before.indexOf(letter)] || "" : letter).join("");
}

function formatted(value, pattern) {
  const {parts: [year, month, day] = []} = dated(moment(value));
  const known = {Y: year, y: year && year.slice(2), m: month, n: +month, d: day, e: +day, "%": "%"};
  return year ? pattern.replace(/%(.)/g, (_, part) => known[part]) : "";
}

const FUNCTIONS = {
  "and": (...given) => given.every(truth),
  "or": (...given) => given.some(truth),
  "=": matched(true),
  "!=": matched(false),
  "<": compared((a, b) => a < b),
  "<=": compared((a, b) => a <= b),
  ">": compared((a, b) => a > b),
  ">=": compared((a, b) => a >= b),
  "+": numeric((a, b) => a + b),
  "-": numeric((a, b) => a - b),
  "*": numeric((a, b) => a * b),
  "div": numeric((a, b) => a / b),
  "mod": numeric((a, b) => a % b),
  "neg": numeric(a => -a),
  "|": (...given) => flat(given).map(text),
  "if": (condition, yes, no) => truth(condition) ? yes : no,
  "coalesce": (...given) => given.map(text).find(one => one) || "",
  "true": () => true,
  "false": () => false,
  "boolean": truth,
  "not": value => !truth(value),
  "boolean-from-string": value => /^(true|1)$/.test(text(value)),
  "checklist": (least, most, ...given) => between(least, most, flat(given.map(apart)).filter(isThere).length),
  "weighted-checklist": (least, most, ...given) => between(least, most, weighted(given)),
  "selected": (value, choice) => (words(value).length ? words(value) : [""]).includes(trimmed(text(choice))),
  "selected-at": (value, place) => (place = number(place)) > -1 && words(value)[Math.trunc(place)] || "",
  "count-selected": value => words(value).length,
  "string": text,
  "string-length": value => letters(text(value)).length,
  "normalize-space": value => text(value).split(/[ \t\r\n]+/).filter(one => one).join(" "),
  "concat": (...given) => flat(given).map(text).join(""),
  "join": (separator, ...given) => flat(given).map(text).join(text(separator)),
  "contains": texts((whole, part) => whole.includes(part)),
  "starts-with": texts((whole, part) => whole.startsWith(part)),
  "ends-with": texts((whole, part) => whole.endsWith(part)),
  substr,
  substring,
  "substring-before": texts((whole, part) => whole.slice(0, Math.max(0, whole.indexOf(part)))),
  "substring-after": texts((whole, part) => whole.includes(part) ? whole.slice(whole.indexOf(part) + part.length) : ""),
  "translate": texts(translate),
  "regex": (value, pattern) => new RegExp(`^(?:${pattern})$`, "u").test(text(value)),
  number,
  round,
  "int": numeric(Math.trunc),
  "ceiling": numeric(Math.ceil),
  "exp10": numeric(a => 10 ** a),
  "pi": () => Math.PI,
  "min": extreme(Math.min),
  "max": extreme(Math.max),
  "count": (...given) => flat(given).length,
  "count-non-empty": (...given) => flat(given).filter(one => one !== "").length,
  "date": value => dated(moment(value)),
  "moment": value => ({days: daysOf(value), text: value}),
  "decimal-date-time": moment,
  "format-date": (value, pattern) => formatted(value, pattern),
};
for (const name of "floor abs pow sqrt exp log log10 sin cos tan asin acos atan atan2".split(" ")) FUNCTIONS[name] = numeric(Math[name]);

// What is typed or chosen, as forms/running/canonical.py reads it; `fields` is a FormData.
const first = (fields, name) => fields.get(name) || "";
// Digits of any script: each has its ten in a row.
const plainDigits = typed => typed.replace(/\p{Nd}/gu, digit => {
  let place = 0;
  while (/\p{Nd}/u.test(String.fromCodePoint(digit.codePointAt() - place - 1))) place++;
  return place % 10;
});

function typedText(fields, name) {
  return trimmed(first(fields, name).replace(/\r\n?/g, "\n").replace(/[\0-\b\v-\x1f\x7f-\x9f]/g, "").normalize());
}

function typedNumber(fields, name, isWhole) {
  let typed = first(fields, name);
  if (letters(typed).length > 100) return "";
  typed = typed.replace(new RegExp(`${SPACE}|['’\\u066c\\u200e\\u200f\\u061c]`, "g"), "").replace(/[−–]/g, "-").replace(/٫/g, ".").replace(/،/g, ",");
  typed = plainDigits(typed);
  if (isWhole && /^[+-]?\d{1,3}([.,])\d{3}(\1\d{3})*$/.test(typed)) typed = typed.replace(/[.,]/g, "");
  const mark = Math.max(typed.lastIndexOf(","), typed.lastIndexOf("."));
  if (mark >= 0) typed = typed.slice(0, mark).replace(/[.,]/g, "") + "." + typed.slice(mark + 1);
  if (!/^[+-]?(\d+\.?\d*|\.\d+)$/.test(typed) || typed.replace(/\D/g, "").length > 15) return "";
  return isWhole && typed % 1 ? "" : written(+typed);
}

function typedDate(fields, name) {
  const parts = ["year", "month", "day"].map(part => fields.get(`${name}-${part}`));
  const [year, month, day] = parts.map(part => part == null ? "1" : trimmed(plainDigits(part.normalize("NFKC")).replace(/\p{Cf}/gu, "")));
  return /^\d{4}$/.test(year) && /^\d+ \d+$/.test(month + " " + day) && dated(dayOf(+year, month, day)).text || "";
}

function evaluate(tree, fields) {
  if (!Array.isArray(tree)) return tree;
  const [work, name, ...names] = tree;
  if (work == "$") return [fields.getAll(name).join(" ")];
  if (work == "$m") return [names.filter(choice => fields.getAll(name).includes(choice)).join(" ")];
  if (work == "$t") return [typedText(fields, name)];
  if (work == "$i" || work == "$n") return [typedNumber(fields, name, work == "$i")];
  if (work == "$d") return [typedDate(fields, name)];
  return FUNCTIONS[work](...tree.slice(1).map(part => evaluate(part, fields)));
}

function follow(form) {
  const told = document.getElementById("opened"), field = form.elements._shown, shown = new Set(field.value.split(" "));
  let telling;
  const blocks = Array.from(form.querySelectorAll("[data-if], [data-over]"), element => {
    const {name, over, if: condition} = element.dataset, template = element.querySelector("template");
    const aside = document.createDocumentFragment();
    if (template) aside.append(template.content);
    // A browser may have brought back what the field held.
    shown[template ? "delete" : "add"](name);
    return {element, aside, name, isOpen: !template, tree: condition && JSON.parse(condition), over: over && over.split(" ")};
  });

  // What is put aside keeps what was typed, and is not sent.
  function turn(block) {
    block.isOpen = !block.isOpen;
    if (block.isOpen) block.element.append(block.aside);
    else block.aside.append(...block.element.childNodes);
    shown[block.isOpen ? "add" : "delete"](block.name);
  }

  function update() {
    const before = new Set(shown);
    let turned = blocks, rounds = 0;
    while (turned.length && rounds++ <= blocks.length) {
      const fields = new FormData(form);
      turned = blocks.filter(({tree, over, isOpen}) => isOpen != (over ? over.some(name => shown.has(name)) : truth(evaluate(tree, fields))));
      turned.forEach(turn);
    }
    const names = Array.from(shown).filter(name => name);
    field.value = names.join(" ");
    if (!names.some(name => !before.has(name))) return;
    // Cleared first: the same words twice would be read once.
    told.textContent = "";
    clearTimeout(telling);
    telling = setTimeout(() => told.textContent = told.dataset.said, 500);
  }

  form.addEventListener("input", update);
  form.addEventListener("change", update);
  addEventListener("pageshow", update);
}

if (typeof document == "object") follow(document.getElementById("answers"));
