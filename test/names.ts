/** Words that once had a private meaning here: no declaration and no file bears one. */
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

/** The private word, and the term that stands in its place. */
const terms: Readonly<Record<string, string>> = {
  Scene: 'JobContext',
  JobPorts: 'Services',
  Desk: 'WriteContext',
  look: 'triageIssue',
  listen: 'handleComment',
  obey: 'runCommands',
  mourn: 'handleCommentDeleted',
  Past: 'RepositoryHistory',
  pasts: 'histories',
  remember: 'addIssue',
  Ground: 'TriageInput or RepositorySettings',
  RepositoryGround: 'RepositorySettings',
  shelf: 'ModelRegistry',
  InUse: 'ActiveModels',
  adopt: 'activate',
  door: 'webhook thread',
  gate: 'rate limiter',
  turn: 'Clock.yield',
  Question: 'HttpRequest',
  Answer: 'HttpResponse',
  takeIn: 'parseEvent',
  sight: 'groupUnknown',
  gather: 'loadDigestInput',
  shared: 'commonMessages',
  tally: 'reportCount',
  recount: 'scheduleReportCount',
  hear: 'trainingSampleOf',
  Heard: 'TrainingSample',
  teacher: 'trainingData',
  Voice: 'WeightedVerdict',
  Sign: 'Signal',
  witness: 'recordVerdict',
  objection: 'rejectionReason',
  bar: 'threshold',
  brake: 'circuit breaker',
  rails: 'preconditions',
  told: 'idf, or what it is that was told',
  substance: 'overlapWeight',
  say: 'ensembleWeight',
  shift: 'bias',
  upheavals: 'revision',
};

/** Terms that are no word of their own in another case: a setting or a label is called so. */
const exactCase = new Set(['Question', 'Answer', 'Past', 'Sign']);

/** Names that are published: keys of `--json`, which people's scripts read. */
const published = new Set(['src/digest/digest.ts shared', 'src/duplicates/evaluation/summary.ts bar']);

const byWord = new Map(
  Object.entries(terms).flatMap(([word, term]) =>
    exactCase.has(word)
      ? [[word, term] as const]
      : [word, word.toLowerCase(), word[0]?.toUpperCase() + word.slice(1)].map(
          (form) => [form, term] as const,
        ),
  ),
);

/** @returns a line for each declaration or file whose name is a private word */
export function privateNames(path: string, text: string): readonly string[] {
  const found: string[] = [];
  const base =
    path
      .split('/')
      .at(-1)
      ?.replace(/(\.test)?\.ts$/, '') ?? '';
  const ofFile = byWord.get(base);
  if (ofFile !== undefined) found.push(`${path}: the file is called ${base} (expected ${ofFile})`);
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  const visit = (node: ts.Node): void => {
    const name = declaredName(node);
    const term = name === null ? undefined : byWord.get(name.text);
    if (name !== null && term !== undefined && !published.has(`${path} ${name.text}`)) {
      const { line } = source.getLineAndCharacterOfPosition(name.getStart());
      found.push(`${path}:${line + 1}: ${name.text} is declared (expected ${term})`);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

function declaredName(node: ts.Node): ts.Identifier | null {
  const declares =
    ts.isFunctionDeclaration(node) ||
    ts.isVariableDeclaration(node) ||
    ts.isParameter(node) ||
    ts.isBindingElement(node) ||
    ts.isInterfaceDeclaration(node) ||
    ts.isTypeAliasDeclaration(node) ||
    ts.isTypeParameterDeclaration(node) ||
    ts.isClassDeclaration(node) ||
    ts.isPropertySignature(node) ||
    ts.isPropertyDeclaration(node) ||
    ts.isMethodSignature(node) ||
    ts.isMethodDeclaration(node);
  return declares && node.name !== undefined && ts.isIdentifier(node.name) ? node.name : null;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const found = ['src', 'test', 'bench'].flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts'))
      .map((name) => `${folder}/${name.replaceAll('\\', '/')}`)
      .flatMap((path) => privateNames(path, readFileSync(path, 'utf8'))),
  );
  for (const line of found) console.error(line);
  console.log(`names: ${found.length} private words`);
  process.exitCode = found.length === 0 ? 0 : 1;
}
