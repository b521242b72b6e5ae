// Every migration, in order. Forward only: a new one is added at the end, a landed one is never edited.
import type { Migration } from 'kysely/migration';
import { up as base } from './0001-base.ts';
import { up as imports } from './0002-import.ts';
import { up as account } from './0003-account.ts';
import { up as recipientsChosen } from './0004-recipients-chosen.ts';
import { up as sample } from './0005-sample.ts';
import { up as approvers } from './0006-approvers.ts';
import { up as claims } from './0007-claims.ts';
import { up as approvalWait } from './0008-approval-wait.ts';
import { up as tasks } from './0009-tasks.ts';
import { up as apiKeys } from './0010-api-keys.ts';
import { up as letterhead } from './0011-letterhead.ts';
import { up as filesAndOperations } from './0012-files-and-operations.ts';
import { up as approvingAndHistory } from './0013-approving-and-history.ts';
import { up as pausingAndEnrollingMany } from './0014-pausing-and-enrolling-many.ts';
import { up as quickerLists } from './0015-quicker-lists.ts';
import { up as sendingCalendar } from './0016-sending-calendar.ts';
import { up as templateNames } from './0017-template-names.ts';
import { up as grouping } from './0018-grouping.ts';
import { up as approvalRules } from './0019-approval-rules.ts';
import { up as bankFreshness } from './0020-bank-freshness.ts';
import { up as stepsAndEndings } from './0021-steps-and-endings.ts';
import { up as taskChannel } from './0022-task-channel.ts';
import { up as enrolmentRules } from './0023-enrolment-rules.ts';
import { up as promises } from './0024-promises.ts';
import { up as documentPartitions } from './0025-document-partitions.ts';
import { up as charges } from './0026-charges.ts';
import { up as bounces } from './0027-bounces.ts';
import { up as companyFiles } from './0028-company-files.ts';
import { up as paymentPlans } from './0029-payment-plans.ts';
import { up as thanks } from './0030-thanks.ts';
import { up as termsAndPeople } from './0031-terms-and-people.ts';
import { up as payerAndMerged } from './0032-payer-and-merged.ts';
import { up as ledgerTurns } from './0033-ledger-turns.ts';
import { up as policies } from './0034-policies.ts';

export const migrations: Record<string, Migration> = {
  '0001-base': { up: base },
  '0002-import': { up: imports },
  '0003-account': { up: account },
  '0004-recipients-chosen': { up: recipientsChosen },
  '0005-sample': { up: sample },
  '0006-approvers': { up: approvers },
  '0007-claims': { up: claims },
  '0008-approval-wait': { up: approvalWait },
  '0009-tasks': { up: tasks },
  '0010-api-keys': { up: apiKeys },
  '0011-letterhead': { up: letterhead },
  '0012-files-and-operations': { up: filesAndOperations },
  '0013-approving-and-history': { up: approvingAndHistory },
  '0014-pausing-and-enrolling-many': { up: pausingAndEnrollingMany },
  '0015-quicker-lists': { up: quickerLists },
  '0016-sending-calendar': { up: sendingCalendar },
  '0017-template-names': { up: templateNames },
  '0018-grouping': { up: grouping },
  '0019-approval-rules': { up: approvalRules },
  '0020-bank-freshness': { up: bankFreshness },
  '0021-steps-and-endings': { up: stepsAndEndings },
  '0022-task-channel': { up: taskChannel },
  '0023-enrolment-rules': { up: enrolmentRules },
  '0024-promises': { up: promises },
  '0025-document-partitions': { up: documentPartitions },
  '0026-charges': { up: charges },
  '0027-bounces': { up: bounces },
  '0028-company-files': { up: companyFiles },
  '0029-payment-plans': { up: paymentPlans },
  '0030-thanks': { up: thanks },
  '0031-terms-and-people': { up: termsAndPeople },
  '0032-payer-and-merged': { up: payerAndMerged },
  '0033-ledger-turns': { up: ledgerTurns },
  '0034-policies': { up: policies },
};
