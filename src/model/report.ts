import type { Region } from './text.ts';

/**
 * A heading and the region below it, up to the next heading of the same or a higher level. The headings of an
 * issue form outrank those that a reporter wrote into an answer.
 */
export interface Section extends Region {
  /** The heading as written, without marks. */
  readonly heading: string;
  /** The heading in lower case with single hyphens: what `in: section:<slug>` names. */
  readonly slug: string;
  /** `form` where the heading and layout are those of an issue form. */
  readonly from: 'form' | 'heading';
  /** The reporter left it blank: no text, `_No response_`, or only the template's text. */
  readonly empty: boolean;
}

/** A fenced or indented block, or a code span. The region is its content, without fences and back-ticks. */
export interface Code extends Region {
  /** The word behind the fence, lower case; empty without one and for spans. */
  readonly language: string;
  readonly inline: boolean;
}

/** A line that states a failure, anywhere in the body. */
export interface ErrorLine extends Region {
  /**
   * The line in lower case, with placeholders for what varies between reports: numbers that are no codes,
   * paths, ids, times, addresses and quoted names; one space between words.
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

/** The subject of a fact. */
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

/** A normalised diagnostic with its region in the text that `field` names. */
export interface Fact extends Region {
  readonly kind: FactKind;
  /** The normalised value. */
  readonly value: string;
  readonly field: 'title' | 'body';
  /**
   * `form`: chosen or filled in under its own heading. `text`: read from prose, a log or a command's output.
   */
  readonly from: 'form' | 'text';
}

/** What kind of issue the reporter opened. */
export type IssueKind = 'bug' | 'feature' | 'question' | 'documentation' | 'other';

/**
 * The reporter's part of an issue, without the template's. Regions are UTF-16 offsets in `title` or `body`,
 * which are the raw texts (cut at 256 KiB or 20,000 lines). Each list is in order of position without
 * overlaps, except that sections nest; `errors` and `frames` may lie in `prose` or `code`, and code spans lie
 * in both.
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

/** A posted credential. Deliberately holds no text. */
export interface Secret extends Region {
  readonly field: 'title' | 'body';
  /** `anthropic-key`, `github-token`, `private-key`, … */
  readonly type: string;
}
