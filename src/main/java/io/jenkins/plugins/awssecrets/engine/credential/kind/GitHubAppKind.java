package io.jenkins.plugins.awssecrets.engine.credential.kind;

import io.jenkins.plugins.awssecrets.engine.SecretValue;
import io.jenkins.plugins.awssecrets.engine.keys.Pkcs8Keys;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** A GitHub App: what it signs its requests for installation tokens with. In Jenkins a block has such a token instead. */
final class GitHubAppKind extends CredentialKind {
    private static final String KEY = "privateKey";
    private static final String API = "apiUri";
    private static final Pattern URL = Pattern.compile("https?://[^\\s/@]+(?:/\\S*)?");

    GitHubAppKind() {
        super(
                "githubApp",
                FieldSpec.plain("appId", "appID", "app_id").to("_ID").tagged(CredentialTags.APP_ID),
                FieldSpec.secret(KEY, "private_key"),
                FieldSpec.plain("owner").optional().to("_OWNER").tagged(CredentialTags.OWNER),
                FieldSpec.plain(API, "api_uri").optional().to("_API_URI"));
    }

    @Override
    public String defaultPrefix(String id) {
        return "GITHUB";
    }

    @Override
    protected List<String> composed() {
        return List.of("_PRIVATE_KEY_FILE");
    }

    @Override
    public void deliver(FieldValues values, Delivery to) {
        to.file("_PRIVATE_KEY_FILE", "github-app.pem", values.required(KEY));
    }

    @Override
    public Optional<String> expected(String field, String text) {
        return field.equals(API) && !URL.matcher(text.strip()).matches()
                ? Optional.of("expected a URL, such as https://github.example/api/v3")
                : Optional.empty();
    }

    /** GitHub gives PKCS#1, and the libraries that Jenkins signs with read PKCS#8 only. */
    @Override
    public Map<String, SecretValue> delivered(FieldValues stored) {
        return stored.value(KEY)
                .map(key -> Map.of(KEY, Pkcs8Keys.rsa(KEY, key)))
                .orElse(Map.of());
    }

    @Override
    protected boolean isTextOrObject() {
        return true;
    }

    /** As Jenkins' configuration as code and the Kubernetes Credentials Provider plugin write it. */
    @Override
    public Set<String> tagNames() {
        return Set.of("gitHubApp");
    }

    @Override
    public Set<String> otherNames() {
        return Set.of("githubapp");
    }

    @Override
    public Optional<Sensitivity> sensitivity() {
        return Optional.of(Sensitivity.TOKEN);
    }
}
