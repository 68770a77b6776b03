import { presentLabel } from '../present/issue.ts';
import { repositoryUrl } from '../present/repository.ts';
import type { Actor, Issue, Label, Repository } from '../state.ts';
import type { World } from '../world.ts';
import { Refusal } from '../world.ts';
import { announce, invalid, log } from './issue.ts';

const most = 100;

function emitLabel(
  world: World,
  actor: Actor,
  repository: Repository,
  label: Label,
  action: string,
  more: Record<string, unknown> = {},
): void {
  world.emit({
    event: 'label',
    action,
    repository,
    sender: actor.account,
    payload: { label: presentLabel(repositoryUrl(world.at, repository), label), ...more },
  });
}

/** Makes a label; 422 when the repository has it in any spelling, or the name is over 50 characters. */
export function createLabel(
  world: World,
  actor: Actor,
  repository: Repository,
  given: { readonly name: string; readonly color?: string; readonly description?: string | null },
): Label {
  const { name } = given;
  if (name.trim() === '') throw invalid('Label', 'name', 'missing_field');
  if (name.length > 50)
    throw invalid('Label', 'name', 'invalid', 'name is too long (maximum is 50 characters)');
  if (repository.labels.has(name.toLowerCase())) throw invalid('Label', 'name', 'already_exists');
  const label: Label = {
    id: world.nextId(),
    name,
    color: given.color ?? 'ededed',
    description: given.description ?? null,
  };
  repository.labels.set(name.toLowerCase(), label);
  emitLabel(world, actor, repository, label, 'created');
  return label;
}

export function renameLabel(
  world: World,
  actor: Actor,
  repository: Repository,
  label: Label,
  name: string,
): void {
  const from = label.name;
  repository.labels.delete(from.toLowerCase());
  repository.labels.set(name.toLowerCase(), label);
  label.name = name;
  emitLabel(world, actor, repository, label, 'edited', { changes: { name: { from } } });
}

/** Takes a label out of the repository and off its issues. */
export function deleteLabel(world: World, actor: Actor, repository: Repository, label: Label): void {
  repository.labels.delete(label.name.toLowerCase());
  for (const issue of world.issues.values())
    if (issue.repository === repository) issue.labels = issue.labels.filter((other) => other !== label);
  emitLabel(world, actor, repository, label, 'deleted');
}

/**
 * Adds labels by name. A name that the repository does not have is made, as GitHub does. `between` runs when
 * the issue carries them and nobody was told yet: `opened` comes before `labeled`.
 */
export function addLabels(
  world: World,
  actor: Actor,
  issue: Issue,
  names: readonly string[],
  between: () => void = () => {},
): void {
  const { repository } = issue;
  const labels = new Set(
    names.map(
      (name) => repository.labels.get(name.toLowerCase()) ?? createLabel(world, actor, repository, { name }),
    ),
  );
  const fresh = [...labels].filter((label) => !issue.labels.includes(label));
  if (issue.labels.length + fresh.length > most)
    throw invalid('Issue', 'labels', 'invalid', `an issue has at most ${most} labels`);
  issue.labels.push(...fresh);
  between();
  for (const label of fresh) {
    log(world, actor, issue, { kind: 'labeled', label });
    announce(world, actor, issue, 'labeled', {
      label: presentLabel(repositoryUrl(world.at, repository), label),
    });
  }
}

/** 404 when the issue does not carry it. */
export function removeLabel(world: World, actor: Actor, issue: Issue, name: string): void {
  const label = issue.labels.find((other) => other.name.toLowerCase() === name.toLowerCase());
  if (!label) throw new Refusal(404, 'Label does not exist');
  issue.labels = issue.labels.filter((other) => other !== label);
  log(world, actor, issue, { kind: 'unlabeled', label });
  announce(world, actor, issue, 'unlabeled', {
    label: presentLabel(repositoryUrl(world.at, issue.repository), label),
  });
}

/** The replacing call: everything that is not named goes. */
export function replaceLabels(world: World, actor: Actor, issue: Issue, names: readonly string[]): void {
  const keep = new Set(names.map((name) => name.toLowerCase()));
  for (const label of [...issue.labels])
    if (!keep.has(label.name.toLowerCase())) removeLabel(world, actor, issue, label.name);
  addLabels(world, actor, issue, names);
}
