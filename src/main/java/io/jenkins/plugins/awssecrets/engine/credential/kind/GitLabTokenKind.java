package io.jenkins.plugins.awssecrets.engine.credential.kind;

import io.jenkins.plugins.awssecrets.engine.source.SourceKind;
import java.util.Optional;
import java.util.Set;

/** A token for GitLab's API. */
final class GitLabTokenKind extends CredentialKind {
    GitLabTokenKind() {
        super("gitlabToken", FieldSpec.secret("token", "apiToken", "api_token").to(""));
    }

    @Override
    public boolean isStringOrObject(SourceKind source) {
        return source != SourceKind.VAULT;
    }

    @Override
    public Set<String> otherNames() {
        return Set.of("gitlabapitoken", "gitlabapitokenimpl", "gitlabpersonalaccesstoken", "gitlab");
    }

    @Override
    public Optional<Sensitivity> sensitivity() {
        return Optional.of(Sensitivity.TOKEN);
    }
}
