"""The named failures of the tenancy room."""

from samvad.kernel.errors import Conflict, Forbidden, NotFound, Unauthenticated


class WrongCredentials(Unauthenticated):
    """Never says which of e-mail and password was wrong."""

    code = "wrong_credentials"
    title = "E-mail or password is wrong"


class LinkSpent(Unauthenticated):
    code = "link_spent"
    title = "This sign-in link is used up or too old; ask for a new one"


class SlugTaken(Conflict):
    code = "slug_taken"
    title = "Another tenant has this short name"


class EmailTaken(Conflict):
    code = "email_taken"
    title = "This e-mail address already has a member"


class NameTaken(Conflict):
    code = "name_taken"
    title = "There is already one with this name"


class LastOwner(Conflict):
    code = "last_owner"
    title = "A tenant keeps at least one owner"


class OutletInUse(Conflict):
    code = "outlet_in_use"
    title = "A channel still belongs to this outlet"


class NotYourRank(Forbidden):
    code = "owner_only"
    title = "Only an owner may do this to an owner"


class MemberDisabled(Conflict):
    code = "member_disabled"
    title = "This member is disabled"


class NoSuchMember(NotFound):
    code = "member_not_found"
    title = "There is no such member"


class NoSuchTenant(NotFound):
    code = "tenant_not_found"
    title = "There is no such tenant"


class KeyReused(Conflict):
    code = "idempotency_key_reused"
    title = "This Idempotency-Key was used for another request"


class AnswerNotKept(Conflict):
    code = "already_done"
    title = "This was done already; its answer held a secret and was not kept"
