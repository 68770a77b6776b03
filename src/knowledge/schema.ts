import { z } from 'zod';
import { missingItems } from '../model/config.ts';
import { maxRepeats } from '../model/pattern.ts';
import { categories, type Rule } from '../model/signature.ts';

/** Headings that every page must have, in the order in which people look for them. */
export const requiredSections = [
  'What this error means',
  'Why this happens',
  'Common causes',
  'Quick fixes',
  'Platform checks',
  'Troubleshooting',
  'Prevention',
] as const;

const slug = z
  .string()
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'lower-case letters, digits and single hyphens')
  .max(60);

const scope = z
  .union([z.enum(['title', 'prose', 'code', 'errors']), z.templateLiteral(['section:', z.string().min(1)])], {
    error: 'title, prose, code, errors or section:<its heading in lower case with hyphens>',
  })
  .describe('Where to look; without it, the title and everything the reporter wrote in the body.');

const phrase = z
  .string()
  .max(300)
  .regex(/[\p{L}\p{N}]/u, 'a phrase with at least one letter or digit');

const rules = z
  .lazy(() => rule)
  .array()
  .min(1)
  .max(200);

const ruleKinds = [
  z.strictObject({ all: rules.describe('Holds when every one of these holds.') }),
  z.strictObject({ any: rules.describe('Holds when at least one of these holds.') }),
  z.strictObject({ none: rules.describe('Holds when not one of these holds.') }),
  z.strictObject({
    text: phrase.describe(
      'A phrase of whole words; case, white space, Markdown marks, typographic quotes and dashes do not matter. A * at its end stands for any ending.',
    ),
    in: scope.exactOptional(),
  }),
  z.strictObject({
    regex: z
      .string()
      .min(1)
      .max(1000)
      .describe(
        `RE2 syntax, case does not matter; at least three letters or digits in a row that must occur, repeats up to ${maxRepeats}. Sees one line.`,
      ),
    in: scope.exactOptional(),
  }),
  z.strictObject({
    near: phrase.array().min(2).max(8).describe('Words or short phrases, in any order.'),
    within: z.int().min(2).max(100).describe('The number of words in which all of them stand.'),
    in: scope.exactOptional(),
  }),
] as const;

const rule: z.ZodType<Rule> = z.union(ruleKinds, {
  error: 'one of the keys all, any, none, text, regex, near',
});

const sample = z.union([
  z.string().trim().min(1).max(20_000),
  z.strictObject({
    text: z.string().trim().min(1).max(20_000).describe('More than one line: the first is the title.'),
    from: z.int().positive().exactOptional().describe('The number of the report that it condenses.'),
    why: z.string().exactOptional().describe('Why it is not this failure.'),
    paraphrase: z
      .boolean()
      .exactOptional()
      .describe('Says the same in words that no rule knows: it teaches the recogniser, and tests no rule.'),
  }),
]);

/** The front matter of a page. */
export const frontMatter = z
  .strictObject({
    id: slug.describe("The page's name for good: labels, links and the ledger use it."),
    aliases: slug.array().default([]).describe('Other names of it, in test data for instance.'),
    title: z.string().trim().min(1).max(200).describe('The failure in one line, as a reporter would say it.'),
    category: z.enum(categories),
    labels: z
      .string()
      .min(1)
      .max(50)
      .array()
      .max(20)
      .default([])
      .describe('Labels for an issue that is this failure.'),
    threads: z
      .int()
      .positive()
      .array()
      .default([])
      .describe("Numbers of known reports in the pack's repository."),
    'fixed-in': z
      .string()
      .regex(/^\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?$/, "a version in quotes, such as '2.1.0'")
      .nullable()
      .default(null)
      .describe('The version that repaired it: a report from it or later is a regression.'),
    match: z
      .strictObject({ all: rules.exactOptional(), any: rules.exactOptional(), none: rules.exactOptional() })
      .describe('All of the given parts have to hold.'),
    samples: z.strictObject({
      matches: sample.array().min(1).max(500).describe('Short reports that are this failure.'),
      differs: sample.array().max(500).default([]).describe('Near misses that are not.'),
    }),
  })
  .describe('The front matter of a Signpost signature page.');

/** `pack.yml`: the settings that the pages of a folder share. */
export const packFile = z.strictObject({
  name: slug,
  repository: z.string().regex(/^[\w.-]+\/[\w.-]+$/, 'owner/name'),
  url: z.url().nullable().default(null).describe('Where a reader finds a page; {id} is replaced.'),
  labels: z
    .string()
    .array()
    .exactOptional()
    .describe("The repository's labels, as far as pages use them; lint knows no others."),
  ask: z
    .partialRecord(z.enum(missingItems), z.string().min(1).max(200))
    .exactOptional()
    .describe(
      'How a reporter of this software gets what is missing, as a clause: version: what `tool --version` prints.',
    ),
  none: rules
    .exactOptional()
    .describe('Holds for every page: a report of which one of these holds is none of these failures.'),
});

/** The JSON Schema of the front matter, for editors. */
export function frontMatterJsonSchema(): unknown {
  return z.toJSONSchema(frontMatter, { io: 'input', target: 'draft-2020-12' });
}
