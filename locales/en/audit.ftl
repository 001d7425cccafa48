# The trail of what was done: where it stands, and what the host did.

audit-head =
    <b>The record of what was done</b>

    Entry { $number }
    Mark: <code>{ $hash }</code>

    Please copy both to where you keep such things, on paper or elsewhere. If anybody cuts off the end of the record later, the operator finds it by them.
audit-head-gone =
    <b>Entry { $number } of the record is not there</b>

    Either it is more than two years old, or the record was changed. Ask the operator, and tell another coordinator.
audit-host-act =
    <b>Done by the operator on the server</b>
    { $at }
audit-host-did =
    { $act ->
        [code_given] { $kind ->
            [administrator] A code was made for a new administrator.
            [coordinator] A code was made for a new coordinator.
           *[other] A one-time code was made.
        }
        [person_erased] Somebody was erased.
        [import_confirmed] { $kind ->
            [hearings] Court dates were taken over from a file: { $count }.
            [facilities] Places of detention were taken over from a file: { $count }.
            [guardianships] Codes for guardians who write already were given out: { $count }.
           *[other] Prisoners were taken over from a file: { $count }.
        }
        [alarm_lifted] The alarm was lifted; the bot sends again.
        [key_rotated] The key that everything is locked with was replaced.
        [recipients_changed] It was changed who can open backups; now { $count } can.
        [backup_written] A backup was made.
        [restored] Everything was brought back from a backup: what was done after it is lost.
        [freeze_lifted] A coordinator’s freeze was lifted.
        [suspension_lifted] Somebody’s suspension was lifted.
        [contact_revealed] Somebody’s contact details were opened.
        [name_revealed] A hidden name was opened.
        [request_approved] A coordinator’s request was approved.
        [role_granted] Somebody was given a role.
        [role_ended] Somebody’s role was ended.
        [pin_reset] A coordinator’s forgotten PIN was reset.
       *[other] Something was done that has no words here yet.
    }
audit-host-ask = If you did not know of it, ask the operator, and speak with another coordinator. It is entry { $number } of the record.
