import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { findMissing, formatMissing, requiredItems } from '../../src/classify/index.ts';
import { defaultConfig } from '../../src/config/index.ts';
import { presentDetails, readReport } from '../../src/report/index.ts';

const folder = '.github/ISSUE_TEMPLATE';
const names = readdirSync(folder).filter((name) => name !== 'config.yml');
const texts = names.map((name) => readFileSync(`${folder}/${name}`, 'utf8'));

// What GitHub documents of issue forms; it shows no form at all where one of these does not hold.
const text = z.string().regex(/\S/);
/** GitHub takes no label that asks for what nobody should post. */
const label = text.regex(/^(?!.*\b(?:password|passphrase|secret|token)\b)/i);
const words = { label, description: text.optional() };
const typed = { ...words, placeholder: text.optional(), value: text.optional() };
const id = z.string().regex(/^[\w-]+$/);
const validations = z.strictObject({ required: z.boolean() }).optional();
/** `None` is GitHub's own word for an answer that was left out. */
const option = text.regex(/^(?!none$)/i);
const distinct = <T>(items: readonly T[]): boolean => new Set(items).size === items.length;
const element = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('markdown'), attributes: z.strictObject({ value: text }) }),
  z.strictObject({ type: z.literal('input'), id, attributes: z.strictObject(typed), validations }),
  z.strictObject({
    type: z.literal('textarea'),
    id,
    attributes: z.strictObject({ ...typed, render: text.optional() }),
    validations,
  }),
  z.strictObject({
    type: z.literal('dropdown'),
    id,
    attributes: z.strictObject({
      ...words,
      multiple: z.boolean().optional(),
      options: z.array(option).min(1).refine(distinct),
    }),
    validations,
  }),
]);
const form = z.strictObject({
  name: text,
  description: text,
  title: text.optional(),
  labels: z.array(text).optional(),
  body: z
    .array(element)
    .refine((body) => questionsOf(body).length > 0)
    .refine((body) => distinct(questionsOf(body).map((question) => question.id)))
    .refine((body) => distinct(questionsOf(body).map(({ attributes }) => attributes.label.toLowerCase()))),
});
type Element = z.infer<typeof element>;
type Field = Exclude<Element, { type: 'markdown' }>;

function questionsOf(body: readonly Element[]): Field[] {
  return body.filter((one) => one.type !== 'markdown');
}

/**
 * The body that GitHub makes of a form: every question as a heading; what was left out is `_No response_`, or an empty
 * fence where the answer is code.
 */
function fill(name: string, answers: Readonly<Record<string, string>>): string {
  const { body } = form.parse(parse(readFileSync(`${folder}/${name}`, 'utf8')));
  const answerOf = ({ attributes, id }: Field): string =>
    'render' in attributes
      ? `\`\`\`${attributes.render}\n${answers[id] ?? ''}\n\`\`\``
      : (answers[id] ?? '_No response_');
  return questionsOf(body)
    .map((question) => `### ${question.attributes.label}\n\n${answerOf(question)}`)
    .join('\n\n');
}

/** What our own triage makes of a report in one of our forms. */
function understand(name: string, title: string, answers: Readonly<Record<string, string>>) {
  const report = readReport({ title, body: fill(name, answers) }, texts);
  const there = presentDetails(report);
  const missing = findMissing(report, requiredItems(report, defaultConfig.missing), there);
  const words = (regions: readonly { start: number; end: number }[]): string[] =>
    regions.map(({ start, end }) => report.body.slice(start, end));
  return {
    kind: report.kind,
    there,
    facts: Object.fromEntries(report.facts.map(({ kind, value }) => [kind, value])),
    errors: words(report.errors),
    commands: words(report.commands),
    asks: formatMissing(missing, report),
  };
}

describe.each(names)('the issue form %s', (name) => {
  const content = readFileSync(`${folder}/${name}`, 'utf8');

  test('has the shape that GitHub documents', () => {
    expect(form.safeParse(parse(content)).error?.issues ?? []).toEqual([]);
  });

  test('is read by our own triage question by question, an empty one as empty', () => {
    const { sections } = readReport({ title: 'Signpost', body: fill(name, {}) }, texts);
    const labels = questionsOf(form.parse(parse(content)).body).map(({ attributes }) => attributes.label);
    expect(sections.map(({ empty, from, heading }) => ({ empty, from, heading }))).toEqual(
      labels.map((heading) => ({ empty: true, from: 'form', heading })),
    );
  });
});

it('the chooser takes no blank issue and sends security problems elsewhere', () => {
  const chooser = z.strictObject({
    blank_issues_enabled: z.literal(false),
    contact_links: z.array(z.strictObject({ name: text, url: z.url(), about: text })).min(1),
  });
  const { contact_links: links } = chooser.parse(parse(readFileSync(`${folder}/config.yml`, 'utf8')));
  expect(links.map(({ url }) => url)).toContainEqual(expect.stringMatching(/\/security\/policy$/));
});

describe('a report in the form for bugs', () => {
  const answers = {
    what: 'It starts, says that it serves, and stops after a minute.',
    message: '{"level":60,"msg":"the thread for deliveries died"}\nError: database disk image is malformed',
    command: 'npm start',
    steps: '1. Start it with a store that was copied while it ran\n2. Send a delivery',
    version: '0.1.0, e6f8cd3',
    system: 'Linux',
    run: 'npm start, in a checkout',
    store: 'A SQLite file',
  };

  it('is understood by our own triage, which asks for nothing', () => {
    expect(understand('bug.yml', 'It stops after a minute', answers)).toMatchObject({
      kind: 'bug',
      there: { message: true, command: true, version: true, platform: true, steps: true },
      facts: { version: '0.1.0', platform: 'Linux' },
      errors: expect.arrayContaining(['Error: database disk image is malformed']),
      commands: ['npm start'],
      asks: '',
    });
  });

  it('is asked for what it lacks, under the headings of the form', () => {
    const { asks } = understand('bug.yml', 'The server stopped', {
      what: 'It stopped, with an error message.',
    });
    expect([...asks.matchAll(/^- \*\*(.+?)\*\*/gm)].map(([, heading]) => heading)).toEqual([
      'Error message or log lines',
      'Command',
      'Signpost version',
      'Operating system',
    ]);
  });
});

it('whoever tells us of a wrong comment is asked for no version, system or command', () => {
  const { asks, kind } = understand('wrong-comment.yml', 'It linked a report of something else', {
    link: 'https://github.com/octo-org/octo-repo/issues/12#issuecomment-345',
    finding: 'The earlier report it linked',
    wrong: 'The reporter cannot log in; the linked thread is about a crash after the login.',
    right: 'No link at all.',
  });
  expect({ asks, kind }).toEqual({ asks: '', kind: 'bug' });
});

it.each([
  ['new-failure-page.yml', 'Page proposal: the build stops because its cache is locked'],
  ['idea.yml', 'Say when a thread was closed as fixed'],
])('a wish in %s is taken for a wish', (name, title) => {
  const { asks, kind } = understand(name, title, {
    failure: 'The build stops with "cache is locked"',
    words: 'The second build fails at once with an error.',
    use: 'A maintainer reads the digest and does not see which fix is released.',
  });
  expect({ asks, kind }).toEqual({ asks: '', kind: 'feature' });
});
