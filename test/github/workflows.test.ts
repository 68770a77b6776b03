import { readdirSync, readFileSync } from 'node:fs';
import { NoOperationTraceWriter, parseWorkflow } from '@actions/workflow-parser';
import { describe, expect, it, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';

const folder = '.github/workflows';
const read = (path: string): string => readFileSync(path, 'utf8');

/** What GitHub's own parser says of a workflow, with places. */
function problemsOf(name: string, content: string): string[] {
  const { context } = parseWorkflow({ name, content }, new NoOperationTraceWriter());
  return context.errors.getErrors().map(({ message }) => message);
}

const onlyReads = z.record(z.string(), z.enum(['read', 'none']));
const step = z.object({ uses: z.string().optional(), run: z.string().optional() });
const workflow = z.object({
  permissions: onlyReads,
  concurrency: z.object({ group: z.string() }),
  jobs: z.record(
    z.string(),
    z.object({ 'timeout-minutes': z.number(), permissions: onlyReads.optional(), steps: z.array(step) }),
  ),
});

describe.each(readdirSync(folder))('the workflow %s', (name) => {
  const content = read(`${folder}/${name}`);

  test("is valid by GitHub's own parser", () => expect(problemsOf(name, content)).toEqual([]));

  test('only reads, says when it gives up, and does not pile up', () => {
    expect(workflow.safeParse(parse(content)).error?.issues ?? []).toEqual([]);
  });

  test('names actions by commit, with the version beside it', () => {
    const used = content.split('\n').filter((line) => /^\s*(?:- )?uses:/.test(line));
    for (const line of used) expect(line).toMatch(/@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
  });

  test('puts nothing that somebody wrote into a shell', () => {
    const scripts = Object.values(workflow.parse(parse(content)).jobs).flatMap(({ steps }) =>
      steps.flatMap(({ run }) => run ?? []),
    );
    for (const script of scripts) expect(script).not.toContain('${{');
  });
});

it("GitHub's parser refuses a workflow with a misspelt key", () => {
  const misspelt = 'on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    step:\n      - run: "true"\n';
  expect(problemsOf('misspelt.yml', misspelt)).not.toEqual([]);
});

describe('versions that stand in several files', () => {
  const packageJson = z
    .object({ optionalDependencies: z.record(z.string(), z.string()) })
    .parse(JSON.parse(read('package.json')));
  const ci = z
    .object({
      jobs: z.object({
        linux: z.object({ services: z.object({ postgres: z.object({ image: z.string() }) }) }),
        node: z.object({ strategy: z.object({ matrix: z.object({ node: z.array(z.int()) }) }) }),
      }),
    })
    .parse(parse(read(`${folder}/ci.yml`)));
  const major = Number(read('.nvmrc'));

  it('the bundled Nodes are one version, of the release line of .nvmrc and of the image', () => {
    const bundled = Object.entries(packageJson.optionalDependencies).filter(([name]) => /^node-/.test(name));
    const versions = new Set(bundled.map(([, version]) => version));
    expect(bundled).toHaveLength(3);
    expect([...versions]).toEqual([expect.stringMatching(new RegExp(`^${major}\\.\\d+\\.\\d+$`))]);
    expect(read('Dockerfile').match(/^FROM node:\d+/gm)).toEqual([
      `FROM node:${major}`,
      `FROM node:${major}`,
    ]);
    expect(ci.jobs.node.strategy.matrix.node).toContain(major);
  });

  it('CI tests on the PostgreSQL that the compose file runs', () => {
    const compose = z
      .object({ services: z.object({ postgres: z.object({ image: z.string() }) }) })
      .parse(parse(read('compose.yaml')));
    expect(ci.jobs.linux.services.postgres.image).toBe(compose.services.postgres.image);
  });
});
