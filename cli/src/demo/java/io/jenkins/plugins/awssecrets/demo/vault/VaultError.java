package io.jenkins.plugins.awssecrets.demo.vault;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;

/** An error that Vault answers with: {@code {"errors": [...]}}, or for a deleted version the metadata. */
final class VaultError extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final transient List<String> errors;
    private final transient Optional<ObjectNode> body;

    private VaultError(int status, List<String> errors, Optional<ObjectNode> body) {
        super(String.join("; ", errors), null, false, false);
        this.status = status;
        this.errors = errors;
        this.body = body;
    }

    static VaultError of(int status, String... errors) {
        return new VaultError(status, List.of(errors), Optional.empty());
    }

    static VaultError badRequest(String error) {
        return of(400, error);
    }

    /** Nothing there: no text at all. */
    static VaultError notFound() {
        return of(404);
    }

    /** 404 whose body still holds data. */
    static VaultError notFound(ObjectNode body) {
        return new VaultError(404, List.of(), Optional.of(body));
    }

    /** The token is good and its policies do not allow this. */
    static VaultError denied() {
        return of(403, "1 error occurred:\n\t* permission denied\n\n");
    }

    /** The token is not good, or no longer. */
    static VaultError invalidToken() {
        return of(403, "2 errors occurred:\n\t* permission denied\n\t* invalid token\n\n");
    }

    static VaultError unsupported() {
        return of(405, "1 error occurred:\n\t* unsupported operation\n\n");
    }

    int status() {
        return status;
    }

    List<String> errors() {
        return errors;
    }

    Optional<ObjectNode> body() {
        return body;
    }
}
