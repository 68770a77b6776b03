import type { Region } from './text.ts';

/**
 * A heading and what stands below it, up to the next heading of the same or a higher level. The region is what
 * stands below; the headings of an issue form outrank those that a reporter wrote into an answer.
 */
export interface Section extends Region {
  /** The heading as written, without marks. */
  readonly heading: string;
  /** The heading in lower case with single hyphens: what `in: section:<slug>` names. */
  readonly slug: string;
  /** `form` where the heading and layout are those of an issue form. */
  readonly from: 'form' | 'heading';
  /** The section has no content of the reporter: blank, `_No response_`, template text only. */
  readonly empty: boolean;
}

/** A fenced or indented block, or a code span. The region is its content, without fences and back-ticks. */
export interface Code extends Region {
  /** The word behind the fence, lower case; empty without one and for spans. */
  readonly language: string;
  readonly inline: boolean;
}

/** A line that states a failure, wherever it stands. */
export interface ErrorLine extends Region {
  /**
   * The line without what differs from report to report: numbers that are not codes, paths, ids, times,
   * addresses and quoted names become placeholders; lower case; one space between words.
   */
  readonly normalised: string;
}

/** One call of a stack trace. */
export interface StackFrame extends Region {
  /** The function, without arguments; empty where the trace names none. */
  readonly fn: string;
  /** The file's last two path parts, without line and column; empty where the trace names none. */
  readonly file: string;
}

/** What a fact is about. */
export type FactKind =
  | 'version' // of the software the report is about: semver, no leading v
  | 'platform' // operating system: `macOS 15.5`, `Windows 11 (WSL2)`, `Ubuntu 24.04`, `Linux`
  | 'terminal' // `iTerm2`, `VS Code`
  | 'shell' // `zsh`
  | 'provider' // `Anthropic API`, `AWS Bedrock`, `Google Vertex`
  | 'model' // `claude-opus-4-5`
  | 'path' // of the command
  | 'install' // `npm`, `native`, `homebrew`
  | 'runtime'; // `Node.js 20.11.0`

/** A normalised diagnostic with its place in the text; `field` tells which text the region counts in. */
export interface Fact extends Region {
  readonly kind: FactKind;
  /** The normalised value. */
  readonly value: string;
  readonly field: 'title' | 'body';
  /** `form`: chosen or filled in under its own heading. `text`: read from prose, a log or a command's output. */
  readonly from: 'form' | 'text';
}

/** What kind of issue the reporter opened. */
export type IssueKind = 'bug' | 'feature' | 'question' | 'documentation' | 'other';

/**
 * What a reporter said, without the template around it. Every region counts UTF-16 offsets in `title` or
 * `body`, which are the raw texts (cut at 256 KiB or 20,000 lines). Lists are in order of position and do not overlap
 * within themselves (sections nest); `errors` and `frames` may lie inside `prose` or `code`, and code spans
 * lie inside `prose` as well as in `code`.
 */
export interface Report {
  readonly title: string;
  readonly body: string;
  readonly kind: IssueKind;
  readonly sections: readonly Section[];
  readonly prose: readonly Region[];
  readonly code: readonly Code[];
  readonly errors: readonly ErrorLine[];
  readonly frames: readonly StackFrame[];
  readonly facts: readonly Fact[];
  /** Command lines that the reporter ran: `claude mcp list`. */
  readonly commands: readonly Region[];
}

/** A credential somebody posted. There is no text in it on purpose. */
export interface Secret extends Region {
  readonly field: 'title' | 'body';
  /** `anthropic-key`, `github-token`, `private-key`, … */
  readonly type: string;
}
