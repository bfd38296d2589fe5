// Parses typed slash commands such as "/dl url:https://… priority:high" and suggests their continuation.

import { act } from "./api.js";

const SLASH = 1;
const SUB = [1, 2];
const INTEGER = 4;
const BOOLEAN = 5;
const NUMBER = 10;

// Returns every command with its subcommands flattened: { name, description, options }.
export function flatten(commands) {
  return commands.filter((one) => one.type === SLASH).flatMap((one) => leaves(one.name, one));
}

function leaves(name, node) {
  const inner = (node.options || []).filter((one) => SUB.includes(one.type));
  if (inner.length) return inner.flatMap((one) => leaves(`${name} ${one.name}`, one));
  return [{ name, description: node.description, options: node.options || [] }];
}

export function commandOf(text, commands) {
  const typed = text.slice(1);
  return commands
    .filter((one) => typed === one.name || typed.startsWith(`${one.name} `))
    .sort((a, b) => b.name.length - a.name.length)[0];
}

// Returns { values, last }: the typed value of each option, and the option at the end of the text.
export function parse(text, command) {
  const rest = text.slice(1 + command.name.length);
  const names = command.options.map((one) => one.name.replace(/[^\w-]/g, ""));
  if (!names.length) return { values: {}, last: null };
  const parts = rest.split(new RegExp(`(?:^|\\s)(${names.join("|")}):`));
  const values = {};
  const first = parts[0].trim();
  const lead = command.options.find((one) => one.required) || command.options[0];
  if (first) values[lead.name] = first;
  for (let at = 1; at < parts.length; at += 2) values[parts[at]] = parts[at + 1].trim();
  const last = parts.length > 1 ? parts.at(-2) : first ? lead.name : null;
  return { values, last };
}

export function typed(values, command) {
  return Object.fromEntries(
    Object.entries(values).map(([name, text]) => [name, valueOf(command.options.find((one) => one.name === name), text)]),
  );
}

function valueOf(option, text) {
  const choice = (option.choices || []).find((one) => one.name.toLowerCase() === text.toLowerCase());
  if (choice) return choice.value;
  if (option.type === BOOLEAN) return ["true", "yes", "on", "1"].includes(text.toLowerCase());
  if (option.type === INTEGER || option.type === NUMBER) return Number(text);
  return text.replace(/^<[@#]!?&?(\d+)>$/, "$1");
}

// Returns the suggestions [{ text, about, insert }], where `insert` is the whole new line.
export async function suggestions(text, commands, target) {
  const command = commandOf(text, commands);
  if (!command || text === `/${command.name}`) {
    return commands
      .filter((one) => `/${one.name}`.startsWith(text))
      .map((one) => ({ text: `/${one.name}`, about: one.description, insert: `/${one.name} ` }));
  }
  const { values, last } = parse(text, command);
  const option = command.options.find((one) => one.name === last);
  const offered = option && !text.endsWith(" ") ? await choices(text, command, option, values, target) : [];
  return offered.length ? offered : unused(text, command, values);
}

function unused(text, command, values) {
  return command.options
    .filter((one) => !(one.name in values))
    .map((one) => ({
      text: `${one.name}:${one.required ? "" : "?"}`,
      about: one.description,
      insert: `${text.trimEnd()} ${one.name}:`,
    }));
}

async function choices(text, command, option, values, target) {
  const typedValue = values[option.name] || "";
  let found = (option.choices || []).filter((one) => one.name.toLowerCase().startsWith(typedValue.toLowerCase()));
  if (option.autocomplete) {
    const others = typed(Object.fromEntries(Object.entries(values).filter(([name]) => name !== option.name)), command);
    const body = { ...target, name: command.name, option: option.name, typed: typedValue, others };
    found = (await act("complete", body))?.choices || [];
  }
  if (option.type === BOOLEAN) found = ["true", "false"].map((name) => ({ name, value: name }));
  const stem = typedValue ? text.slice(0, text.length - typedValue.length) : text;
  return found
    .filter((one) => String(one.value) !== typedValue)
    .map((one) => ({ text: one.name, about: option.name, insert: `${stem}${one.value} ` }));
}
