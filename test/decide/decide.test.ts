import { describe, expect, test } from 'vitest';
import { decide, type Situation } from '../../src/decide/index.ts';
import type { Finding } from '../../src/model/finding.ts';
import type { Plan } from '../../src/model/plan.ts';
import type { SomeState } from '../issue-states.ts';
import {
  credential,
  earlier,
  issue,
  issueState,
  known,
  lacking,
  now,
  pump,
  repository,
  root,
  settings,
  situation,
  spoken,
  suggested,
} from './situations.ts';

const plan = (given: Partial<Situation>): Plan => decide(situation(given));
const kinds = ({ actions }: Plan): string[] => actions.map(({ kind }) => kind);
const body = ({ actions }: Plan): string => {
  const said = actions.find((action) => action.kind === 'comment' || action.kind === 'retract');
  return said !== undefined && 'body' in said ? said.body : '';
};
const labelled = ({ actions }: Plan, kind: 'add-labels' | 'remove-labels'): readonly string[] =>
  actions.flatMap((action) => (action.kind === kind ? action.labels : []));
const findings = [known];
const said = issueState({ comment: spoken, findingKeys: [`signature:${pump.id}`] });

describe('a plan', () => {
  test('without findings is empty', () => {
    expect(plan({})).toEqual({ actions: [], withheld: [] });
  });

  test('says the failure, why, and adds its labels', () => {
    const made = plan({ findings });
    expect(kinds(made)).toEqual(['comment', 'add-labels']);
    expect(labelled(made, 'add-labels')).toEqual([`signature:${pump.id}`, 'area:pump', 'Bug']);
    const why = 'signature pump-exploded, 95 %, by rule and learned recogniser: title 4–17 `pump exploded`';
    expect(made.actions.map(({ because }) => because)).toEqual([why, why]);
    expect(made.withheld).toEqual([]);
    expect(made).not.toHaveProperty('closing');
  });

  test('joins the reasons of several parts', () => {
    const made = plan({ findings: [credential, known] });
    expect(made.actions[0]?.because).toBe(
      'a rule for credentials hit; signature pump-exploded, 95 %, by rule and learned recogniser: title 4–17 `pump exploded`',
    );
  });

  test('in observe says what it would have done', () => {
    const made = plan({ findings, config: { ...situation().config, mode: 'observe' } });
    expect(made.actions).toEqual([]);
    expect(made.withheld).toEqual([
      expect.stringMatching(/^mode is observe: would comment, because signature pump-exploded, 95 %/),
      expect.stringMatching(
        /^mode is observe: would add signature:pump-exploded, area:pump, Bug, because signature/,
      ),
    ]);
    const back = plan({
      state: { ...said, labels: { ...said.labels, added: ['area:tap', 'area:pump'] } },
      issue: issue({ labels: ['area:tap', 'area:pump'] }),
      paused: true,
    });
    expect(back.withheld).toEqual([
      'paused by a maintainer: would take the comment back, because the finding no longer holds',
      'paused by a maintainer: would remove area:tap, area:pump, because Signpost added them for a finding that no longer holds',
    ]);
  });

  test('names what is not said, and why', () => {
    const unsure: Finding = { ...known, probability: 0.5 };
    const line =
      'not said: signature pump-exploded, 50 %, by rule and learned recogniser: title 4–17 `pump exploded`';
    expect(plan({ findings: [unsure] }).withheld).toEqual([`${line} (below the bar of 0.9)`]);
    expect(plan({ findings: [{ ...unsure, probability: 0.95, threshold: 0.97 }] }).withheld[0]).toContain(
      '(below the bar of 0.97, which people’s verdicts have set)',
    );
    expect(plan({ findings: [{ ...unsure, threshold: 0.6 }] }).withheld[0]).toContain(
      '(below the bar of 0.9)',
    );
    const refused = issueState({ feedback: { refused: [`signature:${pump.id}`] } });
    expect(plan({ findings, state: refused }).withheld[0]).toContain('(refused by a person)');
    expect(plan({ findings, state: issueState({ ignored: true }) }).withheld[0]).toContain(
      '(this issue is to be left alone)',
    );
  });

  test('says why of a thread that the report names itself', () => {
    const { actions, withheld } = plan({ findings: [{ ...earlier, named: true }] });
    expect(actions).toEqual([]);
    expect(withheld[0]).toContain('(the report names it itself)');
  });

  test('at the bar speaks', () => {
    expect(kinds(plan({ findings: [{ ...known, probability: 0.9 }] }))).toContain('comment');
    expect(kinds(plan({ findings: [{ ...known, threshold: 0.95 }] }))).toContain('comment');
    expect(kinds(plan({ findings: [{ ...earlier, probability: 0.77 }] }))).toContain('comment');
    expect(kinds(plan({ findings: [{ ...earlier, probability: 0.76 }] }))).toEqual([]);
  });
});

describe('a rail that forbids a first comment', () => {
  const locked = issue({ locked: true });

  test('keeps labels that the issue can be told by, and says what was held back', () => {
    const made = plan({ findings, issue: locked });
    expect(kinds(made)).toEqual(['add-labels']);
    expect(made.withheld[0]).toMatch(/^the issue is locked: would comment, because/);
  });

  test('holds labels that mean nothing without the comment', () => {
    expect(plan({ findings: [earlier], issue: locked }).actions).toEqual([]);
    const made = plan({ findings: [earlier] });
    expect(labelled(made, 'add-labels')).toEqual(['possible-duplicate']);
  });

  test('lets a comment that stands be edited, unless the issue is closed', () => {
    expect(kinds(plan({ findings, issue: locked, state: said }))).toContain('comment');
    const closed = issue({ state: 'closed' });
    expect(kinds(plan({ findings, issue: closed, state: said }))).not.toContain('comment');
    const made = plan({ findings: [earlier], issue: closed, state: said });
    expect(labelled(made, 'add-labels')).toEqual(['possible-duplicate']);
  });

  test('does not keep a comment from being taken back', () => {
    expect(kinds(plan({ issue: locked, state: said }))).toEqual(['retract']);
    expect(kinds(plan({ issue: issue({ state: 'closed' }), state: said }))).toEqual(['retract']);
  });
});

describe('the brake on a page', () => {
  const breaker = { all: null, findings: new Map([[`signature:${pump.id}`, 'braked: 2 of 10']]) };

  test('stops its first comments and labels, and says so', () => {
    const made = plan({ findings, breaker });
    expect(made.actions).toEqual([]);
    expect(made.withheld[0]).toContain('(braked: 2 of 10)');
  });

  test('neither takes back what stands, nor what a person asks for', () => {
    expect(kinds(plan({ findings, breaker, state: said }))).toContain('comment');
    expect(kinds(plan({ findings, breaker, asked: true }))).toContain('comment');
  });
});

describe('what stands is taken back', () => {
  const back = (given: SomeState): Plan =>
    plan({ state: issueState({ comment: spoken, findingKeys: ['signature:x'], ...given }) });

  test('in words that fit the reason', () => {
    expect(back({}).actions[0]?.because).toBe('the finding no longer holds');
    expect(body(back({}))).toContain('the edited report no longer matches what was found before');
    expect(back({ feedback: { refused: ['signature:x'] } }).actions[0]?.because).toBe(
      'a person refused the finding',
    );
    expect(body(back({ feedback: { refused: ['signature:x'] } }))).toContain(
      'you said that this is a different problem',
    );
    expect(back({ ignored: true, feedback: { refused: ['signature:x'] } }).actions[0]?.because).toBe(
      'told to leave this issue alone',
    );
    expect(body(back({ ignored: true }))).toContain('this issue is left alone from now on');
  });

  test('with thanks where only something was missing', () => {
    const complete = back({ findingKeys: ['missing:version', 'missing:platform'] });
    expect(complete.actions[0]?.because).toBe('nothing is missing any more');
    expect(body(complete)).toBe('Thank you: nothing is missing any more.');
    expect(body(back({ findingKeys: ['missing:version', 'signature:x'] }))).toContain('Taken back');
    expect(body(back({ findingKeys: [] }))).toContain('Taken back');
  });

  test('where there is a comment only', () => {
    expect(plan({ state: issueState({ findingKeys: ['signature:x'] }) }).actions).toEqual([]);
  });
});

describe('the comment', () => {
  test('ends with why, and how to disagree', () => {
    const text = body(plan({ findings }));
    expect(text).toContain('<details><summary>Why this comment</summary>\n\n- signature pump-exploded, 95 %');
    expect(text).toMatch(/Not your problem\? Reply `\/signpost not-this` and this is taken back\.$/);
  });

  test('answers a command without it, and says again what was taken back', () => {
    const asked = issueState({ notice: 'help' });
    const help = body(plan({ state: asked }));
    expect(help).toMatch(/^<details open>/);
    expect(help).not.toContain('Why this comment');
    const both = body(
      plan({ state: { ...asked, feedback: { ...asked.feedback, refused: ['signature:x'] } } }),
    );
    expect(both).toMatch(/^Taken back: you said that this is a different problem\./);
    expect(both).toContain('<details open>');
    expect(body(plan({ state: { ...asked, comment: spoken, ignored: true } }))).toMatch(
      /^Taken back: a maintainer asked for it/,
    );
    const beside = body(
      plan({ findings, state: { ...asked, feedback: { ...asked.feedback, refused: ['signature:x'] } } }),
    );
    expect(beside).not.toContain('Taken back');
    expect(beside).toContain('Why this comment');
  });

  test('speaks of what is missing only where nothing was recognised', () => {
    const asks = '- the version';
    expect(body(plan({ findings: [lacking], asks }))).toContain(
      'this is still missing:**\n\n- the version\n\n',
    );
    expect(labelled(plan({ findings: [lacking], asks }), 'add-labels')).toEqual(['needs-info']);
    expect(body(plan({ findings: [lacking, known], asks }))).not.toContain('still missing');
    expect(body(plan({ findings: [lacking, earlier], asks }))).not.toContain('still missing');
    expect(plan({ findings: [lacking] }).actions).toEqual([]);
    expect(body(plan({ findings: [lacking], asks, labelled: true }))).not.toContain('still missing');
    expect(plan({ findings: [suggested('x')], asks }).actions).toEqual([]);
    const unlabelled = settings({ missing: { ...settings().missing, label: null } });
    expect(kinds(plan({ findings: [lacking], asks, config: unlabelled }))).toEqual(['comment']);
  });

  test('warns of a credential before all, with the label of the settings', () => {
    const text = body(plan({ findings: [known, credential] }));
    expect(text).toMatch(/^\*\*This issue or a comment on it seems to hold a credential/);
    expect(text).not.toContain('github-token');
    expect(text).toContain('- a rule for credentials hit\n- signature pump-exploded');
    expect(kinds(plan({ findings: [credential] }))).toEqual(['comment']);
    const config = settings({ secrets: { label: 'bug' } });
    expect(labelled(plan({ findings: [credential], config }), 'add-labels')).toEqual(['Bug']);
  });

  test('points at the earlier report with an open root, once', () => {
    expect(body(plan({ findings: [earlier] }))).toContain('**Probably reported before: #42** (93 % sure)');
    expect(plan({ findings: [earlier], roots: new Map() }).actions).toEqual([]);
    expect(
      plan({ findings: [earlier], roots: new Map([[`duplicate:${earlier.id}`, root(null)]]) }).actions,
    ).toEqual([]);
    const same = new Map([
      [`signature:${pump.id}`, root(42)],
      [`duplicate:${earlier.id}`, root(42)],
    ]);
    const text = body(plan({ findings: [known, earlier], roots: same }));
    expect(text).toContain('**Open thread:** #42.');
    expect(text).not.toContain('Probably reported before');
    const longer = new Map([
      [`signature:${pump.id}`, root(421)],
      [`duplicate:${earlier.id}`, root(42)],
    ]);
    // One place to go to, unless people named the other.
    const named: Finding = { ...earlier, from: 'fact' };
    expect(body(plan({ findings: [known, named], roots: longer }))).toContain(
      'Probably reported before: #42',
    );
    expect(body(plan({ findings: [known, earlier], roots: longer }))).not.toContain('reported before');
    const second: Finding = { ...earlier, id: `${repository}#43`, probability: 0.91 };
    const later = new Map([[`duplicate:${second.id}`, root(43)]]);
    expect(body(plan({ findings: [earlier, second], roots: later }))).toContain('reported before: #43**');
  });

  test('answers a duplicate label that names nothing', () => {
    const none = '**Marked as a duplicate, but no earlier report of this is known here.**';
    expect(body(plan({ labelled: true }))).toContain(none);
    expect(plan({ labelled: true }).actions[0]?.because).toBe(
      'the duplicate label was set, and no earlier report is known',
    );
    expect(body(plan({ labelled: true, findings: [earlier] }))).not.toContain(none);
    expect(body(plan({ labelled: true, findings }))).not.toContain(none);
    expect(body(plan({ labelled: false, findings: [lacking], asks: 'x' }))).not.toContain(none);
  });

  test('sets no label of its own accord, though labels are created', () => {
    const config = settings({
      labels: { ...settings().labels, allow: [], create: true },
      missing: { ...settings().missing, label: null },
    });
    const none = (given: Partial<Situation>) =>
      expect(labelled(plan({ config, ...given }), 'add-labels')).toEqual([]);
    none({ findings: [credential] });
    none({ findings: [lacking], asks: '- the version' });
    none({ labelled: true });
    none({ state: issueState({ notice: 'help' }) });
    const acting = {
      ...config,
      mode: 'act' as const,
      close: { ...config.close, at: 0.9, confirm: 'none' as const },
    };
    const closing = plan({ findings: [earlier], config: acting, state: issueState() });
    expect(closing.closing).toBeDefined();
    expect(labelled(closing, 'add-labels')).toEqual(['possible-duplicate']);
  });

  test('says why it asks, and why it answers', () => {
    const second: Finding = { ...lacking, id: 'platform' };
    expect(plan({ findings: [lacking, second], asks: 'x' }).actions[0]?.because).toBe(
      'missing version, 95 %, by fact; missing platform, 95 %, by fact',
    );
    expect(plan({ state: issueState({ notice: 'help' }) }).actions[0]?.because).toBe(
      'a command asked for it',
    );
  });

  test('asks whatever the bar of labels is', () => {
    const config = settings({ labels: { ...settings().labels, at: 0.99 } });
    expect(kinds(plan({ findings: [lacking], asks: 'x', config }))).toContain('comment');
  });

  test('points at the same thread once, whatever its repository is called', () => {
    const of = (name: string) => {
      const there = root(42);
      return { ...there, open: there.open && { ...there.open, repository: name } };
    };
    const twice = (first: string, second: string): string =>
      body(
        plan({
          findings: [known, { ...earlier, from: 'fact' }],
          roots: new Map([
            [`signature:${pump.id}`, of(first)],
            [`duplicate:${earlier.id}`, of(second)],
          ]),
        }),
      );
    expect(twice('o.o/tool', 'o.o/tool')).not.toContain('Probably reported before');
    expect(twice('oxo/tool', 'o.o/tool')).toContain('Probably reported before: o.o/tool#42');
  });

  test('says nothing of a page that is gone', () => {
    expect(plan({ findings, signatures: new Map() }).actions).toEqual([]);
  });
});

describe('a close to come', () => {
  const acting = settings({ mode: 'act', close: { ...settings().close, at: 0.9, confirm: 'none' } });

  test('is announced in the comment and remembered with the plan', () => {
    const made = plan({ findings: [earlier], config: acting, state: issueState() });
    expect(made.closing).toEqual({
      announcedAt: now,
      at: now + acting.close.after,
      of: { repository, number: 42 },
    });
    expect(body(made)).toContain(
      '**This issue will be closed as a duplicate of #42 on 2026-11-23 12:00 UTC**',
    );
    expect(made.actions[0]?.because).toContain('; a person confirmed the link');
  });

  test('is not where the comment cannot be posted', () => {
    const made = plan({ findings: [earlier], config: acting, state: issueState(), answered: true });
    expect(made).not.toHaveProperty('closing');
    const observed = plan({ findings: [earlier], config: acting, state: issueState(), paused: true });
    expect(observed).not.toHaveProperty('closing');
  });
});
