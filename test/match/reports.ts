import type { Report } from '../../src/model/report.ts';

/** A report whose whole body is prose: what the matcher needs, without the parser. */
export function plainReport(title: string, body: string, more: Partial<Report> = {}): Report {
  return {
    title,
    body,
    kind: 'bug',
    sections: [],
    prose: body === '' ? [] : [{ start: 0, end: body.length }],
    code: [],
    errors: [],
    frames: [],
    facts: [],
    commands: [],
    ...more,
  };
}
