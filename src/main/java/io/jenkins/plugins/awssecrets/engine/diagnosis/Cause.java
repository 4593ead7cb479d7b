package io.jenkins.plugins.awssecrets.engine.diagnosis;

import io.jenkins.plugins.awssecrets.engine.Problem;

/** What is behind a failure, as finely as a fix needs it. */
public enum Cause {
    /** The name is right and the region is not: an ARN says so, another source has it, or the region holds nothing. */
    WRONG_REGION("wrongRegion", Problem.NOT_FOUND),
    /** Another configured source has the name. */
    WRONG_SOURCE("wrongSource", Problem.NOT_FOUND),
    NO_SUCH_NAME("noSuchName", Problem.NOT_FOUND),
    /** The secret is there, the version, label or stage asked for is not. */
    NO_SUCH_VERSION("noSuchVersion", Problem.NOT_FOUND),
    /** An IAM action, or a capability on a path of Vault. */
    ACTION_DENIED("actionDenied", Problem.DENIED),
    /** Reading may work, searching does not. */
    LISTING_DENIED("listingDenied", Problem.DENIED),
    KEY_DENIED("keyDenied", Problem.DENIED),
    /** The KMS key is disabled, pending deletion or gone. */
    KEY_UNUSABLE("keyUnusable", Problem.DENIED),
    DELETED("deleted", Problem.DELETED),
    PENDING_DELETION("pendingDeletion", Problem.DELETED),
    BINARY("binary", Problem.BINARY),
    MEMBER_MISSING("memberMissing", Problem.FIELD_MISSING),
    /** Several members, and the reference names none. */
    MEMBER_NOT_NAMED("memberNotNamed", Problem.WRONG_SHAPE),
    NOT_JSON("notJson", Problem.WRONG_SHAPE),
    /** A public key where a private one is needed, a key store that does not open. */
    UNSUITABLE("unsuitable", Problem.UNSUITABLE),
    EMPTY("empty", Problem.EMPTY),
    /** A tag that is nearly one of those that make a credential. */
    TAG_MISSPELT("tagMisspelled", Problem.MALFORMED),
    /** The type tag names no kind. */
    TYPE_UNKNOWN("typeUnknown", Problem.MALFORMED),
    /** It says that it is a credential, and its source's filter leaves it out. */
    FILTERED_OUT("filteredOut", Problem.NOT_FOUND),
    /** The filter lets none of the credentials that are there through. */
    FILTER_TOO_NARROW("filterTooNarrow", Problem.NOT_FOUND),
    /** More tags than a search can be narrowed to. */
    TOO_MANY_FILTER_VALUES("tooManyFilterValues", Problem.MALFORMED),
    /** Something in the configuration file is used elsewhere, or is not what it looks like. */
    CONFIGURATION("configuration", Problem.MALFORMED),
    /** The value begins or ends with a blank or a line break, which is rarely a part of it. */
    BLANK_END("blankEnd", Problem.UNSUITABLE),
    /** The rotation that was due did not happen. */
    ROTATION_OVERDUE("rotationOverdue", Problem.UNSUITABLE),
    /** Another credential has the id. */
    SHADOWED("shadowed", Problem.MALFORMED),
    THROTTLED("throttled", Problem.THROTTLED),
    /** The source's own login is missing, wrong or expired. */
    LOGIN_REFUSED("loginRefused", Problem.UNAUTHENTICATED),
    UNREACHABLE("unreachable", Problem.UNREACHABLE),
    TIMED_OUT("timedOut", Problem.TIMEOUT),
    MALFORMED("malformed", Problem.MALFORMED),
    OTHER("other", Problem.INTERNAL);

    private final String word;
    private final Problem problem;

    Cause(String word, Problem problem) {
        this.word = word;
        this.problem = problem;
    }

    /** The word for it in JSON. */
    public String word() {
        return word;
    }

    /** The coarser kind of failure that it is. */
    public Problem problem() {
        return problem;
    }
}
