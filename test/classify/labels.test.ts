import { describe, expect, it } from 'vitest';
import { decodeModel, encodeModel, suggestLabels, trainLabels } from '../../src/classify/index.ts';
import { readReport } from '../../src/report/index.ts';
import { formReport, history } from './history.ts';

const model = trainLabels(history(60));
const names = (findings: readonly { readonly id: string }[]): string[] => findings.map(({ id }) => id).sort();

describe('labels learned from a history', () => {
  it('tells the areas apart by words it has seen in other sentences', () => {
    const report = formReport(
      '[BUG] Spooler stops in the middle of a page',
      'The printer waits for ever.',
      'Windows',
    );
    expect(names(suggestLabels(report, model))).toEqual(['area:print', 'bug', 'platform:windows']);
  });

  it('shows the raw words that speak for a label', () => {
    const report = formReport('[BUG] New mail is never shown', 'My inbox stays empty.', 'macOS');
    const finding = suggestLabels(report, model).find(({ id }) => id === 'area:mail');
    expect(finding?.from).toBe('model');
    expect(finding?.evidence.map(({ text }) => text.toLowerCase()).join(' ')).toMatch(/mail|inbox|new|never/);
    for (const { field, start, end, text } of finding?.evidence ?? [])
      expect((field === 'title' ? report.title : report.body).slice(start, end)).toBe(text);
  });

  it('sets a chosen platform whatever the words say, and says that the form did', () => {
    const report = formReport(
      '[BUG] Mails arrive twice',
      'It is said to work on Windows and Ubuntu.',
      'macOS 15.5',
    );
    const platforms = suggestLabels(report, model).filter(({ id }) => id.startsWith('platform:'));
    expect(platforms).toMatchObject([
      { id: 'platform:macos', from: 'form', evidence: [{ text: 'macOS 15.5' }] },
    ]);
  });

  it('takes what was chosen over what was read from the text', () => {
    const report = formReport('[BUG] Mails arrive twice', 'Seen on Windows 11 too.', 'macOS 15.5');
    const start = report.body.indexOf('Windows 11');
    const read = {
      kind: 'platform',
      value: 'Windows 11',
      field: 'body',
      from: 'text',
      start,
      end: start + 10,
    } as const;
    const both = { ...report, facts: [read, ...report.facts] };
    const only = { ...report, facts: [read] };
    const platforms = (of: typeof report): string[] =>
      names(suggestLabels(of, model)).filter((id) => id.startsWith('platform:'));
    expect(platforms(both)).toEqual(['platform:macos']);
    expect(platforms(only)).toEqual(['platform:windows']);
  });

  it('is silent about what it has never seen', () => {
    const report = readReport({ title: 'Qwertz uiop', body: 'Asdf jkl.' });
    expect(suggestLabels(report, model).filter(({ id }) => id.startsWith('area:'))).toEqual([]);
  });

  it('learns nothing of skipped labels, and of those with too few examples', () => {
    const few = [...history(60), { report: formReport('[BUG] x', 'y', 'macOS'), labels: ['area:rare'] }];
    const trained = trainLabels(few, { skip: ['bug'] });
    expect(trained.labels.map(({ name }) => name)).not.toContain('bug');
    expect(trained.labels.map(({ name }) => name)).not.toContain('area:rare');
  });

  it('gives the same bytes for the same history, and the same findings after they were kept', () => {
    const bytes = encodeModel(model);
    expect(encodeModel(trainLabels(history(60)))).toEqual(bytes);
    const kept = decodeModel(bytes);
    const report = formReport('[BUG] Pages jam', 'The printer again.', 'Ubuntu 24.04');
    expect(kept && suggestLabels(report, kept)).toEqual(suggestLabels(report, model));
  });

  it('takes no bytes that are cut off, of another version or no model', () => {
    const bytes = encodeModel(model);
    expect(decodeModel(bytes.subarray(0, bytes.length - 1))).toBeNull();
    expect(decodeModel(new TextEncoder().encode('{"version":"labels-0"}'))).toBeNull();
    expect(decodeModel(new Uint8Array())).toBeNull();
  });

  it('takes a number in place of the bars', () => {
    const report = formReport('[BUG] Mails arrive twice', 'Each of them.', 'macOS');
    expect(suggestLabels(report, model, 1)).toEqual([]);
    expect(suggestLabels(report, model, 0).length).toBeGreaterThan(suggestLabels(report, model).length);
  });
});

describe('labels without a history', () => {
  const labels = ['OS: macOS', 'O-windows', 'type: bug', 'area:windows', 'Feature Request', 'api:bedrock'];
  const fresh = trainLabels([], { labels });

  it('follow the facts by the names of the labels', () => {
    expect(names(suggestLabels(formReport('[BUG] Crash', 'It crashes.', 'macOS'), fresh))).toEqual([
      'OS: macOS',
      'type: bug',
    ]);
    expect(names(suggestLabels(formReport('[BUG] Crash', 'It crashes.', 'Windows 11'), fresh))).toEqual([
      'O-windows',
      'type: bug',
    ]);
  });

  it('are not taken from a scope that is about something else', () => {
    const found = suggestLabels(formReport('[FEATURE] Windows side by side', 'Please.', 'Windows'), fresh);
    expect(names(found)).toEqual(['Feature Request', 'O-windows']);
  });
});

describe('facts that a history contradicts', () => {
  it('bring no label any more', () => {
    const contrary = history(60).map(({ report, labels }) => ({
      report,
      labels: labels.filter((label) => label !== 'platform:macos'),
    }));
    const options = { labels: ['platform:macos', 'platform:windows'] };
    const report = formReport('[BUG] Mails arrive twice', 'Each of them.', 'macOS');
    expect(names(suggestLabels(report, trainLabels([], options)))).toEqual(['platform:macos']);
    expect(names(suggestLabels(report, trainLabels(contrary, options)))).toEqual([]);
  });

  it('bring the label that people set instead', () => {
    const wsl = Array.from({ length: 12 }, (_, k) => ({
      report: formReport(`[BUG] Number ${k}`, 'It stops.', 'Windows 11 (WSL2)'),
      labels: ['platform:linux'],
    }));
    const trained = trainLabels(wsl, { labels: ['platform:linux', 'platform:windows'] });
    expect(names(suggestLabels(formReport('[BUG] Again', 'It stops.', 'WSL2'), trained))).toEqual([
      'platform:linux',
    ]);
  });
});
