// Cuts out of GitHub's own description what the double speaks, and writes it to openapi-slice.json: names, types,
// required fields and sizes of the routes and webhooks in use, no descriptions, no examples.
// `npm run openapi-slice [<folder of an unpacked @octokit/openapi>]`; without the folder it is fetched through npm
// into a temporary one (some 20 MB to fetch, 385 MB on disk) and removed.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { routes } from './routes/index.ts';
import { webhookNames } from './webhook-names.ts';

const version = '23.0.2';
const target = new URL('./openapi-slice.json', import.meta.url);

type Schema = Readonly<Record<string, unknown>>;
interface Media {
  readonly content?: Readonly<Record<string, { readonly schema?: Schema }>>;
  readonly $ref?: string;
}
interface Operation {
  readonly requestBody?: Media;
  readonly responses: Readonly<Record<string, Media>>;
  readonly 'x-github'?: { readonly triggersNotification?: boolean };
}
interface Description {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly 'x-webhooks': Readonly<Record<string, { readonly post: Operation }>>;
  readonly components: {
    readonly schemas: Readonly<Record<string, Schema>>;
    readonly responses: Readonly<Record<string, Media>>;
  };
}

function load(folder: string): Description {
  return JSON.parse(readFileSync(join(folder, 'generated/api.github.com.json'), 'utf8'));
}

function fetched(): Description {
  const folder = mkdtempSync(join(tmpdir(), 'openapi-'));
  try {
    writeFileSync(join(folder, 'package.json'), '{"private":true}');
    const args = ['install', '--no-save', '--ignore-scripts', `@octokit/openapi@${version}`];
    execFileSync('npm', args, { cwd: folder, stdio: 'inherit', shell: process.platform === 'win32' });
    return load(join(folder, 'node_modules/@octokit/openapi'));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const keptAsTheyAre = ['type', 'required', 'enum', 'maxItems', 'maxLength', 'minLength'] as const;
const listed = ['anyOf', 'oneOf', 'allOf'] as const;
/** An enumeration longer than this says little and weighs much. */
const longestEnum = 30;

/** A schema as plain JSON Schema; `nullable` becomes a type, and `oneOf`, whose parts overlap in places, `anyOf`. */
function prune(schema: Schema, refs: Set<string>): Schema {
  if (typeof schema.$ref === 'string') {
    const name = schema.$ref.replace('#/components/schemas/', '');
    refs.add(name);
    return { $ref: `#/schemas/${name}` };
  }
  const pruned: Record<string, unknown> = {};
  for (const key of keptAsTheyAre) if (schema[key] !== undefined) pruned[key] = schema[key];
  if (Array.isArray(pruned.enum) && pruned.enum.length > longestEnum) delete pruned.enum;
  for (const key of listed) {
    const parts = schema[key] as readonly Schema[] | undefined;
    if (parts) pruned[key === 'oneOf' ? 'anyOf' : key] = parts.map((part) => prune(part, refs));
  }
  if (schema.properties) {
    const properties = Object.entries(schema.properties as Record<string, Schema>);
    pruned.properties = Object.fromEntries(properties.map(([name, value]) => [name, prune(value, refs)]));
  }
  if (schema.items) pruned.items = prune(schema.items as Schema, refs);
  if (schema.additionalProperties === false) pruned.additionalProperties = false;
  else if (typeof schema.additionalProperties === 'object')
    pruned.additionalProperties = prune(schema.additionalProperties as Schema, refs);
  return schema.nullable === true ? orNull(pruned) : pruned;
}

function orNull(schema: Record<string, unknown>): Schema {
  if (typeof schema.type !== 'string' || schema.anyOf || schema.allOf)
    return { anyOf: [schema, { type: 'null' }] };
  const { enum: values } = schema;
  const withNull = Array.isArray(values) && !values.includes(null) ? { enum: [...values, null] } : {};
  return { ...schema, type: [schema.type, 'null'], ...withNull };
}

/** Where the description says of an answer what cannot be meant: there an account is a user and an enterprise. */
const corrections: Readonly<Record<string, Schema>> = {
  'GET /app/installations': { type: 'array', items: { $ref: '#/components/schemas/installation' } },
};

function slice(description: Description): unknown {
  const refs = new Set<string>();
  const schemaOf = (media: Media | undefined): Schema | null => {
    const whole = media?.$ref ? description.components.responses[media.$ref.split('/').at(-1) ?? ''] : media;
    const content = whole?.content?.['application/json'] ?? Object.values(whole?.content ?? {})[0];
    return content?.schema ? prune(content.schema, refs) : null;
  };
  const operations: Record<string, unknown> = {};
  for (const { method, path } of routes) {
    const operation = description.paths[path]?.[method.toLowerCase()];
    if (!operation) throw new Error(`GitHub's description has no ${method} ${path}`);
    const name = `${method} ${path}`;
    const answers = Object.entries(operation.responses).filter(([status]) => status.startsWith('2'));
    const corrected = corrections[name];
    const answer = (media: Media): Schema | null => (corrected ? prune(corrected, refs) : schemaOf(media));
    operations[name] = {
      ...(operation['x-github']?.triggersNotification && { creates: true }),
      ...(operation.requestBody && { request: schemaOf(operation.requestBody) }),
      responses: Object.fromEntries(answers.map(([status, media]) => [status, answer(media)])),
    };
  }
  const webhooks: Record<string, unknown> = {};
  for (const name of webhookNames) {
    const webhook = description['x-webhooks'][name];
    if (!webhook) throw new Error(`GitHub's description has no webhook ${name}`);
    webhooks[name] = schemaOf(webhook.post.requestBody);
  }
  const schemas: Record<string, unknown> = {};
  for (const name of refs) {
    const schema = description.components.schemas[name];
    if (!schema) throw new Error(`GitHub's description has no schema ${name}`);
    schemas[name] = prune(schema, refs);
  }
  return { source: `@octokit/openapi ${version}`, operations, webhooks, schemas };
}

/** One line an entry, so that a change of one is a change of one line. */
function print(value: unknown): string {
  const lines = Object.entries(value as Record<string, unknown>).map(([key, part]) => {
    if (typeof part !== 'object' || part === null) return `${JSON.stringify(key)}:${JSON.stringify(part)}`;
    const entries = Object.entries(part).map(
      ([name, schema]) => `${JSON.stringify(name)}:${JSON.stringify(schema)}`,
    );
    return `${JSON.stringify(key)}:{\n${entries.join(',\n')}\n}`;
  });
  return `{${lines.join(',\n')}}\n`;
}

const [folder] = process.argv.slice(2);
const text = print(slice(folder === undefined ? fetched() : load(folder)));
writeFileSync(target, text);
console.log(`openapi-slice.json: ${Math.round(text.length / 1_024)} KiB`);
