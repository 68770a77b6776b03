import { defaultConfig } from '../config/index.ts';
import { sampleIssue } from '../match/index.ts';
import { findSecrets, readReport } from '../report/index.ts';
import type { KnowledgeBase } from '../repository/knowledge-base.ts';

/**
 * Reads and recognises a sample of each shipped page, before deliveries come: otherwise the first reports,
 * and the answers to the deliveries beside them, wait for what is loaded and compiled when it is first used.
 */
export async function warmUp(knowledgeBase: KnowledgeBase): Promise<void> {
  const { trainingSample, recognise, signatures } = knowledgeBase.knowledge(defaultConfig.packs, '', []);
  // With more of each the start takes longer, and the first reports no less.
  for (const { samples } of signatures.values())
    for (const { text } of samples.matches.slice(0, 1)) {
      const issue = sampleIssue(text);
      const report = readReport(issue);
      await findSecrets(issue);
      recognise(report);
      trainingSample(report);
    }
}
