package io.jenkins.plugins.awssecrets.engine.credential.kind;

import io.jenkins.plugins.awssecrets.engine.source.SourceKind;
import java.util.Set;

/** A username and its password. */
final class UsernamePasswordKind extends CredentialKind {
    UsernamePasswordKind() {
        super(
                "usernamePassword",
                FieldSpec.plain("username").to("_USERNAME").tagged(CredentialTags.USERNAME),
                FieldSpec.secret("password").to("_PASSWORD"));
    }

    @Override
    public boolean isObject(SourceKind source) {
        return source == SourceKind.VAULT;
    }

    @Override
    public boolean isStringOrObject(SourceKind source) {
        return source != SourceKind.VAULT;
    }

    @Override
    public Set<String> otherNames() {
        return Set.of("usernamewithpassword");
    }
}
