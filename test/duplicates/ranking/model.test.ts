import { describe, expect, test } from 'vitest';
import { identityOf, readModel, shippedModel, writeModel } from '../../../src/duplicates/index.ts';
import { linkFeatureNames } from '../../../src/duplicates/ranking/link-features.ts';
import { modelVersion, writeShipped } from '../../../src/duplicates/ranking/model.ts';

const model = { ...shippedModel(), bias: -0.25 };
const stored = (): Record<string, unknown> => JSON.parse(JSON.stringify(writeModel(model)));

/** The form in which version 0.1 stored a model. */
function firstForm(): Record<string, unknown> {
  const { bias, sampleIssues, ...same } = stored();
  const { trainedUntil, version, ranking } = same;
  return { version, trainedUntil, witnesses: sampleIssues, ranking, shift: bias };
}

describe('a stored model', () => {
  test('is read as it was written', () => {
    expect(readModel(stored())).toEqual(model);
  });

  test('of the first form is read too, under the same identity', () => {
    const read = readModel(firstForm());
    expect(read).toEqual(model);
    expect(read && identityOf(read)).toBe(JSON.stringify(firstForm()));
  });

  test('of other features or of another shape is refused', () => {
    const { ranking } = model;
    expect(readModel({ ...stored(), version: 'links 7 other features' })).toBeNull();
    expect(readModel({ ...stored(), version: modelVersion.replace(' rank ', ' ') })).toBeNull();
    expect(readModel({ ...stored(), ranking: { ...ranking, weights: ranking.weights.slice(1) } })).toBeNull();
    expect(readModel({ ...stored(), ranking: { ...ranking, means: [...ranking.means, 0] } })).toBeNull();
    expect(readModel({ ...stored(), bias: null })).toBeNull();
    for (const nothing of [null, 'text', [], {}]) expect(readModel(nothing)).toBeNull();
  });
});

describe('the shipped model', () => {
  test('names the features of its links, and has a weight for each', () => {
    expect(writeShipped(model)).toMatchObject({ link: { features: linkFeatureNames } });
    expect(shippedModel().link.weights).toHaveLength(linkFeatureNames.length);
  });
});
