import { expect, test } from 'vitest';
import { addAnalysis, analyse, createIndex, learnLatent } from '../../../src/duplicates/index.ts';
import { cosine } from '../../../src/duplicates/search-index/embedding.ts';
import { createQuery } from '../../../src/duplicates/search-index/query.ts';
import { seededRandom } from '../../../src/numerics/random.ts';
import { filing } from '../reports.ts';

const topics = 250;
const title = (topic: number) => `t${topic * 7919}itle u${topic * 104729}nder`;
/** Beside what tells the topic, much that all of them have some of. */
const body = (topic: number, seed: number) => {
  const random = seededRandom(seed);
  const common = Array.from({ length: 12 }, () => `n${Math.floor(random() * 120) * 31}oise`).join(' ');
  return `b${topic * 7919}ody ${common}`;
};

/** Four reports of each topic, whose titles and bodies have no word in common. */
function tracker() {
  const index = createIndex();
  for (let i = 0; i < 4 * topics; i++)
    addAnalysis(index, analyse(filing(i + 1, title(i % topics), body(i % topics, i))));
  return index;
}

test('of more topics than the space has directions, the title of most lies nearest to its own body', () => {
  const index = createIndex(learnLatent(tracker()));
  const place = (head: string, text: string) =>
    createQuery(index, analyse(filing(9999, head, text))).embedding!;
  const bodies = Array.from({ length: topics }, (_, topic) => place('', body(topic, -topic)).issue);
  const right = Array.from({ length: topics }, (_, topic) => topic).filter((topic) => {
    const near = bodies.map((one) => cosine(place(title(topic), '').title, one));
    return near.indexOf(Math.max(...near)) === topic;
  });
  expect(right.length).toBeGreaterThan(topics * 0.7);
});
