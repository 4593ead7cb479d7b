package io.jenkins.plugins.awssecrets.engine.credential.kind;

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
    protected boolean isTextOrObject() {
        return true;
    }

    @Override
    public Set<String> otherNames() {
        return Set.of("usernamewithpassword");
    }
}
