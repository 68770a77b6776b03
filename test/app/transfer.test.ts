import { expect, test } from 'vitest';
import { createStage, known } from '../cases/stage.ts';
import { ours } from './run-app.ts';

const elsewhere = 'acme/tool';

test.each([{}, { reordered: 1 }])(
  'what people said no to goes along with a transferred issue (%j)',
  async (disturbance) => {
    const stage = await createStage('mode: advise\n', { others: { [elsewhere]: 'mode: advise\n' } });
    const { double, run } = stage;
    const number = stage.open(known);
    await stage.settle();
    double.unlabel(stage.at(number), 'area:mcp', 'maintainer');
    await stage.addComment(number, '/signpost not-this', 'reporter');
    expect(stage.comment(number)).toContain('Taken back');
    double.disturbDeliveries(disturbance);
    const there = double.transfer(stage.at(number), elsewhere, 'maintainer').number;
    await stage.settle();
    double.disturbDeliveries({});
    double.editIssue(
      { repository: elsewhere, number: there },
      { body: `${known.body}\n\nStill.`, by: 'reporter' },
    );
    await stage.settle();
    expect(ours(double, elsewhere, there)).toEqual([expect.stringContaining('Taken back')]);
    expect(double.issue(elsewhere, there).labels.map(({ name }) => name)).not.toContain('area:mcp');
    expect(await run.app().store.issueState('anthropics/claude-code', number)).toBeNull();
    await run.stop();
  },
);
