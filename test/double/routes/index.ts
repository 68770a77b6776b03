import type { Route } from '../http.ts';
import { appRoutes } from './app.ts';
import { checkRoutes } from './checks.ts';
import { commentRoutes } from './comments.ts';
import { deliveryRoutes } from './deliveries.ts';
import { issueRoutes } from './issues.ts';
import { labelRoutes } from './labels.ts';
import { pullRoutes } from './pulls.ts';
import { reactionRoutes } from './reactions.ts';
import { repositoryRoutes } from './repositories.ts';
import { timelineRoutes } from './timeline.ts';

/** Every REST call that the double answers. */
export const routes: readonly Route[] = [
  ...issueRoutes,
  ...commentRoutes,
  ...labelRoutes,
  ...repositoryRoutes,
  ...checkRoutes,
  ...deliveryRoutes,
  ...pullRoutes,
  ...reactionRoutes,
  ...timelineRoutes,
  ...appRoutes,
];
