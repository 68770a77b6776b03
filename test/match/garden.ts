import { featureIds } from '../../src/match/index.ts';
import { readReport } from '../../src/report/index.ts';
import { signatureWith } from './signatures.ts';

export const readFeatures = (issue: { title: string; body: string }) => featureIds(readReport(issue));

/** Two failures that people tell in many words, and the chatter of a garden centre around them. */
export const pump = signatureWith(
  'pump',
  { all: [{ text: 'pump exploded' }], none: [{ text: 'garden hose' }] },
  {
    samples: {
      matches: [
        { text: 'the water pump burst into many small pieces at night with a loud bang', from: 7 },
        { text: 'our pump blew up, water everywhere' },
        { text: 'loud bang, then the pump lay in pieces' },
        { text: 'pump exploded while it was running dry' },
        { text: 'the pump burst when pressure rose' },
      ],
      differs: [{ text: 'please offer a pump with more pressure' }, { text: 'the pump is loud but works' }],
    },
  },
);
export const lamp = signatureWith(
  'lamp',
  { all: [{ text: 'lamp is dark' }] },
  {
    samples: {
      matches: [
        { text: 'the lamp stays dark after a new bulb' },
        { text: 'no light from the lamp, bulb is fine' },
        { text: 'lamp is dark since the storm' },
        { text: 'dark lamp, switched it on twice' },
      ],
      differs: [{ text: 'a lamp with a green bulb would be nice' }],
    },
  },
);
export const signatures = [pump, lamp];
export const nouns = [
  'flower',
  'spade',
  'hedge',
  'pond',
  'bench',
  'seed',
  'rake',
  'gravel',
  'tomato',
  'fence',
];
export const background = nouns.flatMap((one) =>
  nouns.map((other) =>
    readFeatures({
      title: `where is the ${one}`,
      body: `I looked for the ${one} behind the ${other}, the price was high`,
    }),
  ),
);
