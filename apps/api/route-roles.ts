import type { Role } from '#access/access-key.js';
import type { RouteRoles } from '#platform/http/access-guard.js';

/** Everybody who has a key may look at everything: both teams read the same numbers. */
const READERS: readonly Role[] = ['marketing', 'sales', 'head', 'finance', 'auditor', 'admin'];
const BOTH_TEAMS: readonly Role[] = ['marketing', 'sales', 'head', 'admin'];
const MARKETING: readonly Role[] = ['marketing', 'head', 'admin'];
const SALES: readonly Role[] = ['sales', 'head', 'admin'];
const MONEY: readonly Role[] = ['sales', 'finance', 'head', 'admin'];
const SPENDING: readonly Role[] = ['marketing', 'finance', 'head', 'admin'];
const MONEY_RULES: readonly Role[] = ['finance', 'head', 'admin'];
const HEADS: readonly Role[] = ['head', 'admin'];
const STAFF: readonly Role[] = ['marketing', 'sales', 'head', 'finance', 'admin'];
const APPROVERS: readonly Role[] = ['finance', 'head'];
const FINANCE: readonly Role[] = ['finance'];
const OPERATORS: readonly Role[] = ['auditor', 'admin'];

/**
 * Which roles may use which route, once keys are on (`CONCORD_AUTH=keys`). The one place where this is said: a route that is not here is
 * closed to everybody, and a test fails. Who may do a step in a lead's life is judged by the decision as well (`LEAD.WRONG_TEAM`).
 */
export const ROUTE_ROLES: RouteRoles = {
  'POST /leads': BOTH_TEAMS,
  'POST /leads/:id/change-details': BOTH_TEAMS,
  'POST /touches': BOTH_TEAMS,
  'POST /leads/:id/touches': BOTH_TEAMS,
  'POST /leads/:id/touches/:touchId/annul': BOTH_TEAMS,
  'POST /leads/:id/assign': BOTH_TEAMS,
  'POST /leads/:id/qualify-mql': MARKETING,
  'POST /leads/:id/accept': SALES,
  'POST /leads/:id/qualify-sql': SALES,
  'POST /leads/:id/reject': SALES,
  'POST /leads/:id/recycle': BOTH_TEAMS,
  'POST /leads/:id/disqualify': BOTH_TEAMS,
  'POST /leads/:id/reopen': BOTH_TEAMS,
  'POST /leads/:id/annul-stage': BOTH_TEAMS,
  'POST /leads/:id/review': BOTH_TEAMS,

  'POST /deals': SALES,
  'POST /deals/:id/amend': SALES,
  'POST /deals/:id/assign': SALES,
  'POST /deals/:id/advance': SALES,
  'POST /deals/:id/close': SALES,
  'POST /deals/:id/reopen': SALES,
  'POST /deals/:id/annul': SALES,
  'POST /deals/:id/payments': MONEY,
  'POST /deals/:id/payments/:paymentId/annul': MONEY,
  'POST /deals/:id/payments/:paymentId/refunds': MONEY,
  'POST /deals/:id/payments/:paymentId/refunds/:refundId/annul': MONEY,

  'POST /members': HEADS,
  'POST /members/:handle/move': HEADS,
  'POST /members/:handle/leave': HEADS,

  'POST /campaigns': MARKETING,
  'POST /campaigns/:id/change-owners': MARKETING,
  'POST /campaigns/:id/end': MARKETING,
  'POST /campaigns/:id/spend': SPENDING,
  'POST /campaigns/:id/spend/:spendId/correct': SPENDING,
  'POST /spend': SPENDING,
  'POST /definitions/channels': MARKETING,
  'POST /definitions/margin': MONEY_RULES,
  'POST /attribution/models': MARKETING,

  'POST /code-lists/:name': HEADS,
  'POST /reviews': BOTH_TEAMS,
  'POST /lead-reviews/sessions': SALES,
  'POST /lead-reviews/sessions/:id/decisions': BOTH_TEAMS,
  'POST /lead-reviews/sessions/:id/actions': BOTH_TEAMS,
  'POST /lead-reviews/sessions/:id/actions/:actionId/done': BOTH_TEAMS,
  'POST /lead-reviews/sessions/:id/close': SALES,
  'POST /feedback': BOTH_TEAMS,
  'POST /feedback/:id/acknowledge': BOTH_TEAMS,
  'POST /feedback/:id/answer': BOTH_TEAMS,
  'POST /feedback/:id/resolve': BOTH_TEAMS,
  'POST /guidelines/:name': HEADS,
  'POST /guidelines/:name/acknowledge': STAFF,

  'POST /bonuses/plans': APPROVERS,
  'POST /bonuses/plans/:id/draft': APPROVERS,
  'POST /bonuses/plans/:id/sign': APPROVERS,
  'POST /bonuses/plans/:id/accept': STAFF,
  'POST /bonuses/plans/:id/end': APPROVERS,
  'POST /bonuses/plans/:id/evaluate-pool': APPROVERS,
  'POST /bonuses/statements/draft': APPROVERS,
  'POST /bonuses/statements/draft-period': APPROVERS,
  'POST /bonuses/statements/approve': APPROVERS,
  'POST /bonuses/statements/approve-period': APPROVERS,
  'POST /bonuses/statements/pay': FINANCE,
  'POST /bonuses/statements/pay-period': FINANCE,
  'POST /bonuses/statements/write-off': FINANCE,
  'POST /bonuses/disputes': STAFF,
  'POST /bonuses/disputes/:id/rule': APPROVERS,
  'POST /bonuses/periods/:period/close': FINANCE,
  'POST /bonuses/counterfactual': ['finance', 'head', 'auditor'],
  'POST /bonuses/simulate': ['finance', 'head', 'auditor'],

  'GET /leads': READERS,
  'GET /leads/:id': READERS,
  'GET /leads/:id/timeline': READERS,
  'GET /leads/:id/journey': READERS,
  'GET /deals': READERS,
  'GET /deals/:id': READERS,
  'GET /members': READERS,
  'GET /imports': READERS,
  'GET /campaigns': READERS,
  'GET /campaigns/:id': READERS,
  'GET /spend': READERS,
  'GET /definitions/channels': READERS,
  'GET /definitions/margin': READERS,
  'GET /definitions/channels/classify': READERS,
  'GET /code-lists': READERS,
  'GET /code-lists/:name': READERS,
  'GET /lead-reviews': READERS,
  'GET /lead-reviews/leads': READERS,
  'GET /lead-reviews/sessions': READERS,
  'GET /lead-reviews/sessions/:id': READERS,
  'GET /lead-reviews/sessions/:id/report': READERS,
  'GET /feedback': READERS,
  'GET /feedback/:id': READERS,
  'GET /guidelines': READERS,
  'GET /guidelines/:name': READERS,
  // A key of marketing or sales sees what its own member gets.
  'GET /bonuses/statements': READERS,
  'GET /bonuses/accruals': READERS,
  'GET /bonuses/disputes': READERS,
  'GET /bonuses/next': READERS,
  'GET /bonuses/plans': READERS,
  'GET /bonuses/plans/:id': READERS,
  'GET /attribution': READERS,
  'GET /attribution/models': READERS,
  'GET /roi': READERS,
  'GET /journeys': READERS,
  'GET /figures': READERS,
  'GET /figures/changes': READERS,
  'GET /kpi': READERS,
  'GET /funnel': READERS,
  'GET /pipeline': READERS,
  'GET /glossary': READERS,
  'GET /feed': READERS,
  'GET /': READERS,
  'GET /page/leads/:id': READERS,
  'GET /page/lead-reviews': READERS,
  'GET /page/bonuses/statements': READERS,
  'GET /page/glossary': READERS,
  'GET /page/health': READERS,

  // What the process is worth, not what it holds; without a key `/health` says only whether it is up.
  'GET /health': 'anyone',
  'GET /health/live': 'anyone',
  'GET /health/ready': 'anyone',
  'GET /metrics': OPERATORS,

  // The interface is no secret: it is the same everywhere.
  'GET /docs': 'anyone',
  'GET /asyncapi.json': 'anyone',
  'GET /schemas/:type': 'anyone',
  'GET /docs-json': 'anyone',
  'GET /docs/start.js': 'anyone',
  'GET /docs/swagger-ui.css': 'anyone',
  'GET /docs/swagger-ui-bundle.js': 'anyone',
  'GET /docs/favicon-32x32.png': 'anyone',
  'GET /page/style.css': 'anyone',
  'GET /page/icon.svg': 'anyone',
  'GET /favicon.ico': 'anyone',
};
