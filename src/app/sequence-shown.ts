// A sequence as it is shown outside, over the API and on the command line: what is shown can be edited and saved again.
import type { OneSequence } from './browse.ts';

export type SequenceShown = ReturnType<typeof sequenceShown>;

export function sequenceShown({ row, steps, after, isDefault, customers, receivables, paused }: OneSequence) {
  return {
    id: row.id,
    title: row.title,
    description: row.description,
    isDefault,
    customers,
    receivables,
    paused,
    ending: after,
    steps: steps.map((step) => ({
      id: step.id,
      level: step.level,
      name: step.name,
      offsetDays: step.offset_days,
      timing: step.when,
      tone: step.tone,
      channels: step.channels,
      templateKey: step.template_key,
      taskText: step.task_text,
      rolesTo: step.roles_to,
      rolesCc: step.roles_cc,
      minimums: step.minimums,
      requiresApproval: step.requires_approval,
      approvalFrom: step.approval_from,
      leavesAfterHours: step.leaves_after_hours,
      fee: step.fee,
      formalNotice: step.formal_notice,
      attachInvoice: step.attach_invoice,
      fileIds: step.fileIds,
      senderName: step.sender_name,
      replyTo: step.reply_to,
      tellsInCharge: step.tells_in_charge,
    })),
  };
}
