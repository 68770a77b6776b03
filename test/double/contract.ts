import { readFileSync } from 'node:fs';
import type { ValidateFunction } from 'ajv';
import { Refusal } from './world.ts';

/** Holds what the double says, and what it is told, against GitHub's own description. */
export interface Contract {
  /** Everything that was not as GitHub describes it, or that the double does not know. */
  readonly deviations: string[];
  /** Throws a 422, and writes it down, unless the body is as described. */
  checkRequest(method: string, route: string, body: unknown): void;
  /** Throws a 500, and writes it down, unless the answer, as it goes over the wire, is as described. */
  check(method: string, route: string, status: number, body: string): void;
  checkWebhook(event: string, action: string | null, payload: unknown): void;
  /** Writes a deviation down. */
  deviate(what: string): void;
  /** For a call that the double does not answer. */
  unknown(what: string): Refusal;
}

interface Operation {
  readonly creates?: true;
  readonly request?: { readonly properties?: Readonly<Record<string, unknown>> };
  readonly responses: Readonly<Record<string, unknown>>;
}

/** The committed slice of GitHub's description; see openapi-slice.ts. */
export interface Slice {
  readonly source: string;
  readonly operations: Readonly<Record<string, Operation>>;
  readonly webhooks: Readonly<Record<string, unknown>>;
}

export function readSlice(): Slice {
  return JSON.parse(readFileSync(new URL('./openapi-slice.json', import.meta.url), 'utf8'));
}

/** With `validate: 'off'` only what the double does not know is a deviation. */
export async function createContract(validate: 'all' | 'off'): Promise<Contract> {
  const deviations: string[] = [];
  const deviate = (what: string): void => {
    deviations.push(what);
  };
  const unknown = (what: string): Refusal => {
    deviate(`the double does not know ${what}`);
    return new Refusal(404, 'Not Found');
  };
  const off = { deviations, checkRequest() {}, check() {}, checkWebhook() {}, deviate, unknown };
  return validate === 'off' ? off : { ...off, ...(await createChecks(deviate)) };
}

type Checks = Pick<Contract, 'checkRequest' | 'check' | 'checkWebhook'>;

/** What is wrong with a value by the schema at this path of the slice; null when nothing is. */
type Judge = (path: readonly string[], value: unknown) => string | null;

let judge: Promise<{ readonly slice: Slice; readonly wrong: Judge }> | undefined;

/** One for all doubles of a process: a schema is compiled on first use, and once. */
async function createJudge(): Promise<{ readonly slice: Slice; readonly wrong: Judge }> {
  const { Ajv } = await import('ajv');
  const slice = readSlice();
  const ajv = new Ajv({
    strict: false,
    validateFormats: false,
    validateSchema: false,
    // Copying references in, and optimising what was compiled, would cost five times what compiling does.
    inlineRefs: false,
    code: { optimize: false },
  });
  ajv.addSchema(slice, 'slice');
  const compiled = new Map<string, ValidateFunction>();
  const wrong: Judge = (path, value) => {
    const pointer = path.map(
      (key) => `/${encodeURIComponent(key.replaceAll('~', '~0').replaceAll('/', '~1'))}`,
    );
    const ref = `slice#${pointer.join('')}`;
    const validator = compiled.get(ref) ?? ajv.compile({ $ref: ref });
    compiled.set(ref, validator);
    return validator(value) ? null : ajv.errorsText(validator.errors);
  };
  return { slice, wrong };
}

async function createChecks(deviate: (what: string) => void): Promise<Checks> {
  judge ??= createJudge();
  const { slice, wrong } = await judge;
  const refuse = (status: number, what: string): never => {
    deviate(what);
    throw new Refusal(status, what);
  };

  return {
    checkRequest(method, route, body) {
      const name = `${method} ${route}`;
      const schema = slice.operations[name]?.request;
      if (!schema) return;
      const problem = wrong(['operations', name, 'request'], body);
      if (problem !== null) refuse(422, `${name}: the request is not as described: ${problem}`);
      const { properties } = schema;
      const strange = properties && Object.keys({ ...Object(body) }).filter((key) => !(key in properties));
      if (strange && strange.length > 0)
        refuse(422, `${name}: the request has an unknown ${strange.join(', ')}`);
    },
    check(method, route, status, body) {
      const name = `${method} ${route}`;
      const operation = slice.operations[name];
      if (!operation) return;
      const schema = operation.responses[status];
      if (schema === undefined) refuse(500, `${name}: no answer ${status} is described`);
      if (schema === null && body !== '') refuse(500, `${name}: ${status} has no body`);
      if (schema === null) return;
      const problem = wrong(['operations', name, 'responses', String(status)], JSON.parse(body));
      if (problem !== null) refuse(500, `${name}: the answer ${status} is not as described: ${problem}`);
    },
    checkWebhook(event, action, payload) {
      const name = [event, action]
        .filter((part) => part !== null)
        .join('-')
        .replaceAll('_', '-');
      if (!(name in slice.webhooks)) refuse(500, `webhook ${name}: not described in the slice`);
      const problem = wrong(['webhooks', name], payload);
      if (problem !== null) refuse(500, `webhook ${name}: not as described: ${problem}`);
    },
  };
}
