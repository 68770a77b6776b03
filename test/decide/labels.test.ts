import { describe, expect, test } from 'vitest';
import { defaultConfig } from '../../src/config/index.ts';
import { decide, type Situation } from '../../src/decide/index.ts';
import { signatureWith } from '../match/signatures.ts';
import {
  earlier,
  issue,
  issueState,
  known,
  lacking,
  pump,
  repositoryLabels,
  settings,
  situation,
  spoken,
  suggested,
} from './situations.ts';

const changes = (given: Partial<Situation>): { add: readonly string[]; remove: readonly string[] } => {
  const { actions } = decide(situation(given));
  const of = (kind: string) =>
    actions.flatMap((action) => (action.kind === kind && 'labels' in action ? action.labels : []));
  return { add: of('add-labels'), remove: of('remove-labels') };
};
const allowing = (...allow: string[]) => settings({ labels: { ...defaultConfig.labels, allow } });
const found = (...ids: string[]) => ids.map((id) => suggested(id));

describe('labels are added', () => {
  test('that the settings allow by name or glob, in the spelling of the repository', () => {
    const findings = found('BUG', 'area:tap', 'area:unknown', 'needs-info');
    expect(changes({ findings }).add).toEqual(['Bug', 'area:tap']);
    expect(changes({ findings, config: allowing() }).add).toEqual([]);
    expect(changes({ findings, config: allowing('*') }).add).toEqual(['Bug', 'area:tap', 'needs-info']);
    expect(changes({ findings, config: allowing('AREA:*') }).add).toEqual(['area:tap']);
    expect(changes({ findings, config: allowing('a*p') }).add).toEqual(['area:tap']);
    expect(changes({ findings, config: allowing('a*x', 'b*p') }).add).toEqual([]);
    expect(changes({ findings: found('bug'), config: allowing('bu*ug') }).add).toEqual([]);
    expect(changes({ findings: found('bug'), config: allowing('b*ug', 'bug*') }).add).toEqual(['Bug']);
    expect(changes({ findings: found('bug'), config: allowing('bug') }).add).toEqual(['Bug']);
  });

  test('that the repository has, unless the settings create them', () => {
    const config = settings({ labels: { ...defaultConfig.labels, allow: ['new'], create: true } });
    expect(changes({ findings: found('new'), config }).add).toEqual(['new']);
    expect(changes({ findings: found('new'), config: allowing('new') }).add).toEqual([]);
  });

  test('that are not there, and that nobody took away', () => {
    const findings = found('bug', 'area:tap');
    expect(changes({ findings, issue: issue({ labels: ['BUG'] }) }).add).toEqual(['area:tap']);
    expect(changes({ findings, state: issueState({ labels: { refused: ['Area:Tap'] } }) }).add).toEqual([
      'Bug',
    ]);
  });

  test('for labels only: what else is called like one is none', () => {
    const labels = [...repositoryLabels, 'version'];
    expect(changes({ findings: [lacking], config: allowing('*'), repositoryLabels: labels }).add).toEqual([]);
    const config = allowing('*');
    expect(changes({ findings: [suggested('c#', 0.2)], config, repositoryLabels: ['c#'] }).add).toEqual([
      'c#',
    ]);
  });

  test('at the bar of the settings, or whatever its model says with auto', () => {
    const at = (threshold: 'auto' | number) =>
      settings({ labels: { ...defaultConfig.labels, allow: ['*'], at: threshold } });
    expect(changes({ findings: [suggested('bug', 0.1)], config: at('auto') }).add).toEqual(['Bug']);
    expect(changes({ findings: [suggested('bug', 0.79)], config: at(0.8) }).add).toEqual([]);
    expect(changes({ findings: [suggested('bug', 0.8)], config: at(0.8) }).add).toEqual(['Bug']);
  });

  test('of the first failure only, by the name that the settings give it', () => {
    const other = signatureWith('other', {}, { labels: ['area:tap'] });
    const signatures = new Map([
      [pump.id, pump],
      [other.id, other],
    ]);
    const findings = [known, { ...known, id: 'other', probability: 0.91 }];
    expect(changes({ findings, signatures }).add).toEqual([`signature:${pump.id}`, 'area:pump', 'Bug']);
    const config = settings({
      labels: { ...defaultConfig.labels, allow: [], signature: 'known/{id}/{id}', create: true },
    });
    expect(changes({ findings, config }).add).toEqual([`known/${pump.id}/${pump.id}`]);
  });

  test('once, with the reason that came first', () => {
    const { actions } = decide(situation({ findings: [known, suggested('bug')] }));
    const [action] = actions.filter(({ kind }) => kind === 'add-labels');
    expect(action?.because).not.toContain('label bug');
    const { actions: both } = decide(situation({ findings: [suggested('bug'), suggested('area:tap')] }));
    expect(both[0]?.because).toBe(
      'label bug, 90 %, by learned recogniser; label area:tap, 90 %, by learned recogniser',
    );
  });
});

describe('labels come off', () => {
  const ours = issueState({ comment: spoken, labels: { added: ['area:tap', 'possible-duplicate', 'gone'] } });
  const here = issue({ labels: ['AREA:TAP', 'possible-duplicate', 'bug'] });

  test('that are ours, are there, and whose finding is gone', () => {
    expect(changes({ state: ours, issue: here }).remove).toEqual(['area:tap', 'possible-duplicate']);
    expect(changes({ state: ours, issue: here, findings: found('area:tap') }).remove).toEqual([
      'possible-duplicate',
    ]);
    expect(changes({ state: ours, issue: here, findings: [earlier] }).remove).toEqual(['area:tap']);
    const { actions } = decide(situation({ state: ours, issue: here }));
    expect(actions.find(({ kind }) => kind === 'remove-labels')?.because).toBe(
      'Signpost added them for a finding that no longer holds',
    );
  });

  test('never those of people', () => {
    expect(changes({ issue: here }).remove).toEqual([]);
    expect(changes({ state: issueState({ comment: spoken }), issue: here }).remove).toEqual([]);
  });

  test('not because the settings no longer know them', () => {
    expect(
      changes({
        state: ours,
        issue: here,
        findings: found('area:tap'),
        repositoryLabels: repositoryLabels.filter((one) => one !== 'area:tap'),
      }).remove,
    ).toContain('area:tap');
  });
});
