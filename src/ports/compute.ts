/** What a task's module exports as `run`: one value goes in, one comes out, and both are copied between threads. */
type Run = (input: never) => unknown;

/** Work that takes too long for the main thread, in a module of its own. */
export interface Task<Type extends Run> {
  readonly module: URL;
  /** For the compiler only: what the module's `run` is. */
  readonly run?: Type;
}

/**
 * Does a task off the main thread, so that deliveries are answered meanwhile. Rejects with what `run` throws, and when
 * the thread ends without an answer.
 */
export type Compute = <Type extends Run>(
  task: Task<Type>,
  input: Parameters<Type>[0],
) => Promise<Awaited<ReturnType<Type>>>;

/**
 * The module of that name beside another one, built or not.
 *
 * @param file `import.meta.url` of the other
 * @param name without its ending
 */
export function moduleBeside(file: string, name: string): URL {
  return new URL(`${name}${file.endsWith('.ts') ? '.ts' : '.js'}`, file);
}
