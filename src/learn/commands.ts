/** A command line of a comment, not yet interpreted. */
export interface Command {
  readonly name: string;
  /** The rest of the line, trimmed. */
  readonly argument: string;
}

/** Commands read of one comment, more than a person would write. */
const maxCommands = 10;

/**
 * Reads the commands of a comment, one a line: `/signpost <name> [argument]`; without a name, `help`. Ignores
 * quotes, code and HTML comments, since people quote our own comment, which names commands. Linear in the
 * length of the text.
 */
export function readCommands(body: string): readonly Command[] {
  const commands: Command[] = [];
  let fence: string | null = null;
  let inComment = false;
  for (const line of body.slice(0, 65_536).split(/\r?\n/)) {
    if (inComment) {
      inComment = !line.includes('-->');
      continue;
    }
    const fenceMarks = /^ {0,3}(`{3,}|~{3,})/.exec(line)?.[1];
    if (fence !== null) {
      if (fenceMarks?.startsWith(fence) === true && line.trim() === fenceMarks) fence = null;
      continue;
    }
    if (fenceMarks !== undefined) {
      fence = fenceMarks;
      continue;
    }
    const open = line.lastIndexOf('<!--');
    inComment = open !== -1 && !line.includes('-->', open);
    const found = /^ {0,3}\/signpost(?:[ \t]+([\w-]{1,40})(?:[ \t]+(\S.{0,200}?))?)?[ \t]*$/i.exec(line);
    if (found === null) continue;
    commands.push({ name: (found[1] ?? 'help').toLowerCase(), argument: found[2] ?? '' });
    if (commands.length === maxCommands) break;
  }
  return commands;
}
