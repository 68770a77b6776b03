/** YAML that a person wrote, checked against a zod schema, every problem at its line and column. Pure. */
export { readYaml } from './read-yaml.ts';
