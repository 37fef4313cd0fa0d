import type { ContractEvent, PublicContract } from './public-contract.js';
import type { JsonSchema } from './shape.js';

/** The contract as a page for people (Markdown): every event, its version, its fields, and what is withheld why. */
export function eventCatalogueOf(contract: PublicContract): string {
  const events = [...contract.events].sort((a, b) => (a.type < b.type ? -1 : 1));
  return `# Event catalogue

Written from the public contract by \`npm run event-catalogue\`; a test fails when it is not current. [events.md](events.md) says how to read
events. A field in italics may be absent.

${events.map(sectionOf).join('\n')}
## Not published

| event | why |
|---|---|
${contract.hidden.map(({ type, reason }) => `| \`${type}\` | ${reason} |`).join('\n')}
`;
}

function sectionOf({ type, publicType, summary, schema, withheld }: ContractEvent): string {
  const required = schema['required'] as readonly string[]; // as the contract made it
  const properties = Object.entries(schema['properties'] as Readonly<Record<string, JsonSchema>>);
  const published = properties.map(([name, property]) => {
    const shown = required.includes(name) ? `\`${name}\`` : `*\`${name}\`*`;
    return `| ${shown} | ${typeText(property)} |`;
  });
  const hidden = withheld.map(({ field, reason }) => `| ~~\`${field}\`~~ | withheld: ${reason} |`);
  return `## ${type}

\`${publicType}\`: ${summary}

| field | content |
|---|---|
${[...published, ...hidden].join('\n')}
`;
}

function typeText(schema: JsonSchema): string {
  const types = [schema['type']].flat().map(String);
  const choices = schema['enum'] as readonly (string | null)[] | undefined; // as the shapes make it
  const properties = schema['properties'] as Readonly<Record<string, JsonSchema>> | undefined;
  const orNull = types.includes('null') ? ', or null' : '';
  if (choices !== undefined) return choices.filter((choice) => choice !== null).join(', ') + orNull;
  if (types.includes('array')) return `list of ${typeText(schema['items'] as JsonSchema)}`;
  if (properties !== undefined) {
    const members = Object.entries(properties).map(([name, member]) => `\`${name}\` ${typeText(member)}`);
    return `{ ${members.join('; ')} }${orNull}`;
  }
  if (types.includes('object')) return `names with ${typeText(schema['additionalProperties'] as JsonSchema)}`;
  const plain = types.filter((type) => type !== 'null').join(' or ');
  return (WORDS[String(schema['format'])] ?? WORDS[plain] ?? plain) + orNull;
}

const WORDS: Readonly<Record<string, string>> = {
  ...{ date: 'day', uuid: 'id' },
  ...{
    string: 'text',
    integer: 'whole number',
    boolean: 'true or false',
    'number or boolean': 'number, true or false',
  },
};
