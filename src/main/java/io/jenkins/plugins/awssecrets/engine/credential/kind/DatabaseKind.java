package io.jenkins.plugins.awssecrets.engine.credential.kind;

import io.jenkins.plugins.awssecrets.engine.source.SourceKind;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A database account. The members are those that Secrets Manager's rotation functions keep. */
final class DatabaseKind extends CredentialKind {
    DatabaseKind() {
        super(
                "database",
                FieldSpec.plain("engine").optional(),
                FieldSpec.plain("host").optional().to("_HOST"),
                FieldSpec.plain("port").optional().to("_PORT"),
                FieldSpec.plain("dbname").optional().to("_NAME"),
                FieldSpec.plain("username").to("_USERNAME").tagged(CredentialTags.USERNAME),
                FieldSpec.secret("password").to("_PASSWORD"));
    }

    @Override
    public String defaultPrefix(String id) {
        return "DB";
    }

    @Override
    protected List<String> composed() {
        return List.of("_URL");
    }

    @Override
    public void deliver(FieldValues values, Delivery to) {
        JdbcUrl.of(
                        values.text("engine").orElse(""),
                        values.text("host").orElse(""),
                        values.text("port"),
                        values.text("dbname"))
                .ifPresent(url -> to.variable("_URL", url));
    }

    @Override
    public boolean isObject(SourceKind source) {
        return true;
    }

    @Override
    public Set<String> otherNames() {
        return Set.of("db");
    }

    @Override
    public Optional<Sensitivity> sensitivity() {
        return Optional.of(Sensitivity.DATABASE);
    }
}
